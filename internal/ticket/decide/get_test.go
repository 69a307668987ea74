package decide

import (
	"errors"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
)

func TestGet_OneCall(t *testing.T) {
	f := &fake{ticket: ticket(pending())}
	if found, err := f.decider().Get(t.Context(), guid); err != nil || found.Status != "Pending" {
		t.Errorf("got %v, %v", found, err)
	}
	f.wantCalls(t, "Details")
}

func TestGet_RefreshesPermissions(t *testing.T) {
	for name, hidden := range map[string]error{"not found": errNotFound, "401 with a ticket body": errForbidden} {
		f := &fake{ticket: ticket(pending()), hidden: hidden}
		if _, err := f.decider().Get(t.Context(), guid); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		f.wantCalls(t, "Details,Refresh,Details")
	}
}

func TestGet_RefusedRefresh(t *testing.T) {
	f := &fake{refresh: errScope}
	_, err := f.decider().Get(t.Context(), guid)
	wantError(t, err, failure.NotFound, guid, "security")
	f.wantCalls(t, "Details,Refresh,Details,Exists")
	wantAdvice(t, err, "scope `security`")
}

func TestGet_NotFoundAdvice(t *testing.T) {
	f := &fake{}
	_, err := f.decider().Get(t.Context(), guid)
	wantError(t, err, failure.NotFound, guid)
	if advice := wantAdvice(t, err, "never existed", "consumed it", "was killed"); strings.Contains(advice,
		"security") || strings.Contains(advice, "block") {
		t.Error("the advice speaks of a refresh that worked")
	}
}

func TestGet_Indeterminate(t *testing.T) {
	for name, c := range map[string]struct {
		server *fake
		exists bool
	}{
		"the refresh was not answered":         {&fake{refresh: errAway}, false},
		"Exists was not answered":              {&fake{exists: []any{errAway}}, false},
		"Exists was refused":                   {&fake{exists: []any{errForbidden}}, false},
		"Exists says that there is one":        {&fake{exists: []any{true}}, true},
		"the refresh shows a maintenance page": {&fake{refresh: &client.Error{Reason: client.BadAnswer}}, false},
	} {
		_, err := c.server.decider().Get(t.Context(), guid)
		wantError(t, err, failure.Indeterminate)
		if exists := strings.Contains(err.Error(), "exists, but"); exists != c.exists || wantAdvice(t, err) == "" {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestGet_Forbidden(t *testing.T) {
	f := &fake{ticket: ticket(pending()), hidden: errForbidden, refresh: errScope}
	_, err := f.decider().Get(t.Context(), guid)
	if client.ReasonOf(err) != client.Forbidden {
		t.Errorf("got %v", err)
	}
	f.wantCalls(t, "Details,Refresh,Details")
}

func TestGet_OtherErrors(t *testing.T) {
	for _, cause := range []error{errAway, errScope, errArguments} {
		f := &fake{looks: []func() error{func() error { return cause }}}
		if _, err := f.decider().Get(t.Context(), guid); !errors.Is(err, cause) {
			t.Errorf("got %v", err)
		}
		f.wantCalls(t, "Details")
	}
}

func TestGetConsumed_OneCall(t *testing.T) {
	f := &fake{}
	_, err := f.decider().GetConsumed(t.Context(), guid)
	wantError(t, err, failure.NotFound)
	f.wantCalls(t, "Details")
}
