package dn_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

func TestValidate(t *testing.T) {
	long := `\VED\` + strings.Repeat("x", dn.MaxLength-5)
	for name, c := range map[string]struct{ dn, complaint string }{
		"a project":               {`\VED\Code Signing\Projects\Payments`, ""},
		"root in another case":    {`\ved\code signing\projects\payments`, ""},
		"a quote":                 {`\VED\Code Signing\Projects\The "new" one`, ""},
		"non-ASCII letters":       {`\VED\Code Signing\Projects\Größe 日本`, ""},
		"255 characters":          {long, ""},
		"255 two-byte letters":    {`\VED\` + strings.Repeat("ö", dn.MaxLength-5), ""},
		"256 characters":          {long + "x", "256 characters"},
		"empty":                   {"", "empty"},
		"only a name":             {"Payments", `\VED\Code Signing\Projects\Payments`},
		"no leading backslash":    {`VED\Code Signing`, "begins with a backslash"},
		"another root":            {`\Policy\x`, `begins with \VED\`},
		"only the root":           {`\VED`, "only the root"},
		"a trailing backslash":    {`\VED\Code Signing\`, "ends with a backslash"},
		"leading blanks":          {` \VED\Code Signing`, "begins or ends with a space"},
		"blanks around a name":    {`\VED\Code Signing \x`, "begins or ends with a space"},
		"two backslashes in HCL":  {`\\VED\\Code Signing`, `begins with \VED\`},
		"an empty name":           {`\VED\Code Signing\\x`, "empty"},
		"a control character":     {"\\VED\\a\x1b[31mb", "control character"},
		"a line break":            {"\\VED\\a\nb", "control character"},
		"invalid UTF-8":           {"\\VED\\\xff", "UTF-8"},
		"65 levels":               {`\VED` + strings.Repeat(`\x`, 64), "65 levels"},
		"64 levels":               {`\VED` + strings.Repeat(`\x`, 63), ""},
		"a bare name with escape": {"a\x1bb", `"a\u001bb" is only a name`},
	} {
		err := dn.Validate(c.dn)
		switch {
		case c.complaint == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.complaint != "" && (err == nil || !strings.Contains(err.Error(), c.complaint)):
			t.Errorf("%s: got %v, want %q in it", name, err, c.complaint)
		}
	}
}

func TestValidate_Suggestion(t *testing.T) {
	const meant = `\VED\Code Signing\Projects\P`
	for _, typed := range []string{
		"/VED/Code Signing/Projects/P", "VED/Code Signing/Projects/P", "/ved/Code Signing/Projects/P/",
		"//VED//Code Signing//Projects//P",
		`\\VED\\Code Signing\\Projects\\P`, `\\\\VED\\\\Code Signing\\\\Projects\\\\P`, `VED\Code Signing\Projects\P`,
		`\Code Signing\Projects\P`, `Code Signing\Projects\P`, meant + `\`, meant + `\\`, " " + meant, meant + " ",
		`\VED\Code Signing\\Projects\P`, `\VED\Code Signing \Projects\P`, "/Code Signing/Projects/P",
		`/VED\Code Signing/Projects\P`,
	} {
		if err := dn.Validate(typed); err == nil || !strings.Contains(err.Error(), "; write "+meant+" (") {
			t.Errorf("%q: %v", typed, err)
		}
	}
	for _, typed := range []string{"", "P", `\VED`, "/", `\`, "a/b", `\VED\\`, "Policy", "a/VED/b", `VED/Code Signing\x`, "VED\\Code Signing\\a\nb", `VE/Code Signing/x`, "Code Signing/Projects/P", `\Other\x`, "https://host/VED", `\VED\` + strings.Repeat("x", dn.MaxLength), "\\VED\\a\nb"} {
		if err := dn.Validate(typed); err == nil || strings.Contains(err.Error(), "; write ") {
			t.Errorf("%q: %v", typed, err)
		}
	}
	if err := dn.Validate(`Policy\Web`); err == nil || !strings.Contains(err.Error(), `; write \VED\Policy\Web (`) {
		t.Errorf("got %v, want a suggestion below Policy", err)
	}
	if err := dn.Validate(`\VED\Code Signing\Projects\A/B`); err != nil { // a slash within a name
		t.Error(err)
	}
}

func TestJoin(t *testing.T) {
	joined, _, err := dn.Join("Code Signing", "Projects", "Payments")
	if err != nil || joined != `\VED\Code Signing\Projects\Payments` {
		t.Fatalf("got %q, %v", joined, err)
	}
	for _, names := range [][]string{{`a\b`}, {""}, {" a"}, {"a\tb"}, {}} {
		if joined, _, err := dn.Join(names...); err == nil {
			t.Errorf("%q: got %q, want an error", names, joined)
		}
	}
}

func TestEqualGUID(t *testing.T) {
	a, b := "{0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0}", "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
	if !dn.EqualGUID(a, b) || dn.ValidateGUID(a) != nil || dn.ValidateGUID(b) != nil {
		t.Error("got two GUIDs, want one in two valid spellings")
	}
	for _, bad := range []string{
		"", "{}", "{" + b, b + "}", b + "0", strings.Replace(b, "0", "g", 1), strings.ReplaceAll(b, "-", ""),
	} {
		if dn.ValidateGUID(bad) == nil {
			t.Errorf("%q: got no error", bad)
		}
	}
}

func TestValidateName(t *testing.T) {
	for name, want := range map[string]string{
		"Payments": "", "": "empty", `a\b`: "backslash", "a\tb": "control character",
	} {
		if err := dn.ValidateName(name); (err == nil) != (want == "") ||
			err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q in it", name, err, want)
		}
	}
	err := dn.Validate("/VED/Code Signing/P")
	if err == nil || !strings.HasPrefix(err.Error(), "a DN separates names with backslashes") {
		t.Errorf("got %v", err)
	}
}

func TestName(t *testing.T) {
	if got := dn.Name(`\VED\Code Signing\Projects\Payments`); got != "Payments" {
		t.Errorf("got %q", got)
	}
	if got := dn.Name("Payments"); got != "Payments" {
		t.Errorf("got %q", got)
	}
}

func FuzzValidate(f *testing.F) {
	f.Add(`\VED\Code Signing\Projects\Payments`)
	f.Add("\\VED\\\x00")
	f.Add(`\ved\ü`)
	f.Fuzz(func(t *testing.T, s string) {
		if err := dn.Validate(s); err != nil {
			if strings.ContainsFunc(err.Error(), unicode.IsControl) {
				t.Errorf("%q: the message has control characters: %q", s, err)
			}
			return
		}
		joined, _, err := dn.Join(strings.Split(s, dn.Separator)[2:]...)
		if err != nil || !dn.Equal(joined, s) {
			t.Errorf("%q: got %q after a split and Join, %v", s, joined, err)
		}
	})
}
