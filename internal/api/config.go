package api

import "context"

type configRef struct {
	ObjectDN   string `json:",omitempty"`
	ObjectGUID string `json:",omitempty"`
}

// IsValid asks whether an object exists, by DN or GUID. NotFound is certain; Forbidden is not proof of existence.
func (c *Client) IsValid(ctx context.Context, ref ProjectRef) (ConfigObject, error) {
	var out struct {
		resultEnvelope
		Object *struct {
			AbsoluteGUID, DN, GUID, Name, Parent, TypeName flexString
			Id, Revision                                   flexInt
		}
	}
	k := &call{op: opIsValid}
	in := configRef{ObjectDN: ref.Dn, ObjectGUID: ref.braced().Guid}
	if in == (configRef{}) {
		return ConfigObject{}, &Error{Operation: k.op.name, Reason: Refused, Delivery: NotSent, Err: errAddress}
	}
	if err := c.send(ctx, k, in); err != nil {
		return ConfigObject{}, err
	}
	if err := c.decode(k, &out); err != nil {
		return ConfigObject{}, err
	}
	if out.Object == nil {
		return ConfigObject{}, k.empty("no object in the answer")
	}
	o := out.Object
	return ConfigObject{
		Dn: string(o.DN), Guid: string(o.GUID), AbsoluteGuid: string(o.AbsoluteGUID), Name: string(o.Name),
		Parent: string(o.Parent), Class: string(o.TypeName), Id: o.Id.n, Revision: o.Revision.n,
	}, nil
}

// DnToGuid is the GUID of an object, in braces.
func (c *Client) DnToGuid(ctx context.Context, dn string) (string, error) {
	var out struct {
		resultEnvelope
		GUID flexString
	}
	err := c.call(ctx, opDnToGuid, configRef{ObjectDN: dn}, &out)
	return string(out.GUID), err
}

// GuidToDn is the DN of an object.
func (c *Client) GuidToDn(ctx context.Context, guid string) (string, error) {
	var out struct {
		resultEnvelope
		ObjectDN flexString
	}
	err := c.call(ctx, opGuidToDn, configRef{ObjectGUID: ByGuid(guid).braced().Guid}, &out)
	return string(out.ObjectDN), err
}

// ServerVersion is the schema version of the engine, "25.3.0.1234".
func (c *Client) ServerVersion(ctx context.Context) (string, error) {
	var out struct {
		noEnvelope
		Version flexString
	}
	err := c.call(ctx, opVersion, nil, &out)
	return string(out.Version), err
}
