package acctest

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
)

// InstalledCLI is a real CLI in a directory of the test's own, with the provider
// of the module at root in its mirror.
func InstalledCLI(t *testing.T, root string, env ...string) *realcli.CLI {
	t.Helper()
	path, err := realcli.Find()
	if err != nil {
		t.Fatal(err)
	}
	cli, err := realcli.New(path, t.TempDir(), env...)
	if err == nil {
		err = cli.Use(built.forTest(t, root))
	}
	if err != nil {
		t.Fatal(err)
	}
	return cli
}

// shared is a provider that is built once for all tests which run at a time, and
// removed after the last of them.
type shared struct {
	mu     sync.Mutex
	users  int
	binary string
}

var built shared

func (s *shared) forTest(t *testing.T, root string) string {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users == 0 {
		dir, err := os.MkdirTemp("", "provider") //nolint:usetesting // it outlives the test that comes first
		if err != nil {
			t.Fatal(err)
		}
		s.binary = filepath.Join(dir, "provider")
		if err := realcli.Build(t.Context(), root, s.binary); err != nil {
			_ = os.RemoveAll(dir)
			t.Fatal(err)
		}
	}
	s.users++
	t.Cleanup(s.leave)
	return s.binary
}

func (s *shared) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users--; s.users == 0 {
		_ = os.RemoveAll(filepath.Dir(s.binary))
	}
}
