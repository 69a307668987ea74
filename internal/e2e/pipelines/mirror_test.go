package pipelines

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
)

// release is the version that the example asks for.
const release = "0.1.0"

var mirrors string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "codesign-gitops-")
	if err != nil {
		panic(err)
	}
	mirrors = dir
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// installed is a CLI with the provider in its mirror, built once for all tests.
var installed = sync.OnceValues(func() (*realcli.CLI, error) { return publish(filepath.Join(mirrors, "first")) })

// publish builds the provider into a mirror of its own.
func publish(dir string, flags ...string) (*realcli.CLI, error) {
	cli, err := realcli.New(dir)
	if err != nil {
		return nil, err
	}
	if err := cli.Install(context.Background(), "../../..", flags...); err != nil {
		return nil, err
	}
	built := cli.Binary()
	wanted := strings.ReplaceAll(built, realcli.Version, release)
	if err := os.MkdirAll(filepath.Dir(wanted), 0o750); err != nil {
		return nil, err
	}
	return cli, os.Rename(built, wanted)
}

// builtOPA is the version of opa that the pipelines install, in the cache of the go command.
var builtOPA = sync.OnceValues(func() (string, error) {
	cmd := exec.CommandContext(context.Background(), "go", "tool", "-n", "-modfile=internal/tools/policy/go.mod", "opa")
	cmd.Dir = "../../.."
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("build opa: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
})

func needOPA(t *testing.T) string {
	t.Helper()
	path, err := builtOPA()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func needCLI(t *testing.T) *realcli.CLI {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("runs a real CLI: set TF_ACC=1, or use make test")
	}
	cli, err := installed()
	if err != nil {
		t.Fatal(err)
	}
	return cli
}
