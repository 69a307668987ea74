package acctest

import (
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func (p *Protocol) actions() tfprotov6.ActionServer {
	p.t.Helper()
	server, ok := p.server.(tfprotov6.ActionServer)
	if !ok {
		p.t.Fatal("the provider has no actions")
	}
	return server
}

func (p *Protocol) actionConfig(actionType string, arguments Arguments) *tfprotov6.DynamicValue {
	p.t.Helper()
	return newConfig(p.t, p.schemas.ActionSchemas[actionType].Schema, arguments)
}

// PlanAction validates and plans an action, as a CLI does before it invokes one.
func (p *Protocol) PlanAction(actionType string, arguments Arguments) (diagnostics []string) {
	p.t.Helper()
	valid, err := p.actions().ValidateActionConfig(p.t.Context(), &tfprotov6.ValidateActionConfigRequest{
		ActionType: actionType, Config: p.actionConfig(actionType, arguments),
	})
	check(p.t, err)
	if len(valid.Diagnostics) > 0 {
		return texts(valid.Diagnostics)
	}
	plan, err := p.actions().PlanAction(p.t.Context(), &tfprotov6.PlanActionRequest{
		ActionType: actionType, Config: p.actionConfig(actionType, arguments),
	})
	check(p.t, err)
	return texts(plan.Diagnostics)
}

// InvokeAction invokes an action to its end, and returns its progress messages.
func (p *Protocol) InvokeAction(actionType string, arguments Arguments) (progress, diagnostics []string) {
	p.t.Helper()
	stream, err := p.actions().InvokeAction(p.t.Context(), &tfprotov6.InvokeActionRequest{
		ActionType: actionType, Config: p.actionConfig(actionType, arguments),
	})
	check(p.t, err)
	completed := false
	for event := range stream.Events {
		switch e := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			progress = append(progress, e.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			completed, diagnostics = true, texts(e.Diagnostics)
		}
	}
	if !completed {
		p.t.Fatal("the action never ended")
	}
	return progress, diagnostics
}

// Opened is an ephemeral resource between its opening and its end.
type Opened struct {
	Result  map[string]tftypes.Value
	RenewAt time.Time
	Diags   []string

	protocol *Protocol
	typeName string
	private  []byte
}

// Open opens an ephemeral resource.
func (p *Protocol) Open(typeName string, arguments Arguments) *Opened {
	p.t.Helper()
	schema := p.schemas.EphemeralResourceSchemas[typeName]
	resp, err := p.server.OpenEphemeralResource(p.t.Context(), &tfprotov6.OpenEphemeralResourceRequest{
		TypeName: typeName, Config: newConfig(p.t, schema, arguments),
	})
	check(p.t, err)
	opened := &Opened{
		RenewAt: resp.RenewAt, Diags: texts(resp.Diagnostics), protocol: p, typeName: typeName,
		private: resp.Private,
	}
	if len(opened.Diags) == 0 {
		opened.Result = object(p.t, schema, resp.Result)
	}
	return opened
}

// Renew does what a CLI does when the time of RenewAt has come.
func (o *Opened) Renew() (diagnostics []string) {
	o.protocol.t.Helper()
	resp, err := o.protocol.server.RenewEphemeralResource(o.protocol.t.Context(),
		&tfprotov6.RenewEphemeralResourceRequest{
			TypeName: o.typeName, Private: o.private,
		})
	check(o.protocol.t, err)
	o.private, o.RenewAt = resp.Private, resp.RenewAt
	return texts(resp.Diagnostics)
}

// Close ends the ephemeral resource, in a process of its own: nothing is remembered but what the
// CLI keeps.
func (o *Opened) Close(p *Protocol) (diagnostics []string) {
	o.protocol.t.Helper()
	resp, err := p.server.CloseEphemeralResource(p.t.Context(), &tfprotov6.CloseEphemeralResourceRequest{
		TypeName: o.typeName, Private: o.private,
	})
	check(o.protocol.t, err)
	return texts(resp.Diagnostics)
}
