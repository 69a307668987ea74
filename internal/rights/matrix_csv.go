package rights

import (
	"encoding/csv"
	"strconv"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

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

func (t table) csvRow(dn string, g signright.Grant) []string {
	identity, kind := t.identities[g.Key], ""
	if identity.Name != "" {
		kind = identity.Kind()
	}
	return []string{
		escapeFormula(dn), escapeFormula(g.Key), escapeFormula(identity.Name), escapeFormula(identity.FullName), kind,
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
