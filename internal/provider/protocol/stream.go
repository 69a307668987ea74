package protocol

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"google.golang.org/grpc"
)

// When the CLI has asked the provider to stop, terraform-plugin-go ends a stream without an error and
// drops its last event. The CLI takes that for success. So the last event is kept here, and a gRPC
// interceptor sends it.

// streamEnd is what terraform-plugin-go dropped from one stream.
type streamEnd struct {
	dropped     bool
	diagnostics []*tfprotov6.Diagnostic
}

type streamEndKey struct{}

// keepDropped yields events until one is dropped. It reads the others to the end, because a provider
// that reports progress would block otherwise, and keeps their diagnostics.
func keepDropped[E any](
	ctx context.Context, events iter.Seq[E], diagnostics func(E) []*tfprotov6.Diagnostic,
) iter.Seq[E] {
	end, ok := ctx.Value(streamEndKey{}).(*streamEnd)
	if !ok {
		return events
	}
	return func(yield func(E) bool) {
		for event := range events {
			if !end.dropped && yield(event) {
				continue
			}
			end.dropped = true
			end.diagnostics = append(end.diagnostics, diagnostics(event)...)
		}
	}
}

func actionDiagnostics(event tfprotov6.InvokeActionEvent) []*tfprotov6.Diagnostic {
	if completed, ok := event.Type.(tfprotov6.CompletedInvokeActionEventType); ok {
		return completed.Diagnostics
	}
	return nil
}

func listDiagnostics(result tfprotov6.ListResourceResult) []*tfprotov6.Diagnostic {
	return result.Diagnostics
}

// ListResource keeps the end of the stream.
func (s *server) ListResource(
	ctx context.Context, req *tfprotov6.ListResourceRequest,
) (*tfprotov6.ListResourceServerStream, error) {
	stream, err := s.frameworkServer.ListResource(ctx, req)
	if err == nil {
		stream.Results = keepDropped(ctx, mapped(stream.Results, s.sanitizeResult), listDiagnostics)
	}
	return stream, err
}

// streamWithEnd is a stream whose context has a streamEnd.
type streamWithEnd struct {
	grpc.ServerStream

	ctx context.Context
}

func (s streamWithEnd) Context() context.Context { return s.ctx }

// sendDropped is the interceptor. A stream that was cut ends with an error.
func sendDropped(srv any, stream grpc.ServerStream, info *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
	end := &streamEnd{}
	err := handler(srv, streamWithEnd{stream, context.WithValue(stream.Context(), streamEndKey{}, end)})
	if err != nil || !end.dropped {
		return err
	}
	if !hasError(end.diagnostics) {
		end.diagnostics = append(end.diagnostics, &tfprotov6.Diagnostic{
			Severity: tfprotov6.DiagnosticSeverityError,
			Summary:  "Interrupted",
			Detail:   "Terraform stopped the provider before the operation was complete. Run it again.",
		})
	}
	event, err := lastEvent(info.FullMethod, end.diagnostics)
	if err != nil {
		return err
	}
	return stream.SendMsg(event)
}
