package examples_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// Each example with test files is tested as its reader tests it: "tests" with a mocked provider, and
// "integration" against an embedded server.
func TestAccExamples_TerraformTest(t *testing.T) {
	t.Parallel()
	cli := acctest.InstalledCLI(t, "VENAFI_USER=terraform", "VENAFI_PASS=demo-terraform",
		"VENAFI_SCOPE=codesign:admin,approve,delete,manage;configuration")
	folders := testFolders(t)
	if len(folders) < 5 {
		t.Fatalf("only %d folders of tests were found: %q", len(folders), folders)
	}
	for _, folder := range folders {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			server := simulator.New(simulator.SampleCompany())
			url, err := server.Start()
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(server.Close)
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, filepath.Dir(folder)))); err != nil {
				t.Fatal(err)
			}
			in := cli.In(dir)
			in.Env = append(slices.Clone(in.Env), "VENAFI_URL="+url)
			runTests(t, in, filepath.Base(folder))
			if asked := len(server.Requests()); (asked == 0) != (filepath.Base(folder) == "tests") {
				t.Errorf("the server was asked %d times", asked)
			}
		})
	}
}

func runTests(t *testing.T, cli *realcli.CLI, folder string) {
	t.Helper()
	for _, args := range [][]string{
		{"init", "-input=false", "-test-directory=" + folder}, {"test", "-no-color", "-test-directory=" + folder},
	} {
		result, err := cli.Run(t.Context(), args...)
		if err != nil {
			t.Fatal(err)
		}
		if tooOld(result.Stderr) || strings.Contains(result.Stderr, `"mock_provider" are not expected here`) {
			t.Skip("the tests need a newer CLI than the one of this machine")
		}
		if result.Code != 0 || args[0] == "test" && !strings.Contains(result.Stdout, "Success!") {
			t.Fatalf("%v ended with %d\n%s%s", args, result.Code, result.Stdout, result.Stderr)
		}
	}
}

// testFolders are the folders of test files, below the examples.
func testFolders(t *testing.T) []string {
	t.Helper()
	var folders []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		if files, _ := filepath.Glob(filepath.Join(path, "*.tftest.hcl")); len(files) > 0 {
			name, err := filepath.Rel(root, path)
			folders = append(folders, filepath.ToSlash(name))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return folders
}
