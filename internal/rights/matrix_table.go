package rights

import (
	"cmp"
	"encoding/csv"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

// table is the content of the Markdown and CSV tables.
type table struct {
	objects    []object // sorted by DN without case
	identities map[string]client.Identity
}

type object struct {
	dn     string
	grants []signright.Grant
}

func newTable(dns []string, read [][]signright.Grant, identities map[string]client.Identity) table {
	t := table{identities: identities}
	for i, name := range dns {
		t.objects = append(t.objects, object{name, read[i]})
	}
	slices.SortFunc(t.objects, func(a, b object) int {
		return cmp.Or(cmp.Compare(dn.Fold(a.dn), dn.Fold(b.dn)), cmp.Compare(a.dn, b.dn))
	})
	return t
}

// columns are the rights that any trustee has on any object, in bit order.
func (t table) columns() []string {
	var sum int64
	for _, o := range t.objects {
		for _, g := range o.grants {
			sum |= g.Value
		}
	}
	return signright.Names(sum)
}

// labels are the shortest unique names of trustees: the name, the prefixed name, or the prefixed
// universal.
func (t table) labels() map[string]string {
	names, prefixed := map[string]int{}, map[string]int{}
	for _, i := range t.identities {
		names[i.Name]++
		prefixed[i.PrefixedName]++
	}
	labels := map[string]string{}
	for trustee, i := range t.identities {
		switch {
		case i.Name != "" && names[i.Name] == 1:
			labels[trustee] = i.Name
		case i.PrefixedName != "" && prefixed[i.PrefixedName] == 1:
			labels[trustee] = i.PrefixedName
		default:
			labels[trustee] = trustee
		}
	}
	return labels
}

// markdown has a row for each object and a column for each right.
func (t table) markdown() string {
	columns, trusteeText := t.columns(), t.trusteeText()
	var b strings.Builder
	writeRow := func(cells ...string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	writeRow(append([]string{"Object"}, columns...)...)
	writeRow(slices.Repeat([]string{"---"}, len(columns)+1)...)
	for _, o := range t.objects {
		cells, byRight := []string{cellText(o.dn)}, signright.ByRight(o.grants)
		for _, right := range columns {
			cells = append(cells, cell(byRight[right], trusteeText))
		}
		writeRow(cells...)
	}
	return b.String()
}

// trusteeText is the text of each trustee in a cell, rendered once because it appears in many cells.
func (t table) trusteeText() map[string]string {
	labels, texts := t.labels(), map[string]string{}
	for _, o := range t.objects {
		for _, g := range o.grants {
			if _, done := texts[g.Key]; !done {
				texts[g.Key] = cellText(cmp.Or(labels[g.Key], g.Key))
			}
		}
	}
	return texts
}

func cell(trustees []string, trusteeText map[string]string) string {
	lines := make([]string, 0, len(trustees))
	for _, trustee := range trustees {
		lines = append(lines, trusteeText[trustee])
	}
	slices.Sort(lines)
	return strings.Join(lines, "<br>")
}

// plainText matches text that neither Markdown nor a code host interprets: words, spaces, and a few
// signs between letters. Classes of Unicode take half a millisecond to compile, which not every start
// of the provider should cost.
var plainText = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\\?[\p{L}\p{Nd}](?:[\p{L}\p{Nd}]|[ _|\\-]\p{L}|[ _|\\]\p{Nd})*$`)
})

// commitHash matches a word that a code host may link as a commit.
var commitHash = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[^\p{L}\p{Nd}_])[0-9a-f]{7,}(?:$|[^\p{L}\p{Nd}_])`)
})

// cellText renders a name for a cell. Code hosts find URLs, mentions (@team), references (#1, !1,
// GH-1), commit hashes and emoji after they have rendered the Markdown, so escapes do not help; they
// do not change code.
func cellText(name string) string {
	text := redact.Visible(name)
	if plainText().MatchString(text) && !commitHash().MatchString(text) {
		return strings.ReplaceAll(text, "|", `\|`)
	}
	return code(text)
}

// code renders text as code spans. A pipe ends a cell even within a code span, and code hosts read a
// backslash before it differently. So it is an entity outside of the spans.
func code(text string) string {
	parts := strings.Split(text, "|")
	for i, part := range parts {
		parts[i] = codeSpan(part)
	}
	return strings.Join(parts, "&#124;")
}

// codeSpan delimits text by more backticks than it has in a row (CommonMark 6.1).
func codeSpan(text string) string {
	if strings.Trim(text, " ") == "" {
		return ""
	}
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	edges := text[:1] + text[len(text)-1:]
	if strings.Contains(edges, "`") || edges == "  " { // Markdown removes one space from each end
		text = " " + text + " "
	}
	return fence + text + fence
}

// csv has a row for each object and trustee.
func (t table) csv() string {
	rows := [][]string{{"dn", "trustee", "name", "full_name", "kind", "value", "rights"}}
	for _, o := range t.objects {
		if len(o.grants) == 0 {
			rows = append(rows, []string{escapeFormula(o.dn), "", "", "", "", "", ""})
		}
		for _, g := range o.grants {
			rows = append(rows, t.csvRow(o.dn, g))
		}
	}
	var b strings.Builder
	_ = csv.NewWriter(&b).WriteAll(rows) // a strings.Builder never fails
	return b.String()
}

func (t table) csvRow(of string, g signright.Grant) []string {
	identity, kind := t.identities[g.Key], ""
	if identity.Name != "" {
		kind = identity.Kind()
	}
	return []string{
		escapeFormula(of), escapeFormula(g.Key), escapeFormula(identity.Name), escapeFormula(identity.FullName), kind,
		strconv.FormatInt(g.Value, 10), strings.Join(signright.Names(g.Value), ";"),
	}
}

// escapeFormula prevents a spreadsheet from evaluating text as a formula, also one that splits rows
// at semicolons because the comma is its decimal separator.
func escapeFormula(text string) string {
	parts := strings.Split(redact.Visible(text), ";")
	for i, part := range parts {
		if strings.IndexAny(strings.TrimLeft(part, ` "`), formulaStart) == 0 {
			parts[i] = "'" + part
		}
	}
	return strings.Join(parts, ";")
}

// formulaStart are the characters that begin a formula, the full-width ones among them.
const formulaStart = "=+-@＝＋－＠"
