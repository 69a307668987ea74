package simulator

import (
	"slices"
	"strings"
)

// everyScope is all that the newest server can grant.
const everyScope = "admin:algorithms,delete,recyclebin,rotate;agent:delete;certificate:approve,delete,discover,manage,revoke;" +
	"codesign:admin,approve,delete,manage;codesignclient;configuration:delete,manage;restricted:delete,manage;" +
	"security:delete,manage;ssh:approve,delete,discover,manage;statistics:delete,manage"

// scopes maps a scope to its restrictions. A scope always includes reading.
type scopes map[string][]string

func parseScopes(text string) scopes {
	s := scopes{}
	for part := range strings.SplitSeq(text, ";") {
		name, restrictions, _ := strings.Cut(strings.TrimSpace(part), ":")
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "" || name == "any" {
			continue
		}
		if s[name] == nil {
			s[name] = []string{}
		}
		for r := range strings.SplitSeq(restrictions, ",") {
			if r = strings.ToLower(strings.TrimSpace(r)); r != "" && !slices.Contains(s[name], r) {
				s[name] = append(s[name], r)
			}
		}
	}
	return s
}

// allows judges a requirement: "any", "codesign", "codesign:manage", or ":approve"
// for any scope with that restriction.
func (s scopes) allows(need string) bool {
	if need == "any" {
		return true
	}
	name, restriction, _ := strings.Cut(need, ":")
	if name != "" {
		have, ok := s[name]
		return ok && (restriction == "" || slices.Contains(have, restriction))
	}
	for _, have := range s {
		if slices.Contains(have, restriction) {
			return true
		}
	}
	return false
}

// beyond lists what s has and most has not, one "scope" or "scope:restriction" each.
func (s scopes) beyond(most scopes) []string {
	var over []string
	for name, restrictions := range s {
		if _, ok := most[name]; !ok {
			over = append(over, name)
			continue
		}
		for _, r := range restrictions {
			if !slices.Contains(most[name], r) {
				over = append(over, name+":"+r)
			}
		}
	}
	slices.Sort(over)
	return over
}

// String is the form in grant answers: "any" first, the rest sorted.
func (s scopes) String() string {
	parts := []string{}
	for name, restrictions := range s {
		if len(restrictions) > 0 {
			name += ":" + strings.Join(slices.Sorted(slices.Values(restrictions)), ",")
		}
		parts = append(parts, name)
	}
	slices.Sort(parts)
	return strings.Join(append([]string{"any"}, parts...), ";")
}
