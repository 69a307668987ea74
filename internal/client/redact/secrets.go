package redact

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// Placeholder stands in a text where a secret was.
const Placeholder = "(hidden)"

// MinSecretLength is the length from which on a secret is looked for. A shorter one is part of too many words: hiding it would spoil
// every text, and tell the secret by what is missing.
const MinSecretLength = 4

// Secrets are the texts that must not be shown, whoever says them. The zero value knows none; it is safe for any number of
// goroutines.
type Secrets struct {
	mu     sync.RWMutex
	known  map[string]bool
	cached *strings.Replacer
}

// Add makes more texts secret, for good: an old token may still be echoed when a new one is in use.
func (s *Secrets) Add(secrets ...string) {
	for _, secret := range secrets {
		if secret = strings.TrimSpace(secret); len(secret) >= MinSecretLength && !s.knows(secret) {
			s.learn(secret)
		}
	}
}

func (s *Secrets) knows(secret string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.known[secret]
}

func (s *Secrets) learn(secret string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil {
		s.known = map[string]bool{}
	}
	s.known[secret], s.cached = true, nil
}

// Redact is a text without the secrets and without whatever else follows the word Bearer like a token. It has to come before
// any cut, since half a secret would not be found.
func (s *Secrets) Redact(text string) string {
	return bearer().ReplaceAllStringFunc(s.replacer().Replace(text), hideBearer)
}

// Sanitize is a text without the secrets, as one printable line of at most limit runes. Folding white space can bring a secret
// together, so it is looked for before and after; and invisible characters can split one, so they are dropped where they do.
func (s *Secrets) Sanitize(text string, limit int) string {
	text = s.Redact(text)
	line := s.Redact(oneLine(text))
	if stripped := Strip(strings.Join(strings.Fields(text), " ")); stripped != line {
		if hidden := s.Redact(stripped); hidden != stripped {
			line = hidden
		}
	}
	return Cut(line, limit)
}

func (s *Secrets) replacer() *strings.Replacer {
	s.mu.RLock()
	made := s.cached
	s.mu.RUnlock()
	if made != nil {
		return made
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cached == nil {
		s.cached = strings.NewReplacer(s.pairs()...)
	}
	return s.cached
}

// pairs has the longest first, because one secret may be the beginning of another.
func (s *Secrets) pairs() []string {
	var all []string
	for secret := range s.known {
		all = append(all, forms(secret)...)
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	pairs := make([]string, 0, 2*len(all))
	for _, form := range slices.Compact(all) {
		pairs = append(pairs, form, Placeholder)
	}
	return pairs
}

var bearer = Pattern(`(?i)\bbearer[\s:]+([A-Za-z0-9+/=._~-]+)`)

// minBearerLength is the length from which on letters alone are taken for a token and not for a word.
const minBearerLength = 20

func hideBearer(match string) string {
	token := strings.TrimRight(bearer().FindStringSubmatch(match)[1], ".")
	if len(token) < minBearerLength && !strings.ContainsAny(token, "0123456789+/=._~") {
		return match
	}
	return "Bearer " + Placeholder
}
