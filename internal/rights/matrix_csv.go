package rights

import (
	"encoding/csv"
	"strconv"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

// csv has a line for each object and trustee.
func (t table) csv() string {
	lines := [][]string{{"dn", "trustee", "name", "full_name", "kind", "value", "rights"}}
	for _, o := range t.objects {
		if len(o.grants) == 0 {
			lines = append(lines, []string{harmless(o.dn), "", "", "", "", "", ""})
		}
		for _, g := range o.grants {
			lines = append(lines, t.csvLine(o.dn, g))
		}
	}
	var b strings.Builder
	_ = csv.NewWriter(&b).WriteAll(lines) // a strings.Builder takes everything
	return b.String()
}

func (t table) csvLine(dn string, g signright.Grant) []string {
	identity, kind := t.identities[g.Key], ""
	if identity.Name != "" {
		kind = identity.Kind()
	}
	return []string{
		harmless(dn), harmless(g.Key), harmless(identity.Name), harmless(identity.FullName), kind,
		strconv.FormatInt(g.Value, 10), strings.Join(signright.Names(g.Value), ";"),
	}
}

// harmless keeps a spreadsheet from running text as a formula, also one that splits lines at
// semicolons, as it does where the comma is the decimal separator.
func harmless(text string) string {
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
