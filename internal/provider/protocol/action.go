package protocol

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// PlanAction validates the configuration again. The CLI validates an action once, while values of
// other resources are unknown.
func (s *server) PlanAction(
	ctx context.Context, req *tfprotov6.PlanActionRequest,
) (*tfprotov6.PlanActionResponse, error) {
	if errs, err := s.validationErrors(ctx, req.ActionType, req.Config); err != nil || len(errs) > 0 {
		return &tfprotov6.PlanActionResponse{Diagnostics: errs}, err
	}
	return handle(ctx, s, req, s.frameworkServer.PlanAction)
}

// InvokeAction validates the configuration again, with the values of the apply.
func (s *server) InvokeAction(
	ctx context.Context, req *tfprotov6.InvokeActionRequest,
) (*tfprotov6.InvokeActionServerStream, error) {
	errs, err := s.validationErrors(ctx, req.ActionType, req.Config)
	if err != nil {
		return nil, err
	}
	if len(errs) > 0 {
		end := tfprotov6.InvokeActionEvent{Type: tfprotov6.CompletedInvokeActionEventType{Diagnostics: errs}}
		return &tfprotov6.InvokeActionServerStream{Events: slices.Values([]tfprotov6.InvokeActionEvent{end})}, nil
	}
	stream, err := s.frameworkServer.InvokeAction(ctx, req)
	if err == nil {
		stream.Events = mapped(stream.Events, s.sanitizeEvent)
	}
	return stream, err
}

// validationErrors omits warnings, which the CLI has shown before.
func (s *server) validationErrors(
	ctx context.Context, actionType string, config *tfprotov6.DynamicValue,
) ([]*tfprotov6.Diagnostic, error) {
	resp, err := s.ValidateActionConfig(ctx, &tfprotov6.ValidateActionConfigRequest{
		ActionType: actionType, Config: config,
	})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(resp.Diagnostics, func(d *tfprotov6.Diagnostic) bool {
		return d.Severity != tfprotov6.DiagnosticSeverityError
	}), nil
}
