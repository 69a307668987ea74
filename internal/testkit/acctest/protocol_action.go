package acctest

import "github.com/hashicorp/terraform-plugin-go/tfprotov6"

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
	return config(p.t, p.schemas.ActionSchemas[actionType].Schema, arguments)
}

// PlanAction validates and plans an action, as a CLI does before it invokes one.
func (p *Protocol) PlanAction(actionType string, arguments Arguments) (diagnostics []string) {
	p.t.Helper()
	valid, err := p.actions().ValidateActionConfig(p.t.Context(), &tfprotov6.ValidateActionConfigRequest{
		ActionType: actionType, Config: p.actionConfig(actionType, arguments),
	})
	if err != nil {
		p.t.Fatal(err)
	}
	if len(valid.Diagnostics) > 0 {
		return texts(valid.Diagnostics)
	}
	plan, err := p.actions().PlanAction(p.t.Context(), &tfprotov6.PlanActionRequest{
		ActionType: actionType, Config: p.actionConfig(actionType, arguments),
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return texts(plan.Diagnostics)
}

// InvokeAction invokes an action to its end, and gives what it told on the way.
func (p *Protocol) InvokeAction(actionType string, arguments Arguments) (progress, diagnostics []string) {
	p.t.Helper()
	stream, err := p.actions().InvokeAction(p.t.Context(), &tfprotov6.InvokeActionRequest{
		ActionType: actionType, Config: p.actionConfig(actionType, arguments),
	})
	if err != nil {
		p.t.Fatal(err)
	}
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
