package pipelines

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
)

var mirrors string // a directory for the length of the tests

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "codesign-gitops-")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	mirrors = dir
	acctest.Main(m)
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
	return acctest.InstalledCLI(t)
}
