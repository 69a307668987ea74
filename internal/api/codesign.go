package api

import (
	"context"
	"errors"

	"github.com/codesign-tf/terraform-provider-codesign/internal/lifecycle"
)

type address struct {
	Dn   string `json:",omitempty"`
	Guid string `json:",omitempty"`
	Id   int64  `json:",omitempty"`
}

// addressed sends with the spelling of the server's own GUIDs, and with the other one where that finds nothing:
// which of them Codesign/* takes is not documented.
func addressed(ref ProjectRef, try func(address) error) error {
	if err := ref.check(); err != nil {
		return err
	}
	first := ref.braced()
	err := try(address(first))
	if ref.Guid == "" || !IsNotFound(err) {
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
	for _, given := range []bool{r.Dn != "", r.Guid != "", r.Id != 0} {
		if given {
			set++
		}
	}
	if set != 1 {
		return &Error{Operation: "project", Reason: Refused, Delivery: NotSent, Err: errAddress}
	}
	return nil
}

// GetProject asks the server, always and by itself.
func (c *Client) GetProject(ctx context.Context, ref ProjectRef) (*Project, error) {
	var p *Project
	err := addressed(ref, func(a address) (err error) {
		p, err = c.getProject(ctx, a)
		return err
	})
	return p, err
}

func (c *Client) getProject(ctx context.Context, a address) (*Project, error) {
	var out struct {
		signEnvelope
		Project *wireProject
	}
	k := &call{op: opGetProject}
	if err := c.send(ctx, k, a); err != nil {
		return nil, err
	}
	if err := c.decode(k, &out); err != nil {
		return nil, err
	}
	if out.Project == nil || (out.Project.Dn == "" && out.Project.Guid == "") {
		return nil, k.empty("no project in the answer")
	}
	if !out.Project.Status.set {
		status, err := c.statusFromConfig(ctx, string(out.Project.Dn))
		if err != nil {
			return nil, err
		}
		out.Project.Status = status
	}
	return out.Project.project(), nil
}

func (k *call) empty(what string) *Error {
	e := k.newError(EmptyAnswer)
	e.Message = what
	return e
}

// statusFromConfig is for servers whose project objects carry no Status (OAS does not list it).
func (c *Client) statusFromConfig(ctx context.Context, dn string) (wireStatus, error) {
	var out struct {
		resultEnvelope
		Values items[flexString]
	}
	in := struct{ ObjectDN, AttributeName string }{dn, "Status"}
	k := &call{op: opConfigRead}
	if err := c.send(ctx, k, in); err != nil {
		return wireStatus{}, err
	}
	if err := c.decode(k, &out); err != nil {
		return wireStatus{}, err
	}
	for _, v := range out.Values {
		if s := parseStatus(string(v)); s.set {
			return s, nil
		}
	}
	return wireStatus{}, k.empty("neither the project nor its attribute Status tells the status")
}

// ReadProject is GetProject for a refresh.
func (c *Client) ReadProject(ctx context.Context, ref ProjectRef) (*Project, error) {
	return c.GetProject(ctx, ref)
}

// UpdateProjectStatus sends a status as a number (OAS). The server may show it only later.
func (c *Client) UpdateProjectStatus(ctx context.Context, ref ProjectRef, s lifecycle.Status) error {
	return addressed(ref, func(a address) error {
		in := struct {
			address
			ProjectStatus int
		}{a, int(s)}
		return c.call(ctx, opUpdateProjectStatus, in, &signEnvelope{})
	})
}
