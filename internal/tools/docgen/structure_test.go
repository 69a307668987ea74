package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var purpose = regexp.MustCompile(`(?s)\n# [^\n]+\n\nUse this (?:guide|page) to|\n# [^\n]+\n\nUse this (?:guide|page) ` +
	`(?:if|before) `)

// A guide states its purpose first, and shows an example before its troubleshooting.
func TestGuides_BeginWithPurpose(t *testing.T) {
	t.Parallel()
	for _, name := range pagesBelow(t, "docs/guides", "docs/resources", "docs/data-sources") {
		if filepath.Base(filepath.Dir(name)) != "guides" {
			continue
		}
		text := readPage(t, name)
		if !purpose.MatchString(text) {
			t.Errorf("%s does not begin with \"Use this guide to …\"", name)
		}
		example, troubles := strings.Index(text, "\n```"), strings.Index(text, "\n## Troubleshooting")
		if example < 0 || troubles >= 0 && troubles < example {
			t.Errorf("%s has no example before its troubleshooting", name)
		}
	}
}

// The page of a type has a description, an example, the schema, and links to guides, in this order.
func TestPages_OrderOfSections(t *testing.T) {
	t.Parallel()
	order := []string{"Example Usage", "Schema", "Import", "See also"}
	for _, name := range pagesBelow(t, "docs/resources", "docs/data-sources", "docs/actions", "docs/list-resources",
		"docs/ephemeral-resources") {
		var found []int
		for _, section := range regexp.MustCompile(`(?m)^## (.*)$`).FindAllStringSubmatch(page(t, name), -1) {
			found = append(found, slices.Index(order, section[1]))
		}
		if !slices.IsSorted(found) || slices.Contains(found, -1) || len(found) < 3 {
			t.Errorf("%s has the sections %v of %v", name, found, order)
		}
	}
}

func readPage(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
