package redact

import (
	"strings"
	"testing"
	"unicode"
)

func TestWithoutControls(t *testing.T) {
	for text, want := range map[string]string{
		"plain":                      "plain",
		"Überprüfung 数据 🚀":           "Überprüfung 数据 🚀",
		"\x1b[1;31mred\x1b[0m":       "red",
		"\x1b[31":                    "",
		"\x1b]0;title\x07after":      "after",
		"\x1b]0;title\x1b\\after":    "after",
		"\x1b]0;title\nafter":        "\nafter",
		"\x1b]0;title":               "",
		"\x1b]8;;http://x\x1b\\link": "link",
		"\u009b31mred":               "red",
		"\x1bcreset":                 "reset",
		"\x1b":                       "",
		"a\x1b[31\x1b[32mb":          "ab",
		"nul\x00bell\adel\x7f":       "nulbelldel",
		"\u202eevil\u2066x\u200f":    "\u202eevil\u2066x\u200f",
		"\ufeffbom":                  "\ufeffbom",
		"bad\xffutf":                 "bad\uFFFDutf",
		"tab\there":                  "tab\there",
		"\x1b[1 qshape":              "shape",
		"\x1b[?25hcursor":            "cursor",
		"\x1b[5@insert":              "insert",
		"\x1b[3~delete":              "delete",
		"\x1b[31érror":               "érror",
		"\x1b0zero":                  "zero",
		"\x1b~tilde":                 "tilde",
		"\x1b#8":                     "#8",
		"\x1bérror":                  "érror",
		"line\r\nline\rline":         "line\nline\nline",
	} {
		if got := withoutControls(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
		if again := withoutControls(withoutControls(text)); again != withoutControls(text) {
			t.Errorf("%q: not settled: %q", text, again)
		}
	}
}

func TestClean(t *testing.T) {
	for _, row := range []struct {
		text  string
		limit int
		want  string
	}{
		{" a\n\tb \u00a0 c ", 10, "a b c"},
		{"\u202ea\u200fb\x1b[1mc\x00", 40, `\u202ea\u200fbc`},
		{"abcdef", 6, "abcdef"},
		{"abcdefg", 6, "abcde…"},
		{"ééééééé", 6, "ééééé…"},
		{strings.Repeat("x", 1000), 3, "xx…"},
	} {
		if got := Clean(row.text, row.limit); got != row.want {
			t.Errorf("%q: got %q, want %q", row.text, got, row.want)
		}
	}
}

// harmless fails for whatever a terminal would obey, and for more than one line.
func harmless(t *testing.T, text string) {
	t.Helper()
	for _, r := range text {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			t.Errorf("%U in %q", r, text)
		}
	}
}

func FuzzWithoutControls(f *testing.F) {
	f.Fuzz(func(t *testing.T, text string) {
		once := withoutControls(text)
		if twice := withoutControls(once); twice != once {
			t.Errorf("%q: not settled: %q, then %q", text, once, twice)
		}
		harmless(t, Clean(text, 40))
		harmless(t, Visible(text))
		harmless(t, Strip(text))
		if n := len([]rune(Clean(text, 40))); n > 40 {
			t.Errorf("%d runes", n)
		}
	})
}

// What is compiled late fails late, so here is each of them.
func TestPatterns_Compile(t *testing.T) {
	t.Parallel()
	if n := bearer().NumSubexp(); n != 1 {
		t.Errorf("%d groups", n)
	}
	if escapes().FindString("a%2Bb") == "" || escapeSequence().FindString("a\x1b[m") == "" {
		t.Error("a pattern does not match its example")
	}
}
