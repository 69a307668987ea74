package protocol

import (
	"iter"
	"reflect"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// States and plans keep names exactly as the server writes them. What the CLI displays shows
// invisible characters as escapes.

// sanitizeResponse edits the diagnostics of a response, which is a pointer to a struct.
func (s *server) sanitizeResponse(resp any) {
	fields := reflect.ValueOf(resp).Elem()
	if !fields.IsValid() {
		return
	}
	if field := fields.FieldByName("Diagnostics"); field.IsValid() {
		if diagnostics, ok := reflect.TypeAssert[[]*tfprotov6.Diagnostic](field); ok {
			s.sanitize(diagnostics)
		}
	}
	if call, ok := resp.(*tfprotov6.CallFunctionResponse); ok && call.Error != nil {
		call.Error.Text = redact.VisibleLines(call.Error.Text)
	}
}

func (s *server) sanitize(diagnostics []*tfprotov6.Diagnostic) {
	for _, d := range diagnostics {
		d.Detail = redact.VisibleLines(s.authentication.Shorten(d.Summary, d.Detail))
		d.Summary = redact.VisibleLines(d.Summary)
	}
}

func (s *server) sanitizeEvent(event tfprotov6.InvokeActionEvent) tfprotov6.InvokeActionEvent {
	switch kind := event.Type.(type) {
	case tfprotov6.ProgressInvokeActionEventType:
		kind.Message = redact.VisibleLines(kind.Message)
		event.Type = kind
	case tfprotov6.CompletedInvokeActionEventType:
		s.sanitize(kind.Diagnostics)
	}
	return event
}

func (s *server) sanitizeResult(result tfprotov6.ListResourceResult) tfprotov6.ListResourceResult {
	s.sanitize(result.Diagnostics)
	result.DisplayName = redact.Visible(result.DisplayName)
	return result
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
