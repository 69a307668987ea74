package diags

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
)

// Advisor is an error that knows the next step.
type Advisor interface {
	error
	Advice() string
}

// PlanRemedy is the next step where a plan fails that a destroy makes too.
const PlanRemedy = "A destroy also makes this plan. To destroy the resource, run " +
	"`terraform destroy -refresh=false`, or remove its block and apply."

// WithRemedy adds a next step to an error, unless it is empty.
func WithRemedy(err error, remedy string) error {
	if remedy == "" {
		return err
	}
	return remedyError{err, remedy}
}

type remedyError struct {
	error
	remedy string
}

func (e remedyError) Unwrap() error { return e.error }

// Advice is that of the error, and the remedy.
func (e remedyError) Advice() string {
	if inner, ok := errors.AsType[Advisor](e.error); ok && inner.Advice() != "" {
		return inner.Advice() + "\n\n" + e.remedy
	}
	return e.remedy
}

// Explain returns the detail of a diagnostic: what happened, then the next step.
func Explain(err error) string {
	text := sentence(err.Error())
	if advisor, ok := errors.AsType[Advisor](err); ok {
		text += paragraph(advisor.Advice())
	}
	if failed, ok := errors.AsType[*client.Error](err); ok {
		if advice := adviceFor(failed); !strings.Contains(text, advice) {
			text += paragraph(advice)
		}
	}
	return redact.VisibleLines(text)
}

const (
	adviceIncomplete = "The answer lacks a required value. Run again. If the error persists, check the version and " +
		"the log of the server."
	adviceWithoutToken = "Check the credentials of the provider: `access_token`, or the arguments of another method."
	adviceForbidden    = "The identity of the provider lacks a right on this object, or the role that the call " +
		"requires."
	advice401 = "There are two possible causes. Either the identity of the provider is not an approver of the " +
		"workflow ticket. Or the access token is no longer valid: set a new `access_token` and run again."
	adviceBadAnswer = "The answer is not from the server's REST API. A proxy, a login page or another server may " +
		"have answered. Check the provider's `url`."
	adviceUnsupported = "The server does not know this call. It may be older than the provider requires."
	adviceNoAnswer    = "No answer came. Check the provider's `url`, the proxy variables (HTTPS_PROXY, NO_PROXY), " +
		"firewalls and the server. Then run again."
	adviceBusy = "The server is busy, is being upgraded, or cannot be reached by the proxy in front of it. The " +
		"configuration is not the cause. Run again later."
	adviceServerError = "The server failed. The configuration is not the cause. Check the server's log, and run " +
		"again later."
)

func adviceFor(e *client.Error) string {
	if client.IsIncomplete(e) {
		return adviceIncomplete
	}
	switch e.Reason {
	case client.MissingScope:
		return adviceOnScope(e)
	case client.BadToken:
		return adviceOnToken(e)
	case client.Forbidden:
		if e.HTTPStatus == 401 && !e.Code.Present {
			return advice401
		}
		return adviceForbidden
	case client.Unavailable:
		if words := auth.Explain(e); words != "" {
			return words
		}
		return adviceOnUnavailable(e.HTTPStatus)
	case client.BadAnswer, client.Redirected:
		return adviceBadAnswer
	case client.Unsupported:
		return adviceUnsupported
	default:
		return ""
	}
}

// adviceOnToken prefers the advice of the authentication method.
func adviceOnToken(e *client.Error) string {
	if method, ok := errors.AsType[Advisor](e.Err); ok {
		return method.Advice()
	}
	return adviceWithoutToken
}

func adviceOnScope(e *client.Error) string {
	scope := ""
	if e.Scope != "" {
		scope = " (the server names `" + e.Scope + "`)"
	}
	return fmt.Sprintf("The call %s requires a scope that the access token lacks%s. Add it to the provider's `scope` "+
		"argument, and to the API integration if that does not allow it. If `access_token` is set, issue a new token "+
		"with the scope.", e.Operation, scope)
}

func adviceOnUnavailable(status int) string {
	switch status {
	case 0:
		return adviceNoAnswer
	case 429, 502, 503, 504:
		return adviceBusy
	default:
		return adviceServerError
	}
}

func paragraph(s string) string {
	if s == "" {
		return ""
	}
	return "\n\n" + s
}

// sentence adds a capital and a full stop.
func sentence(s string) string {
	if s == "" {
		return s
	}
	runes := []rune(s)
	if first := runes[0]; first >= 'a' && first <= 'z' {
		runes[0] = first - 'a' + 'A'
	}
	if last := runes[len(runes)-1]; last != '.' && last != '!' && last != '?' {
		runes = append(runes, '.')
	}
	return string(runes)
}

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
