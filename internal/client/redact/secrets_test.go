package redact

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"strings"
	"sync"
	"testing"
)

func secrets(list ...string) *Secrets {
	var s Secrets
	s.Add(list...)
	return &s
}

func TestRedact_Spellings(t *testing.T) {
	for _, secret := range []string{
		"b2JzY3VyZQ==", `p"a<s>s\&'wörd+/ 1`, "two  blanks", "a\tb\nc d", "  around  ", "päss wörd", "pass",
	} {
		encoded, err := json.Marshal(secret)
		if err != nil {
			t.Fatal(err)
		}
		bare := strings.TrimSpace(secret)
		for name, spelling := range map[string]string{
			"as it is": secret, "JSON": string(encoded), "HTML": html.EscapeString(secret),
			"query": url.QueryEscape(bare), "path": url.PathEscape(bare),
			"lower case": strings.ToLower(url.QueryEscape(bare)) + " " + bare,
		} {
			shown := secrets(secret).Sanitize("it was "+spelling+", wasn't it", MaxMessageLength)
			if !strings.HasPrefix(shown, "it was ") || !strings.HasSuffix(shown, ", wasn't it") ||
				!strings.Contains(shown, Placeholder) {
				t.Errorf("%s of %q: %q", name, secret, shown)
			}
			if strings.Contains(shown, bare) || strings.Contains(shown, strings.Trim(string(encoded), `"`)) {
				t.Errorf("%s of %q is shown: %q", name, secret, shown)
			}
		}
	}
}

func TestRedact_Base64(t *testing.T) {
	for _, before := range []string{"", "a", "ab", "abc", "robot:"} {
		for _, alphabet := range []*base64.Encoding{base64.StdEncoding, base64.RawURLEncoding} {
			encoded := alphabet.EncodeToString([]byte(before + "Tr0ub4dor&3??>" + "behind"))
			shown := secrets("Tr0ub4dor&3??>").Redact("Basic " + encoded)
			found, _ := alphabet.DecodeString(strings.TrimPrefix(shown, "Basic "))
			if !strings.Contains(shown, Placeholder) || strings.Contains(string(found), "Tr0ub") {
				t.Errorf("behind %q: %q", before, shown)
			}
		}
	}
}

func TestRedact_Forms(t *testing.T) {
	for secret, text := range map[string]string{
		`p"a<b`: `p\"a<b`, // JSON without escapes for HTML
		"pass1": "cGFzcz",
	} {
		if got := secrets(secret).Redact("x " + text + " y"); got != "x "+Placeholder+" y" {
			t.Errorf("%q: got %q", secret, got)
		}
	}
}

func TestRedact_ShortSecret(t *testing.T) {
	const text = "the answer is larger than 8 MiB"
	for _, short := range []string{"", " ", "a", "th", "8", "ans", " an "} {
		if got := secrets(short).Sanitize(text, MaxMessageLength); got != text {
			t.Errorf("%q makes %q", short, got)
		}
	}
	// the escaped or folded form of a secret may be long enough, or too short
	for secret, text := range map[string]string{"<<": "a &lt;&lt; b", "a   b": "say a b now", "pass": "cGFzc"} {
		if got := secrets(secret).Redact(text); got != text {
			t.Errorf("%q makes %q of %q", secret, got, text)
		}
	}
	if got := secrets("answ").Sanitize(text, MaxMessageLength); got != "the "+Placeholder+"er is larger than 8 MiB" {
		t.Error(got)
	}
}

func TestSanitize_RedactsBeforeCut(t *testing.T) {
	s := secrets("PLANTED-password")
	for padding := range 40 {
		if shown := s.Sanitize(strings.Repeat("x", padding)+"PLANTED-password", 30); strings.Contains(shown, "PLAN") {
			t.Errorf("%d letters before: %q", padding, shown)
		}
	}
}

func TestRedact_LongestFirst(t *testing.T) {
	s := secrets("secret", "secret-and-more")
	if got := s.Redact("secret-and-more, secret"); got != Placeholder+", "+Placeholder {
		t.Error(got)
	}
	s.Add("another", "")
	if got := s.Redact("another secret"); got != Placeholder+" "+Placeholder {
		t.Error(got)
	}
}

func TestRedact_Bearer(t *testing.T) {
	for text, want := range map[string]string{
		"Authorization: Bearer abc.def-1==;":         "Authorization: Bearer (hidden);",
		"bearer:xyz1":                                "Bearer (hidden)",
		"bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ":          "Bearer (hidden)",
		"bearer abcdefghijklmnopqrst":                "Bearer (hidden)", // 20 letters
		"bearer abcdefghijklmnopqrs":                 "bearer abcdefghijklmnopqrs",
		"bearer abcdefghijklmnopqrstu":               "Bearer (hidden)",
		"the bearers of bad news":                    "the bearers of bad news",
		"The bearer token has expired.":              "The bearer token has expired.",
		"Bearer authentication is needed. Bearer no": "Bearer authentication is needed. Bearer no",
	} {
		if got := secrets().Redact(text); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestSecrets_Concurrent(t *testing.T) {
	var s Secrets
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			secret := "secret-" + strings.Repeat("x", i)
			s.Add(secret)
			if got := s.Redact(secret + "!"); strings.Contains(got, "secret") {
				t.Error(got)
			}
		})
	}
	all.Wait()
}

func FuzzSecrets(f *testing.F) {
	f.Add("the pass word", "pass word", 20)
	f.Add("x\x1b[31mpassw\x00ord", "password", 400)
	f.Fuzz(func(t *testing.T, text, secret string, limit int) {
		limit = 1 + limit&0x3ff
		s := secrets(secret)
		shown := s.Sanitize(text, limit)
		harmless(t, shown)
		if n := len([]rune(shown)); n > limit {
			t.Errorf("%d runes of %d", n, limit)
		}
		bare := strings.TrimSpace(secret)
		if len(bare) >= MinSecretLength && !strings.Contains(Placeholder, bare) &&
			strings.Contains(strings.ReplaceAll(shown, Placeholder, "\x00"), bare) {
			t.Errorf("%q is shown: %q", secret, shown)
		}
	})
}
