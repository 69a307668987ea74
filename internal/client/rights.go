package client

import "context"

func (c *Client) rights(ctx context.Context, op operation, in any) (rightsList, error) {
	var out rightsAnswer
	r, err := c.ask(ctx, op, in, &out)
	if err != nil {
		return nil, err
	}
	if err := out.RightsList.check(); err != nil {
		return nil, c.malformed(r, err)
	}
	return out.RightsList.merged(), nil
}

// GetObjectRights lists who has rights on a project, an application or a collection, in the server's order. Nobody is an
// empty list. Callers who ask for the same DN at the same time share one request.
func (c *Client) GetObjectRights(ctx context.Context, dn string) ([]Grant, error) {
	list, err := c.rightsOf.Do(ctx, dn, func(ctx context.Context) (rightsList, error) {
		return c.rights(ctx, opGetObjectRights, struct {
			DN string `json:"Dn"`
		}{dn})
	})
	if err != nil {
		return nil, asError(opGetObjectRights, err)
	}
	out := make([]Grant, len(list))
	for i, row := range list {
		out[i] = Grant{string(row.Key), row.Value.n}
	}
	return out, nil
}

// GetTrusteeRights lists the objects on which a trustee (prefixed universal) has rights.
func (c *Client) GetTrusteeRights(ctx context.Context, trustee string) ([]ObjectGrant, error) {
	list, err := c.rights(ctx, opGetTrusteeRights, struct{ Trustee string }{trustee})
	if err != nil {
		return nil, err
	}
	out := make([]ObjectGrant, len(list))
	for i, row := range list {
		out[i] = ObjectGrant{string(row.Key), row.Value.n}
	}
	return out, nil
}

// GetRight is the caller's own sum of SignRight bits on an object.
func (c *Client) GetRight(ctx context.Context, dn string) (int64, error) {
	var out struct {
		signEnvelope
		Rights flexInt
	}
	r, err := c.ask(ctx, opGetRight, struct {
		DN string `json:"Dn"`
	}{dn}, &out)
	if err != nil {
		return 0, err
	}
	if !out.Rights.set {
		return 0, r.empty("no Rights in the answer")
	}
	return out.Rights.n, nil
}
