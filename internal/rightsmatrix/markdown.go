package rightsmatrix

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/codesign-tf/terraform-provider-codesign/internal/rights"
)

// markdown has a line for each object and a column for each right.
func (t table) markdown() string {
	columns, labels := t.columns(), t.labels()
	var b strings.Builder
	line := func(cells ...string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	line(append([]string{"Object"}, columns...)...)
	line(slices.Repeat([]string{"---"}, len(columns)+1)...)
	for _, o := range t.objects {
		cells, byRight := []string{escape(o.dn)}, rights.ByRight(o.grants)
		for _, right := range columns {
			cells = append(cells, cell(byRight[right], labels))
		}
		line(cells...)
	}
	return b.String()
}

// cell lists trustees by label, one below the other.
func cell(trustees []string, labels map[string]string) string {
	shown := make([]string, 0, len(trustees))
	for _, trustee := range trustees {
		shown = append(shown, escape(cmp.Or(labels[trustee], trustee)))
	}
	slices.Sort(shown)
	return strings.Join(shown, "<br>")
}

// escape keeps text from being read as Markdown or ending its cell. What needs no
// escape stays as it is, so that DNs can be found in the table: a backslash is one
// unless punctuation follows it.
func escape(text string) string {
	runes := []rune(text)
	at := func(i int) rune {
		if i < 0 || i >= len(runes) {
			return '|' // the border of the cell
		}
		return runes[i]
	}
	var b strings.Builder
	for i, r := range runes {
		switch {
		case !unicode.IsPrint(r): // also what turns the writing direction
			r = ' '
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
