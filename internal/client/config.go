package client

import (
	"context"
	"errors"
	"net/http"
)

type configRef struct {
	ObjectDN   string `json:",omitempty"`
	ObjectGUID string `json:",omitempty"`
}

// IsValid asks whether an object exists, by DN or GUID. NotFound is certain; Forbidden is not proof of existence.
func (c *Client) IsValid(ctx context.Context, ref ProjectRef) (ConfigObject, error) {
	var out struct {
		resultEnvelope
		Object *wireConfigObject
	}
	in := configRef{ObjectDN: ref.DN, ObjectGUID: ref.braced().GUID}
	if in == (configRef{}) {
		return ConfigObject{}, &Error{Operation: opIsValid.name, Reason: Refused, Delivery: NotSent, Err: errAddress}
	}
	r, err := c.ask(ctx, opIsValid, in, &out)
	switch {
	case err != nil:
		return ConfigObject{}, err
	case out.Object == nil:
		return ConfigObject{}, r.empty("no object in the answer")
	}
	return out.Object.object(), nil
}

type wireConfigObject struct {
	AbsoluteGUID, DN, GUID, Name, Parent, TypeName flexString
	ID, Revision                                   flexInt
}

func (o *wireConfigObject) object() ConfigObject {
	return ConfigObject{
		DN: string(o.DN), GUID: string(o.GUID), AbsoluteGUID: string(o.AbsoluteGUID), Name: string(o.Name),
		Parent: string(o.Parent), Class: string(o.TypeName), ID: o.ID.n, Revision: o.Revision.n,
	}
}

type configNames struct {
	resultEnvelope
	GUID, ObjectDN flexString
}

// DNToGUID is the GUID of an object, in braces.
func (c *Client) DNToGUID(ctx context.Context, dn string) (string, error) {
	var out configNames
	r, err := c.ask(ctx, opDNToGUID, configRef{ObjectDN: dn}, &out)
	return requiredMember(r, out.GUID, "GUID", err)
}

// GUIDToDN is the DN of an object.
func (c *Client) GUIDToDN(ctx context.Context, guid string) (string, error) {
	var out configNames
	r, err := c.ask(ctx, opGUIDToDN, configRef{ObjectGUID: ByGUID(guid).braced().GUID}, &out)
	return requiredMember(r, out.ObjectDN, "ObjectDN", err)
}

// ServerVersion is the schema version of the engine, "25.3.0.1234".
func (c *Client) ServerVersion(ctx context.Context) (string, error) {
	var out struct {
		noEnvelope
		Version flexString
	}
	r, err := c.ask(ctx, opVersion, nil, &out)
	return requiredMember(r, out.Version, "Version", err)
}

// requiredMember is the member an answer was asked for.
func requiredMember(r *response, value flexString, member string, err error) (string, error) {
	if err == nil && value == "" {
		err = r.empty("no " + member + " in the answer")
	}
	if err != nil {
		return "", err
	}
	return string(value), nil
}

// RefreshPermissions makes the server forget what it remembers of the caller's rights, so that tickets raised after the
// session began can be seen. MissingScope, which is any 403, is nothing to stop for (OAS wants security, DOC any).
func (c *Client) RefreshPermissions(ctx context.Context) error {
	err := c.call(ctx, opPermissionsRefresh, nil, &resultEnvelope{})
	if e, is := errors.AsType[*Error](err); is && e.HTTPStatus == http.StatusForbidden {
		e.Reason = MissingScope
	}
	return err
}
