package acctest

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/realcli"
)

// InstalledCLI is a real CLI in a directory of the test's own, with the provider
// of the module at root built into its mirror.
func InstalledCLI(t *testing.T, root string, env ...string) *realcli.CLI {
	t.Helper()
	path, err := realcli.Find()
	if err != nil {
		t.Fatal(err)
	}
	cli, err := realcli.New(path, t.TempDir(), env...)
	if err != nil {
		t.Fatal(err)
	}
	if err := cli.Install(t.Context(), root); err != nil {
		t.Fatal(err)
	}
	return cli
}
