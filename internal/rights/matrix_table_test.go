package rights

import (
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

const (
	payments = `\VED\Code Signing\Projects\Payments`
	empty    = `\VED\Code Signing\Projects\empty`
)

func sample() table {
	return newTable([]string{payments, empty}, [][]signright.Grant{
		{{Key: "AD+CORP:01", Value: 2}, {Key: "local:{1}", Value: 72}, {Key: "local:{2}", Value: 2 | 256}},
		{},
	}, map[string]client.Identity{
		"AD+CORP:01": {
			Name: "ops|night", PrefixedName: "AD+CORP:ops|night", FullName: "=HYPERLINK(1)", IsGroup: true, Type: 2,
		},
		"local:{1}": {Name: "jane", PrefixedName: "local:jane", FullName: `Jane "J" Doe, PhD`, Type: 1},
	})
}

func TestMarkdown(t *testing.T) {
	want := strings.Join([]string{
		`| Object | Use | Owner | ApproveUse | Unknown (256) |`,
		`| --- | --- | --- | --- | --- |`,
		`| \VED\Code Signing\Projects\empty |  |  |  |  |`,
		`| \VED\Code Signing\Projects\Payments | ` + "`local:{2}`" + `<br>ops\|night | jane | jane | ` + "`local:{2}`" +
			` |`,
		``,
	}, "\n")
	if got := sample().markdown(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCSV(t *testing.T) {
	lines, err := csv.NewReader(strings.NewReader(sample().csv())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"dn", "trustee", "name", "full_name", "kind", "value", "rights"},
		{empty, "", "", "", "", "", ""},
		{payments, "AD+CORP:01", "ops|night", "'=HYPERLINK(1)", "group", "2", "Use"},
		{payments, "local:{1}", "jane", `Jane "J" Doe, PhD`, "user", "72", "Owner;ApproveUse"},
		{payments, "local:{2}", "", "", "", "258", "Use;Unknown (256)"},
	}
	if fmt.Sprint(lines) != fmt.Sprint(want) {
		t.Errorf("got\n%q\nwant\n%q", lines, want)
	}
}

func TestTable_NoObjects(t *testing.T) {
	none := newTable(nil, nil, nil)
	if got := none.markdown(); got != "| Object |\n| --- |\n" {
		t.Errorf("got %q", got)
	}
	if got := none.csv(); got != "dn,trustee,name,full_name,kind,value,rights\n" {
		t.Errorf("got %q", got)
	}
}

func TestTable_IgnoresOrderOfObjects(t *testing.T) {
	dns := []string{`\VED\b`, `\VED\A`, `\VED\a`, `\VED\C`}
	read := [][]signright.Grant{{{Key: "x", Value: 1}}, nil, nil, nil}
	first := newTable(dns, read, nil)
	slices.Reverse(dns)
	slices.Reverse(read)
	if second := newTable(dns, read, nil); second.markdown() != first.markdown() || second.csv() != first.csv() {
		t.Errorf("got\n%s\nand\n%s", first.markdown(), second.markdown())
	}
}

func TestLabels_UniqueForEachTrustee(t *testing.T) {
	labels := table{identities: map[string]client.Identity{
		"AD+A:1": {Name: "jane", PrefixedName: "AD+A:jane"},
		"AD+B:1": {Name: "jane", PrefixedName: "AD+B:jane"},
		"AD+A:2": {Name: "ops", PrefixedName: "AD+A:ops"},
		"AD+A:3": {Name: "ops", PrefixedName: "AD+A:ops"},
		"AD+A:4": {Name: "bob", PrefixedName: "AD+A:bob"},
		"AD+A:5": {},
	}}.labels()
	want := map[string]string{
		"AD+A:1": "AD+A:jane", "AD+B:1": "AD+B:jane", "AD+A:2": "AD+A:2", "AD+A:3": "AD+A:3", "AD+A:4": "bob",
		"AD+A:5": "AD+A:5",
	}
	if fmt.Sprint(labels) != fmt.Sprint(want) {
		t.Errorf("got %v", labels)
	}
}

func TestCellText(t *testing.T) {
	for text, want := range map[string]string{
		payments:          payments,
		"svc_signing_1":   "svc_signing_1",
		"ops|night":       `ops\|night`,
		"team-blue":       "team-blue",
		"Größe 日本":        "Größe 日本",
		"jane":            "jane",
		"two\nlines":      `two\u000alines`,
		"a\u202eb":        `a\u202eb`,
		"defaced wall":    "`defaced wall`",
		"deadbeef_x":      "deadbeef_x",
		`\VED\0123456789`: "`\\VED\\0123456789`",
		"feedbac":         "`feedbac`",
		"":                "",
		" ":               "",
	} {
		if got := cellText(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	for _, active := range []string{
		"https://example.com", "www.example.com", "jane@example.com", "@team", "#1", "GH-1", "ABC-12", "!1", "~label", "%1.0",
		"$snippet", ":smile:", "0123abc", "local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}", "AD+CORP:jane",
		"<b>x</b>", "*x*", "_x_",
		"x_", "[x](y)", "a~~b~~", "&amp;", "- x", "1. x", "ftp://x", "mailto:x", "example.com", "a/b#1",
		"a:b", `\_x`, `a\`, " a", "a ",
		"a  b", "&epic", "^alert", "[vulnerability:1]", "==x==", "\U0001F680", "|", "||", "a||b",
	} {
		got := cellText(active)
		outside := regexp.MustCompile("(`+)[^`].*?[^`]?`+").ReplaceAllString(got, "")
		if outside = strings.ReplaceAll(outside, "&#124;", ""); outside != "" {
			t.Errorf("%q: got %q, with %q outside of code spans", active, got, outside)
		}
	}
}

func TestCode(t *testing.T) {
	for text, want := range map[string]string{
		"":                 "",
		payments:           "`" + payments + "`",
		`a\`:               "`a\\`",
		"a|b":              "`a`&#124;`b`",
		`\VED\|x`:          "`\\VED\\`&#124;`x`",
		"|":                "&#124;",
		"`x`":              "`` `x` ``",
		"a``b`c":           "```a``b`c```",
		"` `":              "`` ` ` ``",
		" a ":              "`  a  `",
		" a":               "` a`",
		"@team #1 ~l !1":   "`@team #1 ~l !1`",
		"<b>*x*</b> &amp;": "`<b>*x*</b> &amp;`",
	} {
		if got := code(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestEscapeFormula(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@sum": "'@sum", "\t=1": `\u0009=1`, "\r=1": `\u000d=1`,
		"\n=1": `\u000a=1`, "\u200f=1": `\u200f=1`,
		"": "", "a=1": "a=1", " =1": "' =1", "a;=1": "a;'=1", "a; @x;b": "a;' @x;b", "＝1": "'＝1", "－1": "'－1",
		`"=1`: `'"=1`, "a-1;b+c": "a-1;b+c", "AD+CORP:1": "AD+CORP:1", payments: payments,
	} {
		if got := escapeFormula(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func FuzzCellText_StaysOneCell(f *testing.F) {
	f.Add(`a\|b`)
	f.Add("x\n|\\\\|")
	f.Fuzz(func(t *testing.T, name string) {
		row := "| " + cellText(name) + " |"
		unescaped := 0
		for i := 0; i < len(row); i++ {
			switch row[i] {
			case '\\':
				i++ // what a backslash escapes does not end a cell
			case '|':
				unescaped++
			case '\n', '\r':
				t.Errorf("%q: got two lines: %q", name, row)
			}
		}
		if unescaped != 2 {
			t.Errorf("%q: got %d borders: %q", name, unescaped, row)
		}
	})
}
