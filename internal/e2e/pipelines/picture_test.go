package pipelines

import (
	"html"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	pictureText = regexp.MustCompile(`<text[^>]*>([^<]*)</text>`)
	spaces      = regexp.MustCompile(`\s+`)
)

// The guide shows the table that the script makes of the plan in testdata, cell by cell.
func TestSummary_Picture(t *testing.T) {
	t.Parallel()
	var shown strings.Builder
	for _, m := range pictureText.FindAllStringSubmatch(read(t,
		filepath.Join("../../..", "templates", "images", "pull-request-table.svg")), -1) {
		shown.WriteString(html.UnescapeString(m[1]))
	}
	picture := spaces.ReplaceAllString(shown.String(), "")
	rows := 0
	for line := range strings.Lines(summary(t, read(t, filepath.Join("testdata", "picture.json")))) {
		if !strings.HasPrefix(line, "|") || strings.Contains(line, "---") {
			continue
		}
		rows++
		for cell := range strings.SplitSeq(strings.ReplaceAll(line, "`", ""), "|") {
			if cell = spaces.ReplaceAllString(cell, ""); !strings.Contains(picture, cell) {
				t.Errorf("the picture does not show %q", cell)
			}
		}
	}
	if rows != 4 {
		t.Errorf("the table has %d rows, want 4", rows)
	}
}
