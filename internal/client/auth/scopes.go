package auth

import "strings"

// ScopeUse says what the provider needs a scope for.
type ScopeUse struct{ Scope, For string }

// ScopeUses are all scopes the provider makes use of, for messages and for the documentation (OAS26, DOC).
func ScopeUses() []ScopeUse {
	return []ScopeUse{
		{"codesign", "reading projects"},
		{"codesign:manage", "changing the status of projects"},
		{"codesign:approve", "deciding tickets"},
		{"codesign:admin", "reading rights (servers before 26.1: codesign)"},
		{"configuration", "looking up identities and DNs"},
	}
}

func scopeTable() string {
	uses := make([]string, 0, len(ScopeUses()))
	for _, u := range ScopeUses() {
		uses = append(uses, u.Scope+" for "+u.For)
	}
	return strings.Join(uses, ", ")
}
