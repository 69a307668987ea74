package acctest

import (
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

func (p *Protocol) actionConfig(actionType string, arguments Arguments) *tfprotov6.DynamicValue {
	p.t.Helper()
	return encode(p.t, p.schemas.ActionSchemas[actionType].Schema.ValueType(), arguments)
}

// PlanAction validates and plans an action, as a CLI does before it invokes one.
func (p *Protocol) PlanAction(actionType string, arguments Arguments) (diagnostics []string) {
	p.t.Helper()
	config := p.actionConfig(actionType, arguments)
	valid := call(p, p.server.ValidateActionConfig,
		tfprotov6.ValidateActionConfigRequest{ActionType: actionType, Config: config})
	if len(valid.Diagnostics) > 0 {
		return texts(valid.Diagnostics)
	}
	return texts(call(p, p.server.PlanAction,
		tfprotov6.PlanActionRequest{ActionType: actionType, Config: config}).Diagnostics)
}

// InvokeAction invokes an action to its end, and returns its progress messages.
func (p *Protocol) InvokeAction(actionType string, arguments Arguments) (progress, diagnostics []string) {
	p.t.Helper()
	stream := call(p, p.server.InvokeAction, tfprotov6.InvokeActionRequest{
		ActionType: actionType, Config: p.actionConfig(actionType, arguments),
	})
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
	Result  Values // nil after an error
	RenewAt time.Time
	Diags   []string

	protocol *Protocol
	typeName string
	private  []byte
}

// Open opens an ephemeral resource.
func (p *Protocol) Open(typeName string, arguments Arguments) *Opened {
	p.t.Helper()
	kind := p.schemas.EphemeralResourceSchemas[typeName].ValueType()
	resp := call(p, p.server.OpenEphemeralResource, tfprotov6.OpenEphemeralResourceRequest{
		TypeName: typeName, Config: encode(p.t, kind, arguments),
	})
	opened := &Opened{
		RenewAt: resp.RenewAt, Diags: texts(resp.Diagnostics), protocol: p, typeName: typeName,
		private: resp.Private,
	}
	if len(opened.Diags) == 0 {
		opened.Result = decode(p.t, kind, resp.Result)
	}
	return opened
}

// Renew does what a CLI does when the time of RenewAt has come.
func (o *Opened) Renew() (diagnostics []string) {
	o.protocol.t.Helper()
	resp := call(o.protocol, o.protocol.server.RenewEphemeralResource,
		tfprotov6.RenewEphemeralResourceRequest{TypeName: o.typeName, Private: o.private})
	o.private, o.RenewAt = resp.Private, resp.RenewAt
	return texts(resp.Diagnostics)
}

// Close ends the ephemeral resource, in a process of its own: nothing is remembered but what the
// CLI keeps.
func (o *Opened) Close(p *Protocol) (diagnostics []string) {
	p.t.Helper()
	return texts(call(p, p.server.CloseEphemeralResource,
		tfprotov6.CloseEphemeralResourceRequest{TypeName: o.typeName, Private: o.private}).Diagnostics)
}
