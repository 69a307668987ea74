package client

import (
	"context"
	"slices"
	"strings"
)

// tokenDescription is the answer of authorize/verify.
type tokenDescription struct {
	noEnvelope
	Identity trustee
	Scope    flexString
}

// TokenScope returns the scope of the token as the server describes it, "codesign:manage;security",
// empty if it does not. It asks once for the life of the client.
func (c *Client) TokenScope(ctx context.Context) (string, error) {
	return c.scopes.Get(ctx, "", func(ctx context.Context) (string, error) {
		var described tokenDescription
		err := c.call(ctx, opVerify, nil, &described)
		return c.engine.Sanitize(string(described.Scope)), err
	})
}

// HasScope reports whether a scope includes a privilege on an area, such as delete on codesign. An
// area without privileges includes none but reading.
func HasScope(scope, area, privilege string) bool {
	for part := range strings.SplitSeq(scope, ";") {
		name, privileges, _ := strings.Cut(strings.TrimSpace(part), ":")
		if !strings.EqualFold(strings.TrimSpace(name), area) {
			continue
		}
		if slices.ContainsFunc(strings.Split(privileges, ","), func(p string) bool {
			return strings.EqualFold(strings.TrimSpace(p), privilege)
		}) {
			return true
		}
	}
	return false
}
