package client

import (
	"context"
	"slices"
	"strings"
)

// SelfNames are the names of the caller, in all spellings that an approval may have, as far as they can be learned; it never
// fails. They are the prefixed universal, the universal without its prefix, and the prefixed name. A group is not the caller.
func (c *Client) SelfNames(ctx context.Context) []string {
	list, err := c.selves.Get(ctx, "", c.readSelf)
	if err != nil {
		return nil
	}
	return slices.Clone(list)
}

// readSelf asks Identity/Self, which names the caller first. Where that does not tell the caller's universal, the token's own
// description may, or what the grant said.
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
	var names []string
	all := []string{i.PrefixedUniversal, i.Universal, bare, name}
	if strings.Contains(bare, "-") { // a GUID, which approvals show with braces or without them
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
