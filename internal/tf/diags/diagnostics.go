// Package diags turns errors into diagnostics: what failed, the server's answer, and the next step.
package diags

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// AddError reports an error at an attribute, or at the resource for path.Empty(). The summary says
// what failed: "Unable to read project Payments". A failed authentication has a summary of its own.
func AddError(diagnostics *diag.Diagnostics, at path.Path, summary string, err error) {
	summary = redact.Visible(summary)
	switch {
	case isAuthenticationFailure(err):
		diagnostics.AddError(AuthenticationFailed, explainAuthentication(summary, err))
	case at.Equal(path.Empty()):
		diagnostics.AddError(summary, Explain(err))
	default:
		diagnostics.AddAttributeError(at, summary, Explain(err))
	}
}

// AddWarning reports an error that does not stop the operation.
func AddWarning(diagnostics *diag.Diagnostics, at path.Path, summary string, err error) {
	summary = redact.Visible(summary)
	if at.Equal(path.Empty()) {
		diagnostics.AddWarning(summary, Explain(err))
		return
	}
	diagnostics.AddAttributeWarning(at, summary, Explain(err))
}

// AddProblem reports a problem of the authentication arguments, which the provider block and
// codesign_access_token share.
func AddProblem(diagnostics *diag.Diagnostics, summary string, err error) {
	problem, ok := errors.AsType[*auth.Error](err)
	switch {
	case !ok || problem.Reason != auth.InvalidConfiguration:
		diagnostics.AddError(summary, err.Error())
	case problem.Attribute == "":
		diagnostics.AddError(problem.Summary, problem.Detail)
	default:
		diagnostics.AddAttributeError(path.Root(problem.Attribute), problem.Summary, problem.Detail)
	}
}

// AttributeFor returns the attribute that names an object, if another value may avoid the error. It
// returns path.Empty() for errors of the connection or the token.
func AttributeFor(attribute path.Path, err error) path.Path {
	if _, answered := errors.AsType[*client.Error](err); answered && !client.IsAboutObject(err) {
		return path.Empty()
	}
	return attribute
}

// Reporter returns a function that writes to the log at level INFO.
func Reporter(ctx context.Context) func(format string, args ...any) {
	return func(format string, args ...any) { tflog.Info(ctx, fmt.Sprintf(format, args...)) }
}
