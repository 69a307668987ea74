package rightsmatrix

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/codesign-tf/terraform-provider-codesign/internal/rights"
	"github.com/codesign-tf/terraform-provider-codesign/internal/servertext"
)

// markdown has a line for each object and a column for each right.
func (t table) markdown() string {
	columns, shown := t.columns(), t.shown()
	var b strings.Builder
	line := func(cells ...string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	line(append([]string{"Object"}, columns...)...)
	line(slices.Repeat([]string{"---"}, len(columns)+1)...)
	for _, o := range t.objects {
		cells, byRight := []string{escape(o.dn)}, rights.ByRight(o.grants)
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
				shown[g.Key] = escape(cmp.Or(labels[g.Key], g.Key))
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

// escape keeps text from being read as Markdown or ending its cell. What needs no
// escape stays as it is, so that DNs can be found in the table: a backslash is one
// unless punctuation follows it.
func escape(text string) string {
	runes := []rune(servertext.Visible(text))
	at := func(i int) rune {
		if i < 0 || i >= len(runes) {
			return '|' // the border of the cell
		}
		return runes[i]
	}
	var b strings.Builder
	for i, r := range runes {
		switch {
		case strings.ContainsRune("|`*<>[]~&", r),
			r == '\\' && isPunctuation(at(i+1)),
			r == '_' && (!isWord(at(i-1)) || !isWord(at(i+1))):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// isPunctuation is CommonMark's ASCII punctuation, before which a backslash escapes.
func isPunctuation(r rune) bool {
	return r > ' ' && r < unicode.MaxASCII && !isWord(r)
}
