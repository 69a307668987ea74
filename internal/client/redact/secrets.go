package redact

import (
	"cmp"
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
	mu     sync.RWMutex
	known  map[string]bool
	cached *strings.Replacer
}

// Add adds secrets for good: a server may return an old token after a new one is in use.
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

// minBearerLength is the length from which letters alone count as a token.
const minBearerLength = 20

func hideBearer(match string) string {
	token := strings.TrimRight(bearer().FindStringSubmatch(match)[1], ".")
	if len(token) < minBearerLength && !strings.ContainsAny(token, "0123456789+/=._~") {
		return match
	}
	return "Bearer " + Placeholder
}
