package tfkit_test

import (
	"crypto/x509"
	"fmt"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

// advised is an error that a domain package knows more about.
type advised struct{ error }

func (e advised) Advice() string { return "Ask jane.\n  - or \x1b[31mbob\u202e" }

func (e advised) Unwrap() error { return e.error }

func TestAnErrorIsExplainedByWhatHappenedThenByWhatToDo(t *testing.T) {
	got := tfkit.Explain(advised{&api.Error{Operation: "Codesign/GetProject", Reason: api.Unavailable, HTTPStatus: 503}})
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
	failed := &api.Error{Operation: "Codesign/GetProject", Reason: api.Unavailable, Err: fmt.Errorf("wrapped: %w", x509.UnknownAuthorityError{})}
	if got := tfkit.Explain(failed); !strings.Contains(got, "set trust_bundle") || strings.Contains(got, "Nothing is wrong with the configuration") {
		t.Errorf("explained as %q", got)
	}
}

func TestAn401ThatMayBeTheTokenOrTheRightNamesBoth(t *testing.T) {
	for name, row := range map[string]struct {
		err  api.Error
		both bool
	}{
		"no words":   {api.Error{Reason: api.Forbidden, HTTPStatus: 401}, true},
		"a ticket":   {api.Error{Reason: api.Forbidden, HTTPStatus: 401, Code: api.Code{Family: api.FamilyWorkflow, Number: 4, Present: true}}, false},
		"a refusal":  {api.Error{Reason: api.Forbidden, HTTPStatus: 403}, false},
		"a bad code": {api.Error{Reason: api.Forbidden, HTTPStatus: 200, Code: api.Code{Family: api.FamilySign, Number: 2, Present: true}}, false},
	} {
		got := tfkit.Explain(&row.err)
		if !strings.Contains(got, "lacks a right") || strings.Contains(got, "`access_token`") != row.both {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestAnIncompleteAnswerIsNoFaultOfTheConfiguration(t *testing.T) {
	got := tfkit.Explain(&api.Error{Operation: "Codesign/GetObjectRights", HTTPStatus: 200, Reason: api.EmptyAnswer, Message: "no rights list in the answer"})
	if !strings.Contains(got, "no rights list in the answer.") || !strings.Contains(got, "no fault of the configuration") || strings.Contains(got, "`url`") {
		t.Error(got)
	}
}

func TestAServerThatAnswersWasReached(t *testing.T) {
	for status, want := range map[int]string{0: "Check the provider's `url`", 500: "was reached, and failed", 503: "not ready", 429: "not ready", 502: "the proxy before it", 599: "was reached"} {
		got := tfkit.Explain(&api.Error{Operation: "Codesign/GetProject", Reason: api.Unavailable, HTTPStatus: status})
		if !strings.Contains(got, want) || strings.Contains(got, "could not be reached") || (status != 0) == strings.Contains(got, "`url`") {
			t.Errorf("%d: %s", status, got)
		}
	}
}
