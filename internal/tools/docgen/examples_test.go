package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestExamples_Short(t *testing.T) {
	t.Parallel()
	const settings = "terraform {\n  required_version = \">= 1.8\"\n}\n\n"
	for text, want := range map[string]string{
		settings + "# From the environment.\nprovider \"codesign\" {}\n\n" +
			"# One.\nresource \"x\" \"y\" {}\n": "# One.\nresource \"x\" \"y\" {}\n",
		"provider \"codesign\" {\n  url = \"\"\n}\n": "provider \"codesign\" {\n  url = \"\"\n}\n",
	} {
		if got := shortExample(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestExamples_NextVersion(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "CHANGELOG.md")
	for text, want := range map[string]string{
		"# Changelog\n\n## 0.2.0 (unreleased)\n\n## 0.1.0 (November 1, 2026)\n": "0.2.0",
		"# Changelog\n\n## Unreleased\n":                                        "",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := nextVersion(name); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: got %q and %v, want %q", text, got, err, want)
		}
	}
}
