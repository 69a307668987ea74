package rights

import (
	"cmp"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

// markdown has a line for each object and a column for each right.
func (t table) markdown() string {
	columns, shown := t.columns(), t.shown()
	var b strings.Builder
	line := func(cells ...string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	line(append([]string{"Object"}, columns...)...)
	line(slices.Repeat([]string{"---"}, len(columns)+1)...)
	for _, o := range t.objects {
		cells, byRight := []string{cellText(o.dn)}, signright.ByRight(o.grants)
		for _, right := range columns {
			cells = append(cells, cell(byRight[right], shown))
		}
		line(cells...)
	}
	return b.String()
}

// shown is how each trustee looks in a cell. They are few, and their cells many.
func (t table) shown() map[string]string {
	labels, shown := t.labels(), map[string]string{}
	for _, o := range t.objects {
		for _, g := range o.grants {
			if _, done := shown[g.Key]; !done {
				shown[g.Key] = cellText(cmp.Or(labels[g.Key], g.Key))
			}
		}
	}
	return shown
}

// cell lists trustees as they are shown, one below the other.
func cell(trustees []string, shown map[string]string) string {
	lines := make([]string, 0, len(trustees))
	for _, trustee := range trustees {
		lines = append(lines, shown[trustee])
	}
	slices.Sort(lines)
	return strings.Join(lines, "<br>")
}
