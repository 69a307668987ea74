package main

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"testing"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// archiveOf packs this test's own executable, which is a Go binary like any other.
func archiveOf(t *testing.T, name string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "archive.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for _, file := range []struct {
		name    string
		content []byte
	}{{"LICENSE", []byte("text")}, {name, content}} {
		w, err := z.Create(file.name)
		if err == nil {
			_, err = w.Write(file.content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestSBOM_ListsModulesOfBinary(t *testing.T) {
	archive := archiveOf(t, "terraform-provider-codesign_v1.2.3")
	lists := [2][]byte{}
	for i := range lists {
		out := filepath.Join(t.TempDir(), "list.json")
		if err := run(archive, "1.2.3", out); err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		lists[i] = content
	}
	if string(lists[0]) != string(lists[1]) {
		t.Error("two lists of one archive differ")
	}
	var bom cdx.BOM
	if err := cdx.NewBOMDecoder(bytes.NewReader(lists[0]), cdx.BOMFileFormatJSON).Decode(&bom); err != nil {
		t.Fatal(err)
	}
	if bom.Metadata.Component.Version != "1.2.3" {
		t.Errorf("version %q", bom.Metadata.Component.Version)
	}
	found := false
	for _, c := range *bom.Components {
		found = found || c.Name == "github.com/CycloneDX/cyclonedx-go" && c.Version != ""
	}
	if !found {
		t.Error("a module that is linked in is not listed")
	}
}

func TestSBOM_ArchiveWithoutProvider(t *testing.T) {
	if err := run(archiveOf(t, "something-else"), "1.2.3", filepath.Join(t.TempDir(), "list.json")); err == nil {
		t.Error("no error for an archive without a provider")
	}
}
