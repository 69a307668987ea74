package client

import (
	"context"
	"errors"
	"net/http"
)

// IsValid looks up an object by DN or GUID, and returns its revision, 0 if the server sends none.
// NotFound is certain; Forbidden does not prove that the object exists.
func (c *Client) IsValid(ctx context.Context, ref ProjectRef) (revision int64, err error) {
	var out struct {
		resultEnvelope
		Object *struct{ Revision flexInt }
	}
	in := struct {
		ObjectDN, ObjectGUID string `json:",omitempty"`
	}{ref.DN, ref.braced().GUID}
	if ref.DN == "" && ref.GUID == "" {
		return 0, &Error{Operation: opIsValid.name, Reason: Refused, Delivery: NotSent, Err: errAddress}
	}
	r, err := c.ask(ctx, opIsValid, in, &out)
	switch {
	case err != nil:
		return 0, err
	case out.Object == nil:
		return 0, r.empty("no object in the answer")
	}
	return out.Object.Revision.n, nil
}

// ServerVersion returns the schema version of the engine, "25.3.0.1234".
func (c *Client) ServerVersion(ctx context.Context) (string, error) {
	var out struct {
		noEnvelope
		Version flexString
	}
	r, err := c.ask(ctx, opVersion, nil, &out)
	return requiredMember(r, out.Version, "Version", err)
}

// requiredMember returns the member that the call is for, or an error if it is missing.
func requiredMember(r *response, value flexString, member string, err error) (string, error) {
	if err == nil && value == "" {
		err = r.empty("no " + member + " in the answer")
	}
	if err != nil {
		return "", err
	}
	return string(value), nil
}

// RefreshPermissions makes the server read the caller's rights again, so that tickets created since
// the login become visible. Callers may ignore MissingScope, which stands for any 403 (OAS requires
// security, DOC any scope).
func (c *Client) RefreshPermissions(ctx context.Context) error {
	err := c.call(ctx, opPermissionsRefresh, nil, &resultEnvelope{})
	if e, is := errors.AsType[*Error](err); is && e.HTTPStatus == http.StatusForbidden {
		e.Reason = MissingScope
	}
	return err
}
