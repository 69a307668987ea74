package diags_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

func TestAttributeFor(t *testing.T) {
	at := path.Root("dn")
	for name, row := range map[string]struct {
		err  error
		want path.Path
	}{
		"missing object":      {&client.Error{Reason: client.NotFound}, at},
		"forbidden object":    {fmt.Errorf("wrapped: %w", &client.Error{Reason: client.Forbidden}), at},
		"error before a call": {errors.New("two have this name"), at},
		"missing scope":       {&client.Error{Reason: client.MissingScope}, path.Empty()},
		"server unavailable":  {fmt.Errorf("wrapped: %w", &client.Error{Reason: client.Unavailable}), path.Empty()},
	} {
		if got := diags.AttributeFor(at, row.err); !got.Equal(row.want) {
			t.Errorf("%s: got %q, want %q", name, got, row.want)
		}
	}
}

func TestAddError_Authentication(t *testing.T) {
	rejected := &client.Error{
		Operation: "Codesign/GetProject", HTTPStatus: 401, Reason: client.BadToken,
		Err: advised{errors.New("the token has expired")},
	}
	for name, row := range map[string]struct {
		err             error
		summary, detail string
	}{
		"rejected token": {
			rejected, "Authentication failed", "Unable to read project P: Codesign/GetProject: the server answered " +
				"HTTP 401.\n\nThe token has expired.\n\nAsk jane.\n  - or \\u001b[31mbob\\u202e",
		},
		"reported by a reconciler": {
			&failure.Error{Code: failure.Refused, Message: rejected.Error(), Remedy: "Ask jane.", Cause: rejected},
			"Authentication failed",
			"Unable to read project P: Codesign/GetProject: the server answered HTTP 401.\n\nThe token has expired.\n" +
				"\nAsk jane.",
		},
		"without a cause": {
			&client.Error{Operation: "Codesign/GetProject", HTTPStatus: 401, Reason: client.BadToken},
			"Authentication failed",
			"Unable to read project P: Codesign/GetProject: the server answered HTTP 401.\n\n" +
				"Check the credentials of the provider: `access_token`, or the arguments of another method.",
		},
		"unknown outcome of a write": {
			&failure.Error{
				Code: failure.OutcomeUnknown, Message: "outcome unknown", Remedy: "Ask jane.", Cause: rejected,
			},
			"Unable to read project P", "Outcome unknown.\n\nAsk jane.\n\nAsk jane.\n  - or \\u001b[31mbob\\u202e",
		},
	} {
		var got diag.Diagnostics
		diags.AddError(&got, path.Root("dn"), "Unable to read project P", row.err)
		if len(got) != 1 || got[0].Summary() != row.summary || got[0].Detail() != row.detail {
			t.Errorf("%s: got %q, want %q\n%q", name, got, row.summary, row.detail)
		}
	}
}

func TestAuthenticationLog_ExplainsOnce(t *testing.T) {
	var log diags.AuthenticationLog
	const detail = "Unable to read project P: no token.\n\nThe password is wrong.\n\nSet another one."
	for i, row := range []struct{ summary, want string }{
		{"Unable to read project P", detail},
		{"Authentication failed", detail},
		{
			"Authentication failed", "Unable to read project P: no token. Another \"Authentication failed\" error " +
				"explains the cause.",
		},
		{"Unable to read project P", detail},
	} {
		if got := log.Shorten(row.summary, detail); got != row.want {
			t.Errorf("%d: got %q, want %q", i, got, row.want)
		}
	}
}
