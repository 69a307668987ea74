package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// emptyProvider ends the part of an example that is the same in all of them.
const emptyProvider = "provider \"codesign\" {}\n"

// wholeExamples are the folders whose pages show the provider block.
var wholeExamples = []string{
	"guides/getting-started",
	"guides/authenticating-from-a-pipeline",
	"guides/installing-the-provider",
	"provider",
}

// shortenExamples removes settings and the empty provider block from the examples on other pages.
// The files in the repository have them, so that a guide's example is a complete configuration.
func (w staging) shortenExamples() error {
	return rewrite(filepath.Join(w.dir, "examples"), ".tf", func(name, text string) string {
		isBelow := func(folder string) bool { return strings.HasPrefix(name, folder+"/") }
		if slices.ContainsFunc(wholeExamples, isBelow) {
			return text
		}
		return shortExample(text)
	})
}

// shortExample is an example without all that precedes its first own block. A file with a provider
// block that has arguments stays as it is.
func shortExample(text string) string {
	if _, rest, found := strings.Cut(text, emptyProvider); found && strings.TrimSpace(rest) != "" {
		return strings.TrimLeft(rest, "\n")
	}
	return text
}

var versionHeading = regexp.MustCompile(`(?m)^## \[?(\d+\.\d+\.\d+)\]?`)

// nextVersion is the version of the newest section of the changelog. Pages refer to files of the
// repository at the tag of this version.
func nextVersion(changelog string) (string, error) {
	text, err := os.ReadFile(changelog)
	if err != nil {
		return "", err
	}
	m := versionHeading.FindSubmatch(text)
	if m == nil {
		return "", fmt.Errorf("%s has no section for a version, such as \"## 0.1.0\"", changelog)
	}
	return string(m[1]), nil
}
