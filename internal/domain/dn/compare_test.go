package dn_test

import (
	"testing"
	"unicode/utf8"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

func TestEqual(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"", "", true},
		{"Payments", "PAYMENTS", true},
		{`\VED\Größe`, `\ved\GRÖSSE`, false},
		{`\VED\Größe`, `\ved\GRÖßE`, true},
		{"a", "", false},
		{"", "\ufffd", false},
		{"", "a", false},
		{"a", "ab", false},
		{"ab", "a", false},
		{"@[`{", "@[`{", true},
		{"@", "`", false},
		{"z", "Z", true},
		{"Z", "{", false},
		{"\u007f", "\u007f", true},
		{"\u0080", "\u0081", false},
		{"[", "{", false},
		{"s", "\u017f", false}, // long s
		{"S", "\u017f", false},
		{"k", "\u212a", false}, // Kelvin sign
		{"å", "\u212b", false}, // Angstrom sign
		{"ω", "\u2126", false}, // ohm sign
		{"i", "\u0131", false}, // dotless i
		{"I", "\u0131", false},
		{"i", "\u0130", false}, // dotted I
		{"i\u0307", "\u0130", false},
		{"\u0131", "\u0130", false},
		{"ß", "\u1e9e", false},
		{"ß", "ss", false},
		{"ς", "σ", true}, // both are Σ in upper case
		{"ς", "Σ", true},
		{"µ", "μ", true}, // micro sign and mu are Μ
		{"\u01c4", "\u01c6", true},
		{"\u01c5", "\u01c6", true}, // title case
		{"ﬁ", "FI", false},         // ligature
		{"é", "e\u0301", false},    // no normalization
		{"É", "é", true},
		{"я", "Я", true},
		{"\U00010428", "\U00010400", true}, // Deseret, a supplementary plane
		{"\U00010428", "\U00010401", false},
		{"Waiting", "Waiting\u200f", false},
		{"Waiting\u200f", "WAITING\u200f", true},
		{"Waiting\u200e", "Waiting\u200f", false},
		{"a\u00a0b", "a b", false},
		{"a\x00", "a", false},
	} {
		if got := dn.Equal(c.a, c.b); got != c.want {
			t.Errorf("Equal(%+q, %+q) = %t", c.a, c.b, got)
		}
		if got := dn.Equal(c.b, c.a); got != c.want {
			t.Errorf("Equal(%+q, %+q) = %t", c.b, c.a, got)
		}
		if got := dn.Fold(c.a) == dn.Fold(c.b); got != c.want {
			t.Errorf("Fold(%+q) == Fold(%+q) = %t", c.a, c.b, got)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("Waiting\u200f", "WAITING\u200F")
	f.Add("\u017f\u0131", "SI")
	f.Fuzz(func(t *testing.T, a, b string) {
		if folded := dn.Fold(a); dn.Fold(folded) != folded || utf8.ValidString(a) && !dn.Equal(a, folded) {
			t.Errorf("%+q: got folded %+q", a, folded)
		}
		if utf8.ValidString(a+b) && dn.Equal(a, b) != (dn.Fold(a) == dn.Fold(b)) {
			t.Errorf("Equal and Fold disagree about %+q and %+q", a, b)
		}
	})
}

func TestCanonicalGUID(t *testing.T) {
	for guid, want := range map[string]string{
		"[Z@`{":                                  "[z@`{",
		"{ABCDEF01-0000-0000-0000-000000000000}": "abcdef01-0000-0000-0000-000000000000",
		"{a":                                     "a", "a}": "a", "": "", "{}": "", "\u212aX\u0130": "\u212ax\u0130",
	} {
		if got := dn.CanonicalGUID(guid); got != want {
			t.Errorf("%q: got %q, want %q", guid, got, want)
		}
	}
}
