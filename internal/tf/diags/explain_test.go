package diags_test

import (
	"crypto/x509"
	"fmt"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// advised is an error that a domain package knows more about.
type advised struct{ error }

func (e advised) Advice() string { return "Ask jane.\n  - or \x1b[31mbob\u202e" }

func (e advised) Unwrap() error { return e.error }

func TestAnErrorIsExplainedByWhatHappenedThenByWhatToDo(t *testing.T) {
	got := diags.Explain(advised{&client.Error{Operation: "Codesign/GetProject", Reason: client.Unavailable, HTTPStatus: 503}})
	what, then, _ := strings.Cut(got, "\n\n")
	advice, general, _ := strings.Cut(then, "\n\n")
	if !strings.HasPrefix(what, "Codesign/GetProject: the server answered HTTP 503") || !strings.HasSuffix(what, ".") {
		t.Errorf("what happened: %q", what)
	}
	if advice != "Ask jane.\n  - or \\u001b[31mbob\\u202e" {
		t.Errorf("what to do, with what would reach the terminal: %q", advice)
	}
	if !strings.Contains(general, "run again") {
		t.Errorf("what is generally to be done: %q", general)
	}
}

func TestAConnectionThatFailsIsExplainedByWhatTheUserCanSet(t *testing.T) {
	failed := &client.Error{Operation: "Codesign/GetProject", Reason: client.Unavailable, Err: fmt.Errorf("wrapped: %w", x509.UnknownAuthorityError{})}
	if got := diags.Explain(failed); !strings.Contains(got, "set trust_bundle") || strings.Contains(got, "Nothing is wrong with the configuration") {
		t.Errorf("explained as %q", got)
	}
}

func TestAn401ThatMayBeTheTokenOrTheRightNamesBoth(t *testing.T) {
	for name, row := range map[string]struct {
		err  client.Error
		both bool
	}{
		"no words":   {client.Error{Reason: client.Forbidden, HTTPStatus: 401}, true},
		"a ticket":   {client.Error{Reason: client.Forbidden, HTTPStatus: 401, Code: client.Code{Family: client.FamilyWorkflow, Number: 4, Present: true}}, false},
		"a refusal":  {client.Error{Reason: client.Forbidden, HTTPStatus: 403}, false},
		"a bad code": {client.Error{Reason: client.Forbidden, HTTPStatus: 200, Code: client.Code{Family: client.FamilySign, Number: 2, Present: true}}, false},
	} {
		got := diags.Explain(&row.err)
		if !strings.Contains(got, "lacks a right") || strings.Contains(got, "`access_token`") != row.both {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestAnIncompleteAnswerIsNoFaultOfTheConfiguration(t *testing.T) {
	got := diags.Explain(&client.Error{Operation: "Codesign/GetObjectRights", HTTPStatus: 200, Reason: client.EmptyAnswer, Message: "no rights list in the answer"})
	if !strings.Contains(got, "no rights list in the answer.") || !strings.Contains(got, "no fault of the configuration") || strings.Contains(got, "`url`") {
		t.Error(got)
	}
}

func TestAServerThatAnswersWasReached(t *testing.T) {
	for status, want := range map[int]string{0: "Check the provider's `url`", 500: "was reached, and failed", 503: "not ready", 429: "not ready", 502: "the proxy before it", 599: "was reached"} {
		got := diags.Explain(&client.Error{Operation: "Codesign/GetProject", Reason: client.Unavailable, HTTPStatus: status})
		if !strings.Contains(got, want) || strings.Contains(got, "could not be reached") || (status != 0) == strings.Contains(got, "`url`") {
			t.Errorf("%d: %s", status, got)
		}
	}
}
