package redact

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// Placeholder replaces a secret in a text.
const Placeholder = "(hidden)"

// MinSecretLength is the minimum length of a secret. A shorter one is part of too many words:
// removing it would spoil every text and reveal the secret by the gaps.
const MinSecretLength = 4

// Secrets are texts that must not be shown. The zero value has none. It is safe for concurrent use.
type Secrets struct {
	mu     sync.Mutex
	known  map[string]bool
	cached *strings.Replacer // of all known secrets; nil after a new one
}

// Add adds secrets for good: a server may return an old token after a new one is in use.
func (s *Secrets) Add(secrets ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, secret := range secrets {
		if secret = strings.TrimSpace(secret); len(secret) < MinSecretLength || s.known[secret] {
			continue
		}
		if s.known == nil {
			s.known = map[string]bool{}
		}
		s.known[secret], s.cached = true, nil
	}
}

// Redact removes the secrets and anything like a token after the word Bearer. Call it before
// shortening a text: half a secret would not be found.
func (s *Secrets) Redact(text string) string {
	return bearer().ReplaceAllStringFunc(s.replacer().Replace(text), hideBearer)
}

// Sanitize removes the secrets and returns one printable line of at most limit runes. It searches
// before and after folding white space, which can join a secret, and without invisible characters,
// which can split one.
func (s *Secrets) Sanitize(text string, limit int) string {
	text = s.Redact(text)
	line := s.Redact(oneLine(text))
	stripped := Strip(strings.Join(strings.Fields(text), " "))
	if hidden := s.Redact(stripped); hidden != stripped {
		line = hidden
	}
	return Cut(line, limit)
}

// replacer has the longest form first, because one secret may be the beginning of another.
func (s *Secrets) replacer() *strings.Replacer {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cached != nil {
		return s.cached
	}
	var all []string
	for secret := range s.known {
		all = append(all, forms(secret)...)
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	var pairs []string
	for _, form := range slices.Compact(all) {
		pairs = append(pairs, form, Placeholder)
	}
	s.cached = strings.NewReplacer(pairs...)
	return s.cached
}

var bearer = Pattern(`(?i)\bbearer[\s:]+([A-Za-z0-9+/=._~-]+)`)

// minBearerLength is the length from which letters alone count as a token.
const minBearerLength = 20

func hideBearer(match string) string {
	token := strings.TrimRight(bearer().FindStringSubmatch(match)[1], ".")
	if len(token) < minBearerLength && !strings.ContainsAny(token, "0123456789+/=._~") {
		return match
	}
	return "Bearer " + Placeholder
}

// forms returns the spellings in which a secret may come back: unchanged, folded, in JSON, a URL,
// HTML and base64.
func forms(secret string) []string {
	all := []string{
		secret, strings.Join(strings.Fields(secret), " "), oneLine(secret), html.EscapeString(secret),
		inJSON(secret, false), inJSON(secret, true), netJSON(secret),
	}
	for _, escaped := range []string{url.QueryEscape(secret), url.PathEscape(secret)} {
		all = append(all, escaped, escapes().ReplaceAllStringFunc(escaped, strings.ToLower))
	}
	all = append(all, inBase64(secret)...)
	return slices.DeleteFunc(all, func(form string) bool { return len(form) < MinSecretLength })
}

var escapes = Pattern(`%[0-9A-F]{2}`)

func inJSON(secret string, forHTML bool) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(forHTML)
	if err := e.Encode(secret); err != nil {
		return secret
	}
	return strings.Trim(b.String(), "\"\n")
}

// netJSON is JSON as .NET writes it, with more escapes.
func netJSON(secret string) string {
	return strings.NewReplacer(
		`\u003c`, `\u003C`, `\u003e`, `\u003E`, `+`, `\u002B`, `'`, `\u0027`, "`", `\u0060`, `\"`, `\u0022`,
	).Replace(inJSON(secret, true))
}

// minBase64Length keeps short secrets from matching unrelated text.
const minBase64Length = 6

// inBase64 returns the characters that a secret determines at any position within encoded data, as
// in name:password.
func inBase64(secret string) []string {
	var all []string
	for offset := range 3 {
		for _, alphabet := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			encoded := alphabet.EncodeToString(append(make([]byte, offset), secret...))
			from, to := (8*offset+5)/6, 8*(offset+len(secret))/6
			if to-from >= minBase64Length {
				all = append(all, encoded[from:to])
			}
		}
	}
	return all
}
