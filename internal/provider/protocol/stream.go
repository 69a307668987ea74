package protocol

import (
	"context"
	"iter"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"google.golang.org/grpc"
)

// The server of terraform-plugin-go ends a stream without an error once the CLI has asked the
// provider to stop, and drops the event that says what happened. The CLI takes that end for success.
// So the last event of such a stream is kept, and an interceptor sends it.

// streamEnd holds what terraform-plugin-go dropped from one stream.
type streamEnd struct {
	dropped     bool
	diagnostics []*tfprotov6.Diagnostic
}

type streamEndKey struct{}

// keepDropped hands events on until one is dropped. The events after it are read to the end, since a
// provider that reports progress would block otherwise, and their diagnostics are kept.
func keepDropped[E any](ctx context.Context, events iter.Seq[E], diagnostics func(E) []*tfprotov6.Diagnostic) iter.Seq[E] {
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

func diagnosticsOfAction(event tfprotov6.InvokeActionEvent) []*tfprotov6.Diagnostic {
	if completed, ok := event.Type.(tfprotov6.CompletedInvokeActionEventType); ok {
		return completed.Diagnostics
	}
	return nil
}

func diagnosticsOfList(result tfprotov6.ListResourceResult) []*tfprotov6.Diagnostic {
	return result.Diagnostics
}

// ListResource keeps what the CLI does not get.
func (s *server) ListResource(ctx context.Context, req *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	stream, err := s.frameworkServer.ListResource(ctx, req)
	if err == nil {
		stream.Results = keepDropped(ctx, stream.Results, diagnosticsOfList)
	}
	return stream, err
}

// streamWithEnd is a stream whose context has a place for what is dropped.
type streamWithEnd struct {
	grpc.ServerStream

	ctx context.Context
}

func (s streamWithEnd) Context() context.Context { return s.ctx }

// sendDropped sends the end of a stream that was dropped, with an error in any case.
func sendDropped(srv any, stream grpc.ServerStream, info *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
	end := &streamEnd{}
	err := handler(srv, streamWithEnd{stream, context.WithValue(stream.Context(), streamEndKey{}, end)})
	if err != nil || !end.dropped {
		return err
	}
	if !slices.ContainsFunc(end.diagnostics, isError) {
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
