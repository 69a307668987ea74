package client

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

// wireIdentityRef names an identity in a request.
type wireIdentityRef struct {
	PrefixedUniversal string `json:",omitempty"`
	PrefixedName      string `json:",omitempty"`
}

// The forms that certainly are universals: a GUID, or 32 hexadecimal digits, with or without
// braces.
var universalForm = redact.Pattern(`(?i)^[^:]+:(?:\{(?:[0-9a-f-]{36}|[0-9a-f]{32})\}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}` +
	`-[0-9a-f]{12}|[0-9a-f]{32})$`)

// universals returns the spellings of a prefixed universal: as it is, and with or without braces.
// Servers use both.
func universals(prefixed string) []string {
	prefix, universal, found := strings.Cut(prefixed, ":")
	if !found || !universalForm().MatchString(prefixed) {
		return []string{prefixed}
	}
	bare := strings.Trim(universal, "{}")
	if bare != universal {
		return []string{prefixed, prefix + ":" + bare}
	}
	return []string{prefixed, prefix + ":{" + bare + "}"}
}

func isSameUniversal(a, b string) bool {
	return slices.ContainsFunc(universals(a), func(spelling string) bool { return dn.Equal(spelling, b) })
}

// identityRequests returns the requests for an identity, the likelier first. A local or AD name has
// one. The form of universals of other providers is not documented.
func identityRequests(s string) []wireIdentityRef {
	universal, name := wireIdentityRef{PrefixedUniversal: s}, wireIdentityRef{PrefixedName: s}
	switch prefix, _, _ := strings.Cut(strings.ToLower(s), ":"); {
	case universalForm().MatchString(s):
		spellings := universals(s)
		return []wireIdentityRef{universal, {PrefixedUniversal: spellings[1]}}
	case prefix == "local" || strings.HasPrefix(prefix, "ad+"):
		return []wireIdentityRef{name}
	case strings.HasPrefix(prefix, "ldap+"):
		return []wireIdentityRef{universal, name}
	}
	return []wireIdentityRef{name, universal}
}

// ValidateIdentity resolves a prefixed universal or prefixed name across all identity providers. An
// answer without an identity is NotFound. Results are cached for the life of the client.
func (c *Client) ValidateIdentity(ctx context.Context, prefixed string) (*Identity, error) {
	return c.cachedIdentity(ctx, "", prefixed, c.findIdentity)
}

// ValidateUniversal resolves a prefixed universal of any form, and never a name of the same
// spelling. It is sent as a name only if the server refuses it as a universal; then the answer must
// have the same universal.
func (c *Client) ValidateUniversal(ctx context.Context, universal string) (*Identity, error) {
	return c.cachedIdentity(ctx, "universal ", universal, c.findUniversal)
}

func (c *Client) cachedIdentity(
	ctx context.Context, kind, prefixed string, find func(context.Context, string) (*Identity, error),
) (*Identity, error) {
	id, err := c.identities.Get(ctx, kind+prefixed, func(ctx context.Context) (*Identity, error) {
		return find(ctx, prefixed)
	})
	switch {
	case err != nil:
		return nil, asError(opIdentityValidate, err)
	case id == nil:
		return nil, unknownIdentity(prefixed)
	}
	return new(*id), nil
}

func unknownIdentity(prefixed string) *Error {
	return &Error{
		Operation: opIdentityValidate.name, Reason: NotFound, Delivery: Answered,
		Message: "the server has no identity " + redact.Clean(prefixed, redact.MaxMessageLength),
	}
}

// findIdentity returns nil for a universal that does not exist, which can be cached because
// universals are not reused. A name may be created at any time.
func (c *Client) findIdentity(ctx context.Context, prefixed string) (*Identity, error) {
	id, err := c.validateFirst(ctx, identityRequests(prefixed))
	if id == nil && err == nil && !universalForm().MatchString(prefixed) {
		err = unknownIdentity(prefixed)
	}
	return id, err
}

func (c *Client) findUniversal(ctx context.Context, universal string) (*Identity, error) {
	var requests []wireIdentityRef
	for _, spelling := range universals(universal) {
		requests = append(requests, wireIdentityRef{PrefixedUniversal: spelling})
	}
	id, err := c.validateFirst(ctx, requests)
	if ReasonOf(err) != Refused {
		return id, err
	}
	named, _ := c.validate(ctx, wireIdentityRef{PrefixedName: universal})
	if named != nil && isSameUniversal(named.PrefixedUniversal, universal) {
		return named, nil
	}
	return nil, err
}

// validateFirst returns the first identity that a request finds. A form that the server refuses is
// an error only if no other form finds one.
func (c *Client) validateFirst(ctx context.Context, requests []wireIdentityRef) (*Identity, error) {
	var refused error
	for _, request := range requests {
		id, err := c.validate(ctx, request)
		if id != nil || err != nil && ReasonOf(err) != Refused {
			return id, err
		}
		refused = cmp.Or(refused, err)
	}
	return nil, refused
}

// validate returns nil if the server does not know the identity. Some servers then send an empty
// body.
func (c *Client) validate(ctx context.Context, way wireIdentityRef) (*Identity, error) {
	var out struct {
		noEnvelope
		ID *wireIdentity
	}
	err := c.call(ctx, opIdentityValidate, struct{ ID wireIdentityRef }{way}, &out)
	switch {
	case errors.Is(err, errEmpty):
		return nil, nil
	case err != nil:
		return nil, err
	case out.ID == nil || out.ID.best() == "":
		return nil, nil
	}
	return new(out.ID.identity()), nil
}

// BrowseIdentities searches the caller's own identity provider. identityType is a sum of the flags
// of Identity.Type.
func (c *Client) BrowseIdentities(
	ctx context.Context, filter string, limit int, identityType int64,
) ([]Identity, error) {
	in := struct {
		Filter       string
		Limit        int
		IdentityType int64
	}{filter, limit, identityType}
	return c.identityList(ctx, opIdentityBrowse, in)
}

// Self returns the caller, then its groups.
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
