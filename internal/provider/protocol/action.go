package protocol

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// PlanAction validates once more: of an action, other than of a resource, CLIs do
// so once, before the values are known that come from elsewhere.
func (s *server) PlanAction(ctx context.Context, req *tfprotov6.PlanActionRequest) (*tfprotov6.PlanActionResponse, error) {
	if slips, err := s.validationErrors(ctx, req.ActionType, req.Config); err != nil || len(slips) > 0 {
		return &tfprotov6.PlanActionResponse{Diagnostics: slips}, err
	}
	return s.frameworkServer.PlanAction(ctx, req)
}

// InvokeAction is the first to see what only an apply knows.
func (s *server) InvokeAction(ctx context.Context, req *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	slips, err := s.validationErrors(ctx, req.ActionType, req.Config)
	if err != nil {
		return nil, err
	}
	if len(slips) > 0 {
		end := tfprotov6.InvokeActionEvent{Type: tfprotov6.CompletedInvokeActionEventType{Diagnostics: slips}}
		events := keepDropped(ctx, slices.Values([]tfprotov6.InvokeActionEvent{end}), diagnosticsOfAction)
		return &tfprotov6.InvokeActionServerStream{Events: events}, nil
	}
	stream, err := s.frameworkServer.InvokeAction(ctx, req)
	if err == nil {
		stream.Events = keepDropped(ctx, stream.Events, diagnosticsOfAction)
	}
	return stream, err
}

// validationErrors are the errors in an action's arguments.
func (s *server) validationErrors(ctx context.Context, actionType string, config *tfprotov6.DynamicValue) ([]*tfprotov6.Diagnostic, error) {
	resp, err := s.ValidateActionConfig(ctx, &tfprotov6.ValidateActionConfigRequest{ActionType: actionType, Config: config})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(resp.Diagnostics, func(d *tfprotov6.Diagnostic) bool { return !isError(d) }), nil
}
