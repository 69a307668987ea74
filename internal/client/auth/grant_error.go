package auth

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// GrantError is a token that could not be had. It never holds a secret.
type GrantError struct {
	Origin  string // the way, e.g. "password grant of local:robot"
	Call    string // e.g. "POST /vedauth/authorize/oauth"
	Status  int    // HTTP status, 0: no answer
	Answer  string // what the server said, or what went wrong on the way to it
	Next    string // what to do now
	Err     error  // the cause, where there was no answer
	Refused bool   // the server looked at the credentials and refused them: asking again changes nothing

	salvaged *granted // the tokens of an answer that could not be read
}

func (e *GrantError) Error() string {
	head := "No access token by " + e.Origin
	if e.Call != "" {
		head += " (" + e.Call + ")"
	}
	return head + ": " + strings.TrimRight(e.Answer, ".")
}

// Advice is what to do now.
func (e *GrantError) Advice() string { return e.Next }

func (e *GrantError) Unwrap() error { return e.Err }

// failure tells what a grant's messages need.
type failure struct {
	origin string
	path   string
	advice string              // of this way, when the credentials are refused
	shown  func(string) string // makes a text of the server fit to be shown
}

// lost is the error of a grant that got no answer.
func (f failure) lost(err error) *GrantError {
	e := &GrantError{Origin: f.origin, Call: "POST " + f.path, Err: err, Answer: "no answer from the server: " + f.shown(causeOf(err)), Next: Explain(err)}
	if e.Next == "" {
		e.Next = "Check url, the proxies of the environment (HTTPS_PROXY, NO_PROXY), firewalls, and the server, then run again."
	}
	return e
}

func causeOf(err error) string {
	u, ok := errors.AsType[*url.Error](err)
	switch {
	case !ok:
		return err.Error()
	case u.Timeout():
		return "none came in time"
	case errors.Is(u.Err, io.EOF):
		return "the connection ended before one came"
	}
	return u.Err.Error()
}

// refused is the error of a grant to which the server answered anything but a token.
func (f failure) refused(r *reply) *GrantError {
	said := f.shown(r.said())
	e := &GrantError{
		Origin: f.origin, Call: "POST " + f.path, Status: r.status,
		Answer:  "the server answered " + r.statusText(),
		Refused: r.status == http.StatusBadRequest || r.status == http.StatusUnauthorized || r.status == http.StatusForbidden,
	}
	if said != "" {
		e.Answer += ": " + said
	}
	e.Next = f.adviceFor(r, strings.ToLower(said), e)
	return e
}

func (f failure) adviceFor(r *reply, said string, e *GrantError) string {
	switch {
	case r.redirectedTo() != "":
		e.Answer += ", a redirect to " + quoted(f.shown(r.redirectedTo()))
		return "Credentials are sent to the configured address alone: set url to where the server really is."
	case r.status == http.StatusNotFound:
		return "There is no such call at this address: check url, and that the server is new enough for this grant (a JWT needs 22.4)."
	case !e.Refused:
		return "The server could not do it now; try again later."
	case strings.Contains(said, "http request") && strings.Contains(said, "https"): // a web server says what it would have been spoken to by
		return "This is not the answer of the authentication server: check the scheme, the host and the port in url."
	case strings.Contains(said, "scope"):
		return "More was asked for than this user or the API integration may have. Set scope to less, or extend the API integration. The provider uses " + scopeTable() + "."
	case strings.Contains(said, "client"), strings.Contains(said, "application"):
		return "Set client_id to the id of an API integration that exists and that this user may use. " + f.advice
	}
	return f.advice
}

// empty is the error of a success without a token in it; the body may hold secrets and is not shown.
func (f failure) empty(r *reply, encoding string) *GrantError {
	what := f.shown(r.words.ContentType)
	if what == "" {
		what = "no content type"
	}
	if encoding != "" {
		return &GrantError{
			Origin: f.origin, Call: "POST " + f.path, Status: r.status,
			Answer: "the answer is encoded in " + encoding + ", expected UTF-8 (" + what + ")",
			Next:   "Check for a proxy that changes answers: the authentication server writes UTF-8.",
		}
	}
	return &GrantError{
		Origin: f.origin, Call: "POST " + f.path, Status: r.status,
		Answer: "the server answered " + r.statusText() + " without an access token (" + what + ")",
		Next:   "Check that url leads to the server itself and not to a proxy or a login page.",
	}
}
