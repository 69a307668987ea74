package client

import "context"

// ProjectUpdate is the content of UpdateProject. A list that is not Present is not sent, so it must
// be one that the server did not send either.
type ProjectUpdate struct {
	DN          string `json:"Dn,omitempty"`   // as read
	GUID        string `json:"Guid,omitempty"` // as read
	ID          int64  `json:"Id,omitempty"`
	Description string

	Owners          ListUpdate[string] `json:",omitzero"`
	Auditors        ListUpdate[string] `json:",omitzero"`
	KeyUsers        ListUpdate[string] `json:",omitzero"`
	KeyUseApprovers ListUpdate[string] `json:",omitzero"`

	ApplicationDNs ListUpdate[string]      `json:",omitzero"` //nolint:revive // the server's name
	CustomFields   ListUpdate[CustomField] `json:"CustomFieldAttributes,omitzero"`
}

// CustomField is a custom field in the form in which UpdateProject expects it again.
type CustomField struct {
	Name   string `json:"FieldName"`
	Values []string
	Type   int `json:",omitempty"` // 0: the server sent none
}

// ListUpdate is the whole content of a list.
type ListUpdate[T any] struct {
	Changed bool `json:"Dirty,omitempty"` // against what was read
	Items   []T
	Present bool `json:"-"`
}

// IsZero makes package json leave out a list that is not Present.
func (l ListUpdate[T]) IsZero() bool { return !l.Present }

// MarshalJSON writes an empty list for no items, never null.
func (l ListUpdate[T]) MarshalJSON() ([]byte, error) {
	type plain ListUpdate[T]
	l.Items = append([]T{}, l.Items...)
	return encode(plain(l))
}

// MarshalJSON writes an empty list for no values, never null.
func (f CustomField) MarshalJSON() ([]byte, error) {
	type plain CustomField
	f.Values = append([]string{}, f.Values...)
	return encode(plain(f))
}

// CreateProject creates a draft with this DN. The project is nil if the server reports success
// without a complete project.
func (c *Client) CreateProject(ctx context.Context, dn string) (*Project, error) {
	defer c.coalescer.writing(ByDN(dn))()
	var out projectAnswer
	if err := c.call(ctx, opCreateProject, ByDN(dn), &out); err != nil {
		return nil, err
	}
	if out.Project == nil || out.Project.missing() != "" || !out.Project.Status.set {
		return nil, nil
	}
	return out.Project.project(), nil
}

// UpdateProject replaces the settings of a project. The server may show them later, or only after
// an approval.
func (c *Client) UpdateProject(ctx context.Context, u *ProjectUpdate) error {
	defer c.coalescer.writing(ByGUID(u.GUID))()
	return c.call(ctx, opUpdateProject, struct{ Project *ProjectUpdate }{u}, &signEnvelope{})
}

// RenameProject gives the project another DN.
func (c *Client) RenameProject(ctx context.Context, ref ProjectRef, newDN string) error {
	return c.changeProject(ctx, opRenameProject, ref, func(r ProjectRef) any {
		return struct {
			ProjectRef
			NewDN string `json:"NewDn"`
		}{r, newDN}
	})
}

// DeleteProject deletes a project with its environments, or queues it for deletion.
func (c *Client) DeleteProject(ctx context.Context, ref ProjectRef) error {
	return c.changeProject(ctx, opDeleteProject, ref, func(r ProjectRef) any { return r })
}
