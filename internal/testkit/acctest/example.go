package acctest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Example is a file below examples/ as it stands, without its settings and its
// empty provider block: the test brings a block with a server of its own.
func Example(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(moduleRoot(t), "examples", filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(content), "provider \"codesign\" {}\n")
	if !found {
		t.Fatalf("%s has no empty provider block", path)
	}
	return rest
}

// moduleRoot is the directory of the module's go.mod, which is above every package.
func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above the test's directory")
		}
		dir = parent
	}
}
