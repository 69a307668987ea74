package client

import (
	"context"
	"slices"
	"strings"
)

// SelfNames returns the names of the caller in all spellings that an approval may use, as far as
// they can be found; it never fails. They are the prefixed universal, the universal without its
// prefix, and the prefixed name. A group is not the caller.
func (c *Client) SelfNames(ctx context.Context) []string {
	list, _ := c.selves.Get(ctx, "", c.readSelf)
	return slices.Clone(list)
}

// SelfCached is Self once for the life of the client.
func (c *Client) SelfCached(ctx context.Context) ([]Identity, error) {
	list, err := c.callers.Get(ctx, "", c.Self)
	return slices.Clone(list), asError(opIdentitySelf, err)
}

// readSelf reads Identity/Self, which lists the caller first. If that lacks the caller's universal,
// the description of the token or of the grant may have it.
func (c *Client) readSelf(ctx context.Context) ([]string, error) {
	list, err := c.Self(ctx)
	var caller Identity
	if len(list) > 0 {
		caller = list[0]
	}
	if caller.PrefixedUniversal == "" {
		caller.PrefixedUniversal = c.ownerOfToken(ctx)
	}
	switch names := caller.spellings(); {
	case len(names) > 0:
		return names, nil
	case err != nil:
		return nil, err
	default:
		return nil, errNoCaller
	}
}

// ownerOfToken returns the prefixed universal of the token's owner, empty if it is unknown.
func (c *Client) ownerOfToken(ctx context.Context) string {
	var described tokenDescription
	if err := c.call(ctx, opVerify, nil, &described); err == nil && described.Identity != "" {
		return string(described.Identity)
	}
	if token, err := c.engine.Tokens.Token(ctx); err == nil {
		return token.Identity
	}
	return ""
}

// spellings returns the names that identify the identity uniquely. Missing ones are built from the
// others.
func (i Identity) spellings() []string {
	_, bare, _ := strings.Cut(i.PrefixedUniversal, ":")
	name := i.PrefixedName
	if name == "" && i.Prefix != "" && i.Name != "" {
		name = i.Prefix + ":" + i.Name
	}
	var names []string
	all := []string{i.PrefixedUniversal, i.Universal, bare, name}
	if strings.Contains(bare, "-") { // a GUID, which approvals show with or without braces
		for _, spelling := range universals(i.PrefixedUniversal) {
			_, id, _ := strings.Cut(spelling, ":")
			all = append(all, spelling, id)
		}
	}
	for _, spelling := range all {
		if spelling != "" && !slices.Contains(names, spelling) {
			names = append(names, spelling)
		}
	}
	return names
}
