package api

import (
	"context"
	"regexp"
	"strings"
)

// wireNaming names an identity in a request.
type wireNaming struct {
	PrefixedUniversal string `json:",omitempty"`
	PrefixedName      string `json:",omitempty"`
}

// wireIdentity is an IdentityEntry (OAS).
type wireIdentity struct {
	PrefixedUniversal, PrefixedName, Name, FullName, Prefix, Universal flexString
	IsGroup, IsContainer                                               flexBool
	Type, State                                                        flexInt
}

func (w wireIdentity) best() flexString {
	switch {
	case w.PrefixedUniversal != "":
		return w.PrefixedUniversal
	case w.Prefix != "" && w.Universal != "":
		return w.Prefix + ":" + w.Universal
	}
	return w.PrefixedName
}

func (w wireIdentity) identity() Identity {
	return Identity{
		PrefixedUniversal: string(w.best()), PrefixedName: string(w.PrefixedName), Name: string(w.Name),
		FullName: string(w.FullName), Prefix: string(w.Prefix), Universal: string(w.Universal),
		IsGroup: w.IsGroup.value, IsContainer: w.IsContainer.value, Type: w.Type.n, State: w.State.n,
	}
}

// The forms that can only be universals: a GUID, or 32 hexadecimal digits.
var universalForm = regexp.MustCompile(`(?i)^[^:]+:(\{[0-9a-f-]{36}\}|[0-9a-f]{32})$`)

func naming(s string) wireNaming {
	if universalForm.MatchString(s) || strings.HasPrefix(strings.ToUpper(s), "LDAP+") {
		return wireNaming{PrefixedUniversal: s}
	}
	return wireNaming{PrefixedName: s}
}

// ValidateIdentity resolves a prefixed universal or prefixed name, across all providers of identities. An answer without an
// identity is NotFound.
func (c *Client) ValidateIdentity(ctx context.Context, prefixed string) (*Identity, error) {
	var out struct {
		noEnvelope
		ID *wireIdentity
	}
	k := &call{op: opIdentityValidate}
	if err := c.send(ctx, k, struct{ ID wireNaming }{naming(prefixed)}); err != nil {
		return nil, err
	}
	if err := c.decode(k, &out); err != nil {
		return nil, err
	}
	if out.ID == nil || out.ID.best() == "" {
		e := k.empty("the server knows no identity " + clean(prefixed, maxMessage))
		e.Reason = NotFound
		return nil, e
	}
	id := out.ID.identity()
	return &id, nil
}

// BrowseIdentities searches the caller's own provider of identities. identityType is a sum of the flags of Identity.Type.
func (c *Client) BrowseIdentities(ctx context.Context, filter string, limit int, identityType int64) ([]Identity, error) {
	in := struct {
		Filter       string
		Limit        int
		IdentityType int64
	}{filter, limit, identityType}
	return c.identities(ctx, opIdentityBrowse, in)
}

// Self is the caller, then its groups.
func (c *Client) Self(ctx context.Context) ([]Identity, error) {
	return c.identities(ctx, opIdentitySelf, nil)
}

func (c *Client) identities(ctx context.Context, op operation, in any) ([]Identity, error) {
	var out struct {
		noEnvelope
		Identities items[wireIdentity]
	}
	if err := c.call(ctx, op, in, &out); err != nil {
		return nil, err
	}
	list := make([]Identity, len(out.Identities))
	for i, w := range out.Identities {
		list[i] = w.identity()
	}
	return list, nil
}

// SelfUniversals are the prefixed universals of the caller and its groups, as far as they can be learned; it never fails.
func (c *Client) SelfUniversals(ctx context.Context) []string {
	return c.self.get(func() ([]string, bool) { return c.learnSelf(ctx) })
}

// learnSelf asks Identity/Self, else the token's own description, else what the grant said. The second value says
// whether the answer is as good as it gets.
func (c *Client) learnSelf(ctx context.Context) ([]string, bool) {
	if list, err := c.Self(ctx); err == nil && len(list) > 0 {
		out := make([]trustee, len(list))
		for i, id := range list {
			out[i] = trustee(id.PrefixedUniversal)
		}
		return texts(out), true
	}
	var verified struct {
		noEnvelope
		Identity trustee
	}
	if err := c.call(ctx, opVerify, nil, &verified); err == nil && verified.Identity != "" {
		return []string{string(verified.Identity)}, true
	}
	if token, err := c.opts.Tokens.Token(ctx); err == nil && token.Identity != "" {
		return []string{token.Identity}, true
	}
	return nil, false
}
