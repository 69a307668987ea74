package acctest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Example is a file below examples/ as it stands, without its settings and its
// empty provider block: the test brings a block with a server of its own. It is
// for packages right below internal/.
func Example(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("../..", "../..", "examples", filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(content), "provider \"codesign\" {}\n")
	if !found {
		t.Fatalf("%s has no empty provider block", path)
	}
	return rest
}
