package protocol

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// sanitizer makes invisible characters visible in everything that the CLI displays of an answer.
// States and plans keep names as the server writes them, and diagnostics quote them.
type sanitizer struct{ frameworkServer }

func sanitize(diagnostics []*tfprotov6.Diagnostic) {
	for _, d := range diagnostics {
		d.Summary, d.Detail = redact.VisibleLines(d.Summary), redact.VisibleLines(d.Detail)
	}
}

// sanitized makes a call and sanitizes the diagnostics of its answer.
func sanitized[Q, R any](
	ctx context.Context, req Q, call func(context.Context, Q) (*R, error), diagnostics func(*R) []*tfprotov6.Diagnostic,
) (*R, error) {
	resp, err := call(ctx, req)
	if resp != nil {
		sanitize(diagnostics(resp))
	}
	return resp, err
}

func (s sanitizer) ConfigureProvider(
	ctx context.Context, req *tfprotov6.ConfigureProviderRequest,
) (*tfprotov6.ConfigureProviderResponse, error) {
	return sanitized(ctx, req, s.frameworkServer.ConfigureProvider,
		func(r *tfprotov6.ConfigureProviderResponse) []*tfprotov6.Diagnostic { return r.Diagnostics })
}

func (s sanitizer) ValidateProviderConfig(
	ctx context.Context, req *tfprotov6.ValidateProviderConfigRequest,
) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return sanitized(ctx, req, s.frameworkServer.ValidateProviderConfig,
		func(r *tfprotov6.ValidateProviderConfigResponse) []*tfprotov6.Diagnostic { return r.Diagnostics })
}

func (s sanitizer) ValidateResourceConfig(
	ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return sanitized(ctx, req, s.frameworkServer.ValidateResourceConfig,
		func(r *tfprotov6.ValidateResourceConfigResponse) []*tfprotov6.Diagnostic { return r.Diagnostics })
}

func (s sanitizer) ReadResource(
	ctx context.Context, req *tfprotov6.ReadResourceRequest,
) (*tfprotov6.ReadResourceResponse, error) {
	return sanitized(ctx, req, s.frameworkServer.ReadResource,
		func(r *tfprotov6.ReadResourceResponse) []*tfprotov6.Diagnostic { return r.Diagnostics })
}

func (s sanitizer) PlanResourceChange(
	ctx context.Context, req *tfprotov6.PlanResourceChangeRequest,
) (*tfprotov6.PlanResourceChangeResponse, error) {
	return sanitized(ctx, req, s.frameworkServer.PlanResourceChange,
		func(r *tfprotov6.PlanResourceChangeResponse) []*tfprotov6.Diagnostic { return r.Diagnostics })
}

func (s sanitizer) ApplyResourceChange(
	ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return sanitized(ctx, req, s.frameworkServer.ApplyResourceChange,
		func(r *tfprotov6.ApplyResourceChangeResponse) []*tfprotov6.Diagnostic { return r.Diagnostics })
}

func (s sanitizer) ImportResourceState(
	ctx context.Context, req *tfprotov6.ImportResourceStateRequest,
) (*tfprotov6.ImportResourceStateResponse, error) {
	return sanitized(ctx, req, s.frameworkServer.ImportResourceState,
		func(r *tfprotov6.ImportResourceStateResponse) []*tfprotov6.Diagnostic { return r.Diagnostics })
}

func (s sanitizer) ValidateDataResourceConfig(
	ctx context.Context, req *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return sanitized(ctx, req, s.frameworkServer.ValidateDataResourceConfig,
		func(r *tfprotov6.ValidateDataResourceConfigResponse) []*tfprotov6.Diagnostic { return r.Diagnostics })
}

func (s sanitizer) ReadDataSource(
	ctx context.Context, req *tfprotov6.ReadDataSourceRequest,
) (*tfprotov6.ReadDataSourceResponse, error) {
	return sanitized(ctx, req, s.frameworkServer.ReadDataSource,
		func(r *tfprotov6.ReadDataSourceResponse) []*tfprotov6.Diagnostic { return r.Diagnostics })
}

func (s sanitizer) OpenEphemeralResource(
	ctx context.Context, req *tfprotov6.OpenEphemeralResourceRequest,
) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	return sanitized(ctx, req, s.frameworkServer.OpenEphemeralResource,
		func(r *tfprotov6.OpenEphemeralResourceResponse) []*tfprotov6.Diagnostic { return r.Diagnostics })
}

func (s sanitizer) CallFunction(
	ctx context.Context, req *tfprotov6.CallFunctionRequest,
) (*tfprotov6.CallFunctionResponse, error) {
	resp, err := s.frameworkServer.CallFunction(ctx, req)
	if resp != nil && resp.Error != nil {
		resp.Error.Text = redact.VisibleLines(resp.Error.Text)
	}
	return resp, err
}

func (s sanitizer) ValidateActionConfig(
	ctx context.Context, req *tfprotov6.ValidateActionConfigRequest,
) (*tfprotov6.ValidateActionConfigResponse, error) {
	return sanitized(ctx, req, s.frameworkServer.ValidateActionConfig,
		func(r *tfprotov6.ValidateActionConfigResponse) []*tfprotov6.Diagnostic { return r.Diagnostics })
}

func (s sanitizer) PlanAction(
	ctx context.Context, req *tfprotov6.PlanActionRequest,
) (*tfprotov6.PlanActionResponse, error) {
	return sanitized(ctx, req, s.frameworkServer.PlanAction,
		func(r *tfprotov6.PlanActionResponse) []*tfprotov6.Diagnostic { return r.Diagnostics })
}

func (s sanitizer) InvokeAction(
	ctx context.Context, req *tfprotov6.InvokeActionRequest,
) (*tfprotov6.InvokeActionServerStream, error) {
	stream, err := s.frameworkServer.InvokeAction(ctx, req)
	if stream != nil {
		stream.Events = mapped(stream.Events, sanitizeEvent)
	}
	return stream, err
}

func sanitizeEvent(event tfprotov6.InvokeActionEvent) tfprotov6.InvokeActionEvent {
	switch kind := event.Type.(type) {
	case tfprotov6.ProgressInvokeActionEventType:
		kind.Message = redact.VisibleLines(kind.Message)
		event.Type = kind
	case tfprotov6.CompletedInvokeActionEventType:
		sanitize(kind.Diagnostics)
	}
	return event
}

func (s sanitizer) ValidateListResourceConfig(
	ctx context.Context, req *tfprotov6.ValidateListResourceConfigRequest,
) (*tfprotov6.ValidateListResourceConfigResponse, error) {
	return sanitized(ctx, req, s.frameworkServer.ValidateListResourceConfig,
		func(r *tfprotov6.ValidateListResourceConfigResponse) []*tfprotov6.Diagnostic { return r.Diagnostics })
}

func (s sanitizer) ListResource(
	ctx context.Context, req *tfprotov6.ListResourceRequest,
) (*tfprotov6.ListResourceServerStream, error) {
	stream, err := s.frameworkServer.ListResource(ctx, req)
	if stream != nil {
		stream.Results = mapped(stream.Results, func(r tfprotov6.ListResourceResult) tfprotov6.ListResourceResult {
			sanitize(r.Diagnostics)
			r.DisplayName = redact.Visible(r.DisplayName)
			return r
		})
	}
	return stream, err
}

// mapped applies a function to each element of a sequence.
func mapped[E any](seq iter.Seq[E], apply func(E) E) iter.Seq[E] {
	return func(yield func(E) bool) {
		for e := range seq {
			if !yield(apply(e)) {
				return
			}
		}
	}
}
