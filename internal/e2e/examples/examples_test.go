// Package examples_test plans every example against the embedded server, as a reader who copies it
// would.
package examples_test

import (
	"cmp"
	"fmt"
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

const root = "../../../examples"

func TestMain(m *testing.M) { acctest.Main(m) }

// ofOneFile are the folders in which each file is an example of its own, as the registry's
// documentation requires it. Elsewhere a folder is one.
var ofOneFile = []string{"provider", "resources", "data-sources", "functions", "ephemeral-resources", "actions"}

// needs are the versions of the CLI that examples need, by folder or by name.
var needs = map[string]string{
	"functions": "1.8", "ephemeral-resources": "1.10", "import-by-identity.tf": "1.12", "actions": "1.14",
}

func TestAccExamples_Plan(t *testing.T) {
	t.Parallel()
	server := simulator.New(simulator.SampleCompany())
	url, err := server.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	cli := acctest.InstalledCLI(t, "VENAFI_URL="+url, "VENAFI_USER=terraform", "VENAFI_PASS=demo-terraform")
	examples := find(t)
	if len(examples) < 10 {
		t.Fatalf("only %d examples were found", len(examples))
	}
	for name, files := range examples {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// The folder is as deep as those of the guides, so that a path to a module is right.
			copied := t.TempDir()
			if err := os.CopyFS(filepath.Join(copied, "modules"),
				os.DirFS(filepath.Join(root, "modules"))); err != nil {
				t.Fatal(err)
			}
			dir := filepath.Join(copied, "guides", "guide", "example")
			for _, file := range files {
				copyFile(t, file, filepath.Join(dir, filepath.Base(file)))
			}
			in := cli.In(dir)
			if err := cmp.Or(in.Complete(), in.Write("version.tf", versionBlock(name))); err != nil {
				t.Fatal(err)
			}
			plan(t, in)
		})
	}
}

func plan(t *testing.T, cli *realcli.CLI) {
	t.Helper()
	for _, args := range [][]string{{"init", "-input=false"}, {"plan", "-input=false"}} {
		result, err := cli.Run(t.Context(), args...)
		if err != nil {
			t.Fatal(err)
		}
		if tooOld(result.Stderr) {
			t.Skip("the example says that it needs a newer CLI than the one of this machine")
		}
		if result.Code != 0 {
			t.Fatalf("%v ended with %d\n%s%s", args, result.Code, result.Stdout, result.Stderr)
		}
	}
}

// tooOld knows how a CLI says so. OpenTofu has no actions, and stumbles over the block before it
// reads the version that the example needs.
func tooOld(said string) bool {
	return strings.Contains(said, "Unsupported Terraform Core version") ||
		strings.Contains(said, "Unsupported OpenTofu Core version") ||
		strings.Contains(said, `Blocks of type "action" are not expected here`)
}

// find maps the name of each example to its files.
func find(t *testing.T) map[string][]string {
	t.Helper()
	examples := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".tf" && !strings.HasSuffix(path, ".yaml") {
			return err
		}
		name, _ := filepath.Rel(root, path)
		if isPiece(name) || isModule(name) || isApplied(name) {
			return nil
		}
		if !isOneFile(name) {
			name = filepath.Dir(name)
		}
		examples[name] = append(examples[name], path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, files := range examples {
		if !strings.Contains(strings.Join(files, " "), ".tf") {
			delete(examples, name) // a pipeline's own files
		}
	}
	return examples
}

// isPiece is true for what a host needs beside pipelines/configuration, such as a
// backend: no configuration of its own, and nothing that could be reached from here.
func isPiece(name string) bool {
	folder := filepath.ToSlash(filepath.Dir(name))
	return strings.HasPrefix(folder, "pipelines/") && folder != "pipelines/configuration"
}

// isModule is true for what other configurations call. Its own tests are run instead.
func isModule(name string) bool { return strings.HasPrefix(filepath.ToSlash(name), "modules/") }

// isApplied is true for the example of a guide that is applied, and not only planned, by the tests of the guides.
func isApplied(name string) bool {
	folder := filepath.ToSlash(filepath.Dir(name))
	return strings.HasPrefix(folder, "guides/") && !strings.HasPrefix(folder, "guides/authenticating")
}

func isOneFile(name string) bool { return slices.Contains(ofOneFile, topFolder(name)) }

func topFolder(name string) string {
	folder, _, _ := strings.Cut(filepath.ToSlash(name), "/")
	return folder
}

func versionBlock(name string) string {
	version := cmp.Or(needs[filepath.Base(name)], needs[topFolder(name)], "1.0")
	return fmt.Sprintf("terraform {\n  required_version = \">= %s\"\n}\n", version)
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, content, 0o600); err != nil {
		t.Fatal(err)
	}
}
