package auth

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// Reason says what failed.
type Reason int

const (
	// InvalidConfiguration is a mistake in the provider block, the environment or a file that they
	// name.
	InvalidConfiguration Reason = iota
	// Failed is a request that failed, or a token that the server does not accept.
	Failed
	// GrantRefused is a grant whose credentials the server examined and refused: asking again
	// changes nothing.
	GrantRefused
)

// Error is the one error type of this package. It never holds a secret.
type Error struct {
	Reason    Reason
	Attribute string // of the provider block; empty if no single one is at fault
	Summary   string // one line without a final dot
	Detail    string // the cause and the next step
	Status    int    // HTTP status, 0: no answer
	NotSent   bool   // the server certainly did not receive the request
	Err       error  // the cause; may be nil
}

func (e *Error) Error() string { return e.Summary }

// Advice returns the cause and the next step. They are separate from Error because some problems
// appear only when a token is needed, and then reach the user inside the error of a call, whose
// text is cut.
func (e *Error) Advice() string { return e.Detail }

func (e *Error) Unwrap() error { return e.Err }

// advise adds a next step to an error of a grant.
func (e *Error) advise(text string) { e.Detail = strings.TrimSpace(e.Detail + " " + text) }

// isTemporary reports whether a grant was certainly not carried out and may succeed later.
func (e *Error) isTemporary() bool {
	return e.Status == http.StatusTooManyRequests || e.Status == http.StatusServiceUnavailable ||
		e.Status == 0 && e.NotSent
}

// invalid is a mistake in the configuration.
func invalid(attribute, summary, detail string) *Error {
	return &Error{Attribute: attribute, Summary: summary, Detail: detail}
}

// unusableValues has the summary for each argument whose value or file cannot be used.
var unusableValues = map[string]string{
	attrRefreshTokenFile: "The refresh token file is not usable",
	attrJWTFile:          "The JWT file is not usable",
	attrTrustBundle:      "The trust bundle is not usable",
	attrP12File:          "The client certificate is not usable",
	attrP12Data:          "The client certificate is not usable",
	attrP12Password:      "The client certificate is not usable",
}

func unusable(attribute, detail string, err error) *Error {
	e := invalid(attribute, unusableValues[attribute], detail)
	e.Err = withoutPath(err)
	return e
}

func (q tokenRequest) failed(answer string) *Error {
	return &Error{
		Reason: Failed,
		Summary: "Unable to obtain an access token (" + q.origin + ", POST " + q.path + "): " +
			strings.TrimRight(answer, "."),
	}
}

// error returns the error of a grant that brought no tokens.
func (q tokenRequest) error(r transport.Result) *Error {
	switch status := r.Reply.Status; {
	case status != 0 && status != http.StatusOK:
		return q.refused(&r.Reply)
	case r.Err == nil, r.Err.Code == transport.NotJSON, r.Err.Code == transport.BadAnswer:
		return q.noToken(&r.Reply)
	}
	return q.noAnswer(r)
}

func (q tokenRequest) noAnswer(r transport.Result) *Error {
	text := r.Err.Text
	if r.Err.Timeout() {
		text = "the request timed out"
	}
	e := q.failed("no answer from the server: " + text)
	e.NotSent, e.Err = !r.Sent, r.Err
	e.Detail = cmp.Or(Explain(r.Err), "Check url, the proxy variables (HTTPS_PROXY, NO_PROXY), firewalls and the "+
		"server. Then run again.")
	return e
}

// refused is the error of a grant to which the server answered another status than success.
func (q tokenRequest) refused(r *transport.Reply) *Error {
	answer := q.answer(r)
	if target := r.RedirectTarget(); target != nil {
		answer += ", a redirect to " + quoted(q.engine.Sanitize(shownURL(target)))
	}
	e := q.failed(answer)
	e.Status = r.Status
	switch r.Status {
	case http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden:
		e.Reason = GrantRefused
	}
	e.Detail = q.adviceOn(r, e.Reason, strings.ToLower(answer))
	return e
}

func (q tokenRequest) adviceOn(r *transport.Reply, reason Reason, said string) string {
	switch {
	case r.RedirectTarget() != nil:
		return "The provider sends credentials only to the configured address. Set url to the address of the server."
	case r.Status == http.StatusNotFound:
		return "The call does not exist at this address. Check url, and whether the server supports this grant " +
			"(the JWT grant needs version 22.4)."
	case reason != GrantRefused:
		return "The server cannot process the request now. Run again later."
	// a web server names the scheme it expects
	case strings.Contains(said, "http request") && strings.Contains(said, "https"):
		return "Another web server answered. Check the scheme, the host and the port in url."
	case strings.Contains(said, "scope"):
		return "The requested scope exceeds what this user or the API integration allows. Reduce scope, " +
			"or extend the API integration. The provider uses " + scopeTable() + "."
	case strings.Contains(said, "client"), strings.Contains(said, "application"):
		return "Set client_id to the ID of an API integration that exists and allows this user. " + q.advice
	}
	return q.advice
}

// noToken is the error of a success without a token in it; the body may hold secrets and is not
// shown.
func (q tokenRequest) noToken(r *transport.Reply) *Error {
	kind := cmp.Or(q.engine.Sanitize(r.ContentType), "no content type")
	e := q.failed("the server answered " + statusText(r.Status) + " without an access token (" + kind + ")")
	e.Detail = "A proxy or a login page can answer instead of the server. Check url."
	if r.Encoding != "" {
		e = q.failed("the answer is encoded in " + r.Encoding + " instead of UTF-8 (" + kind + ")")
		e.Detail = "The authentication server sends UTF-8. Check for a proxy that changes answers."
	}
	e.Status = r.Status
	return e
}

// answer describes an answer of the server.
func (e *endpoint) answer(r *transport.Reply) string {
	answer := "the server answered " + statusText(r.Status)
	if said := e.engine.Sanitize(r.Refusal().Message()); said != "" {
		answer += ": " + said
	}
	return answer
}

func statusText(status int) string {
	return strings.TrimSpace(strconv.Itoa(status) + " " + http.StatusText(status))
}

// ScopeUse is a scope with the reason why the provider needs it.
type ScopeUse struct{ Scope, For string }

// ScopeUses lists the scopes that the provider uses, for messages and for the documentation (OAS26,
// DOC).
func ScopeUses() []ScopeUse {
	return []ScopeUse{
		{"codesign", "reading projects"},
		{"codesign:manage", "changing the status of projects"},
		{"codesign:approve", "deciding tickets"},
		{"codesign:admin", "reading rights (servers before 26.1: codesign)"},
		{"configuration", "looking up identities and DNs"},
	}
}

func scopeTable() string {
	uses := make([]string, 0, len(ScopeUses()))
	for _, u := range ScopeUses() {
		uses = append(uses, u.Scope+" for "+u.For)
	}
	return strings.Join(uses, ", ")
}

// quoted returns a short, printable form of a text of a user or a server.
func quoted(text string) string { return strconv.Quote(sanitized(text)) }

// sanitized returns one printable line of limited length.
func sanitized(text string) string { return redact.Clean(text, redact.MaxMessageLength) }
