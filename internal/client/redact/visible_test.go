package redact

import "testing"

func TestVisible(t *testing.T) {
	for text, want := range map[string]string{
		"":                       "",
		"plain name":             "plain name",
		"Größe 日本 e\u0301 🚀":     "Größe 日本 e\u0301 🚀",
		"\uFFFD":                 "\uFFFD",
		"bad\xff":                "bad\uFFFD",
		"Waiting\u200f":          `Waiting\u200f`,
		"\u202ea\u2066":          `\u202ea\u2066`,
		"a\u00a0b\u3000":         `a\u00a0b\u3000`,
		"a\u00ad\u200d\ufeff":    `a\u00ad\u200d\ufeff`,
		"a\u034f\u115f\u3164":    `a\u034f\u115f\u3164`,
		"a\u17b4\u2800\uffa0":    `a\u17b4\u2800\uffa0`,
		"⚠\ufe0f\U000E0100":      `⚠\ufe0f\U000e0100`,
		"\U000E0041":             `\U000e0041`,
		"\uffff\U00010000":       `\uffff` + "\U00010000",
		"\u2028\u2029":           `\u2028\u2029`,
		"\ue000\U0010FFFD\u0378": `\ue000\U0010fffd\u0378`,
		"a\nb\tc\r\x00\x1b[31m":  `a\u000ab\u0009c\u000d\u0000\u001b[31m`,
		"\u009b\u0085":           `\u009b\u0085`,
	} {
		got := Visible(text)
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
		if again := Visible(got); again != got {
			t.Errorf("%q: not stable: %q", text, again)
		}
	}
}

func TestVisibleLines(t *testing.T) {
	if got, want := VisibleLines("a\nb\tc\u200f"), "a\nb\\u0009c\\u200f"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestStrip(t *testing.T) {
	for text, want := range map[string]string{
		"2026-01-01": "2026-01-01", "\u200e2026\u200f-01": "2026-01", "a\x1b[31mb\x00\ufeff": "ab", "a b": "a b",
		"é": "é",
	} {
		if got := Strip(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestSanitize_InvisibleCharacters(t *testing.T) {
	s := secrets("PLANTED-password")
	for _, text := range []string{
		"is PLANTED\u200f-password", "is PLA\u00adNTED-\ufeffpassword", "is PLANTED-pass\x00word",
		"is PLANTED-pass\x1b[1mword",
	} {
		if got := s.Sanitize(text, MaxMessageLength); got != "is "+Placeholder {
			t.Errorf("%q: got %q", text, got)
		}
	}
	if got := s.Sanitize("Waiting\u200f and PLANTED-password", MaxMessageLength); got != `Waiting\u200f and `+
		Placeholder {
		t.Errorf("got %q", got)
	}
}
