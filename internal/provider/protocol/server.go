package protocol

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// frameworkServer has every interface of the framework's server. terraform-plugin-go looks for each
// of them separately.
type frameworkServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
	tfprotov6.StateStoreServer
}

// server is the framework's server with three changes: the contexts of calls are released, displayed
// text is sanitized, and actions are validated once more.
type server struct {
	frameworkServer

	authentication diags.AuthenticationLog
}

// NewServer returns the server of a provider.
func NewServer(p provider.Provider) tfprotov6.ProviderServer {
	framework := providerserver.NewProtocol6(p)()
	if complete, ok := framework.(frameworkServer); ok {
		return &server{frameworkServer: complete}
	}
	return framework // of another version; TestServer_HasEveryMethodOfTheFramework fails
}

// handle makes a call of the framework's server.
func handle[Q, R any](ctx context.Context, s *server, req Q, call func(context.Context, Q) (R, error)) (R, error) {
	resp, err := withCallContext(ctx, req, call)
	s.sanitizeResponse(resp)
	return resp, err
}

func (s *server) ValidateProviderConfig(
	ctx context.Context, req *tfprotov6.ValidateProviderConfigRequest,
) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return handle(ctx, s, req, s.frameworkServer.ValidateProviderConfig)
}

func (s *server) ConfigureProvider(
	ctx context.Context, req *tfprotov6.ConfigureProviderRequest,
) (*tfprotov6.ConfigureProviderResponse, error) {
	return handle(ctx, s, req, s.frameworkServer.ConfigureProvider)
}

func (s *server) ValidateResourceConfig(
	ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return handle(ctx, s, req, s.frameworkServer.ValidateResourceConfig)
}

func (s *server) UpgradeResourceState(
	ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest,
) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return handle(ctx, s, req, s.frameworkServer.UpgradeResourceState)
}

func (s *server) UpgradeResourceIdentity(
	ctx context.Context, req *tfprotov6.UpgradeResourceIdentityRequest,
) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return handle(ctx, s, req, s.frameworkServer.UpgradeResourceIdentity)
}

func (s *server) ReadResource(
	ctx context.Context, req *tfprotov6.ReadResourceRequest,
) (*tfprotov6.ReadResourceResponse, error) {
	return handle(ctx, s, req, s.frameworkServer.ReadResource)
}

func (s *server) PlanResourceChange(
	ctx context.Context, req *tfprotov6.PlanResourceChangeRequest,
) (*tfprotov6.PlanResourceChangeResponse, error) {
	return handle(ctx, s, req, s.frameworkServer.PlanResourceChange)
}

func (s *server) ApplyResourceChange(
	ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return handle(ctx, s, req, s.frameworkServer.ApplyResourceChange)
}

func (s *server) ImportResourceState(
	ctx context.Context, req *tfprotov6.ImportResourceStateRequest,
) (*tfprotov6.ImportResourceStateResponse, error) {
	return handle(ctx, s, req, s.frameworkServer.ImportResourceState)
}

func (s *server) ValidateDataResourceConfig(
	ctx context.Context, req *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return handle(ctx, s, req, s.frameworkServer.ValidateDataResourceConfig)
}

func (s *server) ReadDataSource(
	ctx context.Context, req *tfprotov6.ReadDataSourceRequest,
) (*tfprotov6.ReadDataSourceResponse, error) {
	return handle(ctx, s, req, s.frameworkServer.ReadDataSource)
}

func (s *server) OpenEphemeralResource(
	ctx context.Context, req *tfprotov6.OpenEphemeralResourceRequest,
) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	return handle(ctx, s, req, s.frameworkServer.OpenEphemeralResource)
}

func (s *server) CloseEphemeralResource(
	ctx context.Context, req *tfprotov6.CloseEphemeralResourceRequest,
) (*tfprotov6.CloseEphemeralResourceResponse, error) {
	return handle(ctx, s, req, s.frameworkServer.CloseEphemeralResource)
}

func (s *server) CallFunction(
	ctx context.Context, req *tfprotov6.CallFunctionRequest,
) (*tfprotov6.CallFunctionResponse, error) {
	return handle(ctx, s, req, s.frameworkServer.CallFunction)
}

func (s *server) ValidateListResourceConfig(
	ctx context.Context, req *tfprotov6.ValidateListResourceConfigRequest,
) (*tfprotov6.ValidateListResourceConfigResponse, error) {
	return handle(ctx, s, req, s.frameworkServer.ValidateListResourceConfig)
}

// ListResource sanitizes the results.
func (s *server) ListResource(
	ctx context.Context, req *tfprotov6.ListResourceRequest,
) (*tfprotov6.ListResourceServerStream, error) {
	stream, err := s.frameworkServer.ListResource(ctx, req)
	if err == nil {
		stream.Results = mapped(stream.Results, s.sanitizeResult)
	}
	return stream, err
}

func (s *server) ValidateActionConfig(
	ctx context.Context, req *tfprotov6.ValidateActionConfigRequest,
) (*tfprotov6.ValidateActionConfigResponse, error) {
	return handle(ctx, s, req, s.frameworkServer.ValidateActionConfig)
}

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

// withCallContext makes a call with a context that is released afterwards. The framework's server
// keeps the context of every call until the process ends, with four loggers in each, which is 10 kB.
//
//nolint:contextcheck // callContext wraps ctx
func withCallContext[Q, R any](ctx context.Context, req Q, call func(context.Context, Q) (R, error)) (R, error) {
	c := &callContext{}
	c.current.Store(&ctx)
	defer c.current.Store(&released)
	return call(c, req)
}

var released = context.Background()

// callContext is another context while a call lasts, and an empty one afterwards.
type callContext struct {
	current atomic.Pointer[context.Context]
}

func (c *callContext) get() context.Context { return *c.current.Load() }

func (c *callContext) Deadline() (time.Time, bool) { return c.get().Deadline() }

// Done returns the channel of the other context, so that contexts derived from this one end with it.
func (c *callContext) Done() <-chan struct{} { return c.get().Done() }

func (c *callContext) Err() error { return c.get().Err() }

func (c *callContext) Value(key any) any { return c.get().Value(key) }
