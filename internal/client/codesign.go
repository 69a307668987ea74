package client

import (
	"context"
	"errors"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

type address struct {
	DN   string `json:"Dn,omitempty"`
	GUID string `json:"Guid,omitempty"`
	ID   int64  `json:"Id,omitempty"`
}

// withGUIDSpellings tries the spelling of the server's own GUIDs, then the other one if nothing is
// found: which of them Codesign/* accepts is not documented.
func withGUIDSpellings(ref ProjectRef, try func(address) error) error {
	if err := ref.check(); err != nil {
		return err
	}
	first := ref.braced()
	err := try(address(first))
	if ref.GUID == "" || !IsNotFound(err) {
		return err
	}
	second := ref.bare()
	if otherErr := try(address(second)); !IsNotFound(otherErr) {
		return otherErr
	}
	return err
}

var errAddress = errors.New("exactly one of DN, GUID and id addresses a project")

func (r ProjectRef) check() error {
	set := 0
	for _, given := range []bool{r.DN != "", r.GUID != "", r.ID != 0} {
		if given {
			set++
		}
	}
	if set != 1 || r.GUID != "" && r.bare().GUID == "" {
		return &Error{Operation: "project", Reason: Refused, Delivery: NotSent, Err: errAddress}
	}
	return nil
}

// GetProject reads one project from the server.
func (c *Client) GetProject(ctx context.Context, ref ProjectRef) (*Project, error) {
	var p *Project
	start := c.coalescer.clock()
	err := withGUIDSpellings(ref, func(a address) (err error) {
		p, err = c.getProject(ctx, a)
		return err
	})
	if err != nil {
		return nil, err
	}
	c.coalescer.remember(p, start)
	return p, nil
}

func (c *Client) getProject(ctx context.Context, a address) (*Project, error) {
	var out projectAnswer
	r, err := c.ask(ctx, opGetProject, a, &out)
	if err != nil {
		return nil, err
	}
	if !out.hasProject() {
		return nil, r.empty("no project in the answer")
	}
	w := out.Project
	if missing := w.names().missing(); missing != "" {
		return nil, r.incomplete("the project in the answer has no " + missing)
	}
	if err := c.readMissingStatus(ctx, w); err != nil {
		return nil, err
	}
	return w.project(), nil
}

// readMissingStatus supports servers whose project objects have no Status (OAS does not list it).
func (c *Client) readMissingStatus(ctx context.Context, w *wireProject) error {
	if w.Status.set {
		return nil
	}
	var out struct {
		resultEnvelope
		Values items[flexString]
	}
	in := struct{ ObjectDN, AttributeName string }{string(w.DN), "Status"}
	r, err := c.ask(ctx, opConfigRead, in, &out)
	if e, is := errors.AsType[*Error](err); is && e.Reason == NotFound {
		e.Reason = LoadFailed // GetProject has just read it
	}
	if err != nil {
		return err
	}
	for _, v := range out.Values {
		if w.Status = parseStatus(redact.Strip(string(v))); w.Status.set {
			return nil
		}
	}
	return r.empty("neither the project nor its attribute Status contains the status")
}

// UpdateProjectStatus sends a status as a number (OAS). The server may show it later.
func (c *Client) UpdateProjectStatus(ctx context.Context, ref ProjectRef, s lifecycle.Status) error {
	defer c.coalescer.writing(ref)()
	return withGUIDSpellings(ref, func(a address) error {
		in := struct {
			address
			ProjectStatus int
		}{a, int(s)}
		return c.call(ctx, opUpdateProjectStatus, in, &signEnvelope{})
	})
}
