package api

import (
	"context"
	"slices"
	"strings"
)

// SelfUniversals are the names of the caller and its groups, in all spellings that an approval or a list of approvers may have,
// as far as they can be learned; it never fails. The caller's come first, beginning with the prefixed universal, then those
// of each group in the server's order. Of every identity these are the prefixed universal, the universal without its prefix
// and the prefixed name, none of them twice.
func (c *Client) SelfUniversals(ctx context.Context) []string {
	list, err := c.selves.get(ctx, "", c.learnSelf)
	if err != nil {
		return nil
	}
	return slices.Clone(list)
}

// learnSelf asks Identity/Self. Where that does not tell the caller's universal, the token's own description may, or what the
// grant said.
func (c *Client) learnSelf(ctx context.Context) ([]string, error) {
	list, err := c.Self(ctx)
	var caller Identity
	if len(list) > 0 {
		caller = list[0]
	}
	if caller.PrefixedUniversal == "" {
		caller.PrefixedUniversal = c.ownerOfToken(ctx)
	}
	names := caller.spellings()
	switch {
	case len(names) > 0:
	case err != nil:
		return nil, err
	default:
		return nil, errNobody
	}
	for _, group := range list[min(1, len(list)):] {
		names = append(names, group.spellings()...)
	}
	return unique(names), nil
}

// ownerOfToken is who the token was issued to, a prefixed universal; empty where nobody says.
func (c *Client) ownerOfToken(ctx context.Context) string {
	var described struct {
		noEnvelope
		Identity trustee
	}
	if err := c.call(ctx, opVerify, nil, &described); err == nil && described.Identity != "" {
		return string(described.Identity)
	}
	if token, err := c.opts.Tokens.Token(ctx); err == nil {
		return token.Identity
	}
	return ""
}

// spellings are the names of an identity that others have not. Those that did not come are put together from the others.
func (i Identity) spellings() []string {
	_, bare, _ := strings.Cut(i.PrefixedUniversal, ":")
	name := i.PrefixedName
	if name == "" && i.Prefix != "" && i.Name != "" {
		name = i.Prefix + ":" + i.Name
	}
	return slices.DeleteFunc([]string{i.PrefixedUniversal, i.Universal, bare, name}, func(s string) bool { return s == "" })
}

// unique leaves the first of each.
func unique(list []string) []string {
	seen := make(map[string]bool, len(list))
	return slices.DeleteFunc(list, func(s string) bool {
		again := seen[s]
		seen[s] = true
		return again
	})
}
