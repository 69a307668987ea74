package client

import (
	"context"
	"errors"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// withGUIDSpellings tries the spelling of the server's own GUIDs, then the other one if nothing is
// found: which of them Codesign/* accepts is not documented.
func withGUIDSpellings[T any](ref ProjectRef, try func(ProjectRef) (T, error)) (T, error) {
	if err := ref.check(); err != nil {
		return *new(T), err
	}
	answer, err := try(ref.braced())
	if ref.GUID == "" || !IsNotFound(err) {
		return answer, err
	}
	if other, otherErr := try(ProjectRef{GUID: strings.Trim(ref.GUID, "{}")}); !IsNotFound(otherErr) {
		return other, otherErr
	}
	return answer, err
}

// changeProject sends a write. Cached reads that began before it ends do not answer later ones.
func (c *Client) changeProject(ctx context.Context, op operation, ref ProjectRef, in func(ProjectRef) any) error {
	defer c.coalescer.writing(ref)()
	_, err := withGUIDSpellings(ref, func(r ProjectRef) (*response, error) {
		return c.ask(ctx, op, in(r), &signEnvelope{})
	})
	return err
}

var errAddress = errors.New("exactly one of DN, GUID and id addresses a project")

func (r ProjectRef) check() error {
	if len(r.keys()) != 1 {
		return &Error{Operation: "project", Reason: Refused, Delivery: NotSent, Err: errAddress}
	}
	return nil
}

// GetProject reads one project from the server.
func (c *Client) GetProject(ctx context.Context, ref ProjectRef) (*Project, error) {
	remember := c.coalescer.reading()
	p, err := withGUIDSpellings(ref, func(r ProjectRef) (*Project, error) { return c.getProject(ctx, r) })
	if err != nil {
		return nil, err
	}
	remember(p)
	return p, nil
}

func (c *Client) getProject(ctx context.Context, ref ProjectRef) (*Project, error) {
	var out projectAnswer
	r, err := c.ask(ctx, opGetProject, ref, &out)
	if err != nil {
		return nil, err
	}
	if !out.hasProject() {
		return nil, r.empty("no project in the answer")
	}
	w := out.Project
	if missing := w.missing(); missing != "" {
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
	return c.changeProject(ctx, opUpdateProjectStatus, ref, func(r ProjectRef) any {
		return struct {
			ProjectRef
			ProjectStatus int
		}{r, int(s)}
	})
}
