package api

import (
	"context"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/servertext"
)

// wireNaming names an identity in a request.
type wireNaming struct {
	PrefixedUniversal string `json:",omitempty"`
	PrefixedName      string `json:",omitempty"`
}

// The forms that are universals for certain: a GUID in braces, or 32 hexadecimal digits.
var universalForm = servertext.Pattern(`(?i)^[^:]+:(\{[0-9a-f-]{36}\}|[0-9a-f]{32})$`)

// namings are the ways to ask for an identity, the likelier first. A local or AD name has one; of other providers the form
// of the universals is not documented.
func namings(s string) []wireNaming {
	universal, name := wireNaming{PrefixedUniversal: s}, wireNaming{PrefixedName: s}
	switch prefix, _, _ := strings.Cut(strings.ToLower(s), ":"); {
	case universalForm().MatchString(s):
		return []wireNaming{universal}
	case prefix == "local" || strings.HasPrefix(prefix, "ad+"):
		return []wireNaming{name}
	case strings.HasPrefix(prefix, "ldap+"):
		return []wireNaming{universal, name}
	}
	return []wireNaming{name, universal}
}

// ValidateIdentity resolves a prefixed universal or prefixed name, across all providers of identities. An answer without an
// identity is NotFound. What was found is remembered for the life of the client.
func (c *Client) ValidateIdentity(ctx context.Context, prefixed string) (*Identity, error) {
	return c.remembered(ctx, "", prefixed, c.findIdentity)
}

// ValidateUniversal is ValidateIdentity for what is a prefixed universal for certain, whatever its form: nobody else's name may
// answer for it. It is asked for as a name only where the server refuses it as a universal, and then has to come back.
func (c *Client) ValidateUniversal(ctx context.Context, universal string) (*Identity, error) {
	return c.remembered(ctx, "universal ", universal, c.findUniversal)
}

func (c *Client) remembered(ctx context.Context, kind, prefixed string, find func(context.Context, string) (*Identity, error)) (*Identity, error) {
	id, err := c.identities.get(ctx, kind+prefixed, func(ctx context.Context) (*Identity, error) { return find(ctx, prefixed) })
	switch {
	case err != nil:
		return nil, typed(opIdentityValidate, err)
	case id == nil:
		return nil, unknownIdentity(prefixed)
	}
	found := *id
	return &found, nil
}

func unknownIdentity(prefixed string) *Error {
	return &Error{
		Operation: opIdentityValidate.name, Reason: NotFound, Delivery: Answered,
		Message: "the server knows no identity " + servertext.Clean(prefixed, servertext.Most),
	}
}

// findIdentity answers nil for a universal that is gone, which is worth remembering: universals are not used again. A name may
// come into being any time.
func (c *Client) findIdentity(ctx context.Context, prefixed string) (*Identity, error) {
	for _, way := range namings(prefixed) {
		if id, err := c.askIdentity(ctx, way); id != nil || err != nil {
			return id, err
		}
	}
	if universalForm().MatchString(prefixed) {
		return nil, nil
	}
	return nil, unknownIdentity(prefixed)
}

func (c *Client) findUniversal(ctx context.Context, universal string) (*Identity, error) {
	id, err := c.askIdentity(ctx, wireNaming{PrefixedUniversal: universal})
	if ReasonOf(err) != Refused {
		return id, err
	}
	if named, _ := c.askIdentity(ctx, wireNaming{PrefixedName: universal}); named != nil && dn.Equal(named.PrefixedUniversal, universal) {
		return named, nil
	}
	return nil, err
}

// askIdentity answers nil where the server knows nobody by that.
func (c *Client) askIdentity(ctx context.Context, way wireNaming) (*Identity, error) {
	var out struct {
		noEnvelope
		ID *wireIdentity
	}
	if err := c.call(ctx, opIdentityValidate, struct{ ID wireNaming }{way}, &out); err != nil {
		return nil, err
	}
	if out.ID == nil || out.ID.best() == "" {
		return nil, nil
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
	return c.identityList(ctx, opIdentityBrowse, in)
}

// Self is the caller, then its groups.
func (c *Client) Self(ctx context.Context) ([]Identity, error) {
	return c.identityList(ctx, opIdentitySelf, nil)
}

func (c *Client) identityList(ctx context.Context, op operation, in any) ([]Identity, error) {
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
