package diags

import (
	"errors"
	"strings"
	"sync/atomic"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
)

// AuthenticationFailed is the summary of an error that other credentials avoid, whichever operation
// it stops.
const AuthenticationFailed = "Authentication failed"

// seeFirst replaces the explanation in all errors but the first. The CLI sorts errors, so it is not
// known whether the first one is above or below.
const seeFirst = `Another "` + AuthenticationFailed + `" error explains the cause.`

// isAuthenticationFailure excludes a write whose outcome is unknown: the outcome matters more.
func isAuthenticationFailure(err error) bool {
	return client.ReasonOf(err) == client.BadToken && failure.CodeOf(err) != failure.OutcomeUnknown
}

// explainAuthentication puts the operation into the first paragraph, and what all operations have in
// common into the rest.
func explainAuthentication(operation string, err error) string {
	what, cause := err.Error(), ""
	if failed, ok := errors.AsType[*client.Error](err); ok && failed.Err != nil {
		cause = failed.Err.Error()
		what = strings.ReplaceAll(what, ": "+cause, "")
	}
	text := operation + ": " + strings.TrimRight(what, ".") + "." + paragraph(sentence(cause))
	advice := adviceWithoutToken
	if advisor, ok := errors.AsType[Advisor](err); ok {
		advice = advisor.Advice()
	}
	return redact.VisibleLines(text + paragraph(advice))
}

// AuthenticationLog records whether an authentication failure was explained. A provider has one, so
// that a thousand resources do not repeat the explanation.
type AuthenticationLog struct{ explained atomic.Bool }

// Shorten returns the detail of a diagnostic. From the second authentication failure on, it refers to
// the first.
func (l *AuthenticationLog) Shorten(summary, detail string) string {
	if summary != AuthenticationFailed || !l.explained.Swap(true) {
		return detail
	}
	operation, _, _ := strings.Cut(detail, "\n\n")
	return operation + " " + seeFirst
}
