package acctest

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
)

// builtProvider is a provider that is built once for the tests of a package.
type builtProvider struct {
	mu    sync.Mutex
	dir   string // set by Main
	err   error
	tried bool
}

var built builtProvider

// Main is the TestMain of a package whose tests use InstalledCLI.
func Main(m *testing.M) {
	dir, err := os.MkdirTemp("", "provider")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	built.dir = dir
	m.Run()
}

// InstalledCLI is a real CLI in a directory of the test's own, with the provider of the module at
// root in its mirror.
func InstalledCLI(t *testing.T, root string, env ...string) *realcli.CLI {
	t.Helper()
	prepare()
	cli, err := realcli.New(t.TempDir(), env...)
	check(t, err)
	check(t, cli.Use(built.forTest(t, root)))
	return cli
}

func (b *builtProvider) forTest(t *testing.T, root string) (binary string) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.dir == "" {
		t.Fatal("the package has no TestMain that calls acctest.Main")
	}
	binary = filepath.Join(b.dir, "provider")
	if !b.tried {
		b.tried, b.err = true, realcli.Build(t.Context(), root, ".", binary)
	}
	check(t, b.err)
	return binary
}
