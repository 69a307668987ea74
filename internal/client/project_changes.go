package client

import "context"

// ProjectUpdate is the content of UpdateProject. A list that is not Present is not sent, so it must
// be one that the server did not send either.
type ProjectUpdate struct {
	DN          string // as read
	GUID        string // as read
	ID          int64
	Description string

	Owners, Auditors, KeyUsers, KeyUseApprovers ListUpdate[string]

	ApplicationDNs ListUpdate[string] //nolint:revive // the server's name
	CustomFields   ListUpdate[CustomField]
}

// ListUpdate is the whole content of a list.
type ListUpdate[T any] struct {
	Items   []T
	Changed bool // against what was read
	Present bool
}

type wireListUpdate[T any] struct {
	Dirty bool `json:",omitempty"`
	Items []T
}

type wireFieldUpdate struct {
	FieldName string
	Values    []string
	Type      int `json:",omitempty"`
}

type wireUpdate struct {
	address
	Description string

	Owners          *wireListUpdate[string] `json:",omitempty"`
	Auditors        *wireListUpdate[string] `json:",omitempty"`
	KeyUsers        *wireListUpdate[string] `json:",omitempty"`
	KeyUseApprovers *wireListUpdate[string] `json:",omitempty"`

	ApplicationDNs        *wireListUpdate[string]          `json:",omitempty"` //nolint:revive // the server's name
	CustomFieldAttributes *wireListUpdate[wireFieldUpdate] `json:",omitempty"`
}

func encodeList[T, W any](l ListUpdate[T], convert func(T) W) *wireListUpdate[W] {
	if !l.Present {
		return nil
	}
	out := &wireListUpdate[W]{Dirty: l.Changed, Items: make([]W, 0, len(l.Items))}
	for _, item := range l.Items {
		out.Items = append(out.Items, convert(item))
	}
	return out
}

func encodeTexts(l ListUpdate[string]) *wireListUpdate[string] {
	return encodeList(l, func(s string) string { return s })
}

func (u *ProjectUpdate) wire() wireUpdate {
	return wireUpdate{
		address: address{DN: u.DN, GUID: u.GUID, ID: u.ID}, Description: u.Description,
		Owners: encodeTexts(u.Owners), Auditors: encodeTexts(u.Auditors),
		KeyUsers: encodeTexts(u.KeyUsers), KeyUseApprovers: encodeTexts(u.KeyUseApprovers),
		ApplicationDNs: encodeTexts(u.ApplicationDNs),
		CustomFieldAttributes: encodeList(u.CustomFields, func(f CustomField) wireFieldUpdate {
			return wireFieldUpdate{f.Name, append([]string{}, f.Values...), f.Type}
		}),
	}
}

// CreateProject creates a draft with this DN. The project is nil if the server reports success
// without a complete project.
func (c *Client) CreateProject(ctx context.Context, dn string) (*Project, error) {
	defer c.coalescer.writing(ByDN(dn))()
	var out projectAnswer
	in := struct {
		DN string `json:"Dn"`
	}{dn}
	if err := c.call(ctx, opCreateProject, in, &out); err != nil {
		return nil, err
	}
	if out.Project == nil || out.Project.names().missing() != "" || !out.Project.Status.set {
		return nil, nil
	}
	return out.Project.project(), nil
}

// UpdateProject replaces the settings of a project. The server may show them later, or only after
// an approval.
func (c *Client) UpdateProject(ctx context.Context, u *ProjectUpdate) error {
	defer c.coalescer.writing(ByGUID(u.GUID))()
	return c.call(ctx, opUpdateProject, struct{ Project wireUpdate }{u.wire()}, &signEnvelope{})
}

// RenameProject gives the project another DN.
func (c *Client) RenameProject(ctx context.Context, ref ProjectRef, newDN string) error {
	defer c.coalescer.writing(ref)()
	return withGUIDSpellings(ref, func(a address) error {
		in := struct {
			address
			NewDN string `json:"NewDn"`
		}{a, newDN}
		return c.call(ctx, opRenameProject, in, &signEnvelope{})
	})
}

// DeleteProject deletes a project with its environments, or queues it for deletion.
func (c *Client) DeleteProject(ctx context.Context, ref ProjectRef) error {
	defer c.coalescer.writing(ref)()
	return withGUIDSpellings(ref, func(a address) error {
		return c.call(ctx, opDeleteProject, a, &signEnvelope{})
	})
}
