package client

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

const invalidToken = `{"error":"invalid_token","error_description":"The access token provided is expired, revoked, ` +
	`malformed or invalid."}`

// valid answers only those who bring the token.
func valid(token string, good canned) *script {
	return &script{answer: func(_ int, r arrived) canned {
		if r.token != token {
			return canned{status: 401, body: invalidToken}
		}
		return good
	}}
}

func withTokens(source TokenSource) func(*Options) { return func(o *Options) { o.Tokens = source } }

func TestToken_ReplacedOnce(t *testing.T) {
	for name, call := range map[string]func(context.Context, *Client) error{"read": readOnce, "write": writeOnce} {
		source := &tokens{}
		s := valid("token-1", goodProject)
		if err := call(t.Context(), clientOf(t, s, withTokens(source), func(o *Options) {
			o.MaxRetries = 0
		})); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if n := len(s.requests()); n != 2 || source.rejected != 1 {
			t.Errorf("%s: %d requests, %d rejections", name, n, source.rejected)
		}
	}
}

func TestToken_RejectedTwice(t *testing.T) {
	source := &tokens{}
	s := valid("never", goodProject)
	e := errorOf(t, readOnce(t.Context(), clientOf(t, s, withTokens(source))))
	if e.Reason != BadToken || e.HTTPStatus != 401 || e.Attempts != 2 || len(s.requests()) != 2 ||
		source.rejected != 1 {
		t.Errorf("%#v", e)
	}
	for _, want := range []string{"invalid_token", "password grant of local:robot", "2027-01-09T20:00:00Z"} {
		if !strings.Contains(e.Error(), want) {
			t.Errorf("%q is missing: %s", want, e)
		}
	}
}

func TestToken_NotRenewable(t *testing.T) {
	s := valid("never", goodProject)
	e := errorOf(t, readOnce(t.Context(), clientOf(t, s, withTokens(&tokens{fixed: true}))))
	if e.Reason != BadToken || len(s.requests()) != 1 || !strings.Contains(e.Error(), "cannot be renewed") {
		t.Errorf("%d requests: %v", len(s.requests()), e)
	}
}

func TestToken_ConcurrentRejections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source := &tokens{}
		slow := goodProject
		slow.delay = 50 * time.Millisecond
		s := &script{answer: func(_ int, r arrived) canned {
			if r.token == "token-0" {
				return canned{status: 401, body: invalidToken, delay: 20 * time.Millisecond}
			}
			return slow
		}}
		c := clientOf(t, s, withTokens(source), func(o *Options) { o.MaxConcurrentRequests = 50 })
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				if err := readOnce(t.Context(), c); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if source.n != 1 || len(s.requests()) != 100 {
			t.Errorf("%d renewals, %d requests", source.n, len(s.requests()))
		}
	})
}

// late is a source that another caller renews while our request is under way.
type late struct{ tokens }

func (l *late) Token(ctx context.Context) (Token, error) {
	t, err := l.tokens.Token(ctx)
	l.n++
	return t, err
}

func TestToken_ReplacedByAnotherCall(t *testing.T) {
	source := &late{}
	s := inTurn(canned{status: 401, body: invalidToken}, goodProject)
	if err := readOnce(t.Context(), clientOf(t, s, withTokens(source))); err != nil || source.rejected != 0 {
		t.Errorf("%d rejections: %v", source.rejected, err)
	}
}

func TestToken_WhichAnswersRenew(t *testing.T) {
	const renewed, kept = 1, 0
	type attemptResult struct {
		rejected int
		reason   Reason
	}
	badToken, noRight, noScope := attemptResult{renewed, BadToken}, attemptResult{kept, Forbidden},
		attemptResult{kept, MissingScope}
	for name, row := range map[string]struct {
		c      canned
		others attemptResult
		ticket attemptResult // of the calls for workflow tickets, which also answer 401 for a missing right
		scope  string
	}{
		"invalid_token": {canned{status: 401, body: invalidToken}, badToken, badToken, ""},
		"a ticket and a bad token": {
			canned{status: 401, body: `{"Result":0,"error":"invalid_token"}`},
			badToken, badToken, "",
		},
		"session_error": {
			canned{status: 401, body: `{"error":"session_error","error_description":"Invalid token format"}`},
			badToken,
			attemptResult{kept, BadToken},
			"",
		},
		"empty":        {canned{status: 401, kind: "text/plain"}, badToken, noRight, ""},
		"empty object": {canned{status: 401, body: `{}`}, badToken, noRight, ""},
		"HTML": {
			canned{status: 401, kind: "text/html", body: "<title>401</title>"},
			badToken, noRight, "",
		},
		"the word in a text": {canned{status: 401, kind: "text/plain", body: "invalid_token"}, badToken, noRight, ""},
		"the phrase alone":   {canned{status: 401, phrase: "invalid_token"}, badToken, noRight, ""},
		"other error":        {canned{status: 401, body: `{"error":"unauthorized"}`}, badToken, noRight, ""},
		"a ticket": {
			canned{status: 401, body: `{"GUID":null,"Result":4,"Status":null}`},
			noRight, noRight, "",
		},
		"a ticket without a code": {canned{status: 401, body: `{"guid":"x","approvers":null}`}, noRight, noRight, ""},
		"insufficient_rights":     {canned{status: 401, body: `{"error":"insufficient_rights"}`}, noRight, noRight, ""},
		"403 without more": {
			canned{status: 403, kind: "text/html", body: "<h1>Forbidden</h1>"},
			noRight, noRight, "",
		},
		"scope without a name": {canned{status: 403, body: `{"error":"insufficient_scope"}`}, noScope, noScope, ""},
		"scope, as old servers say it": {
			canned{status: 401, body: `{"error":"insufficient_scope","error_description":"scope 'codesign:manage'"}`},
			noScope, noScope, "codesign:manage",
		},
		"scope": {
			canned{
				status: 403, body: `{"error":"insufficient_scope",` +
					`"error_description":"Grant rejected scope 'codesign:admin' for this call."}`,
			}, noScope, noScope, "codesign:admin",
		},
		"scope in double quotes": {
			canned{
				status: 403, body: `{"error":"insufficient_scope","error_description":"Scope \"codesign:manage,` +
					`approve\" is required"}`,
			}, noScope, noScope, "codesign:manage,approve",
		},
		"scope in running text": {
			canned{
				status: 403, body: `{"error":"insufficient_scope",` +
					`"error_description":"this needs configuration:manage"}`,
			}, noScope, noScope, "configuration:manage",
		},
	} {
		for _, call := range tokenCalls {
			want := row.others
			if call.ticket {
				want = row.ticket
			}
			source, s := &tokens{}, always(row.c)
			e := errorOf(t, call.do(t.Context(), clientOf(t, s, withTokens(source))))
			if source.rejected != want.rejected || e.Reason != want.reason || e.Scope != row.scope ||
				e.Delivery != Answered || len(s.requests()) != 1+want.rejected {
				t.Errorf("%s, %s: %d rejections, %d requests, reason %d, scope %q: %v", name, call.name,
					source.rejected, len(s.requests()), e.Reason, e.Scope, e)
			}
		}
	}
}

var tokenCalls = []struct {
	name   string
	ticket bool
	do     func(context.Context, *Client) error
}{
	{"read", false, readOnce},
	{"write", false, writeOnce},
	{"approval of a flow ticket", false, func(ctx context.Context,
		c *Client,
	) error {
		return c.ApproveFlowTicket(ctx, 1, "ok")
	}},
	{"look at a workflow ticket", true, func(ctx context.Context,
		c *Client,
	) error {
		return second(c.TicketDetails(ctx, bareGUID))
	}},
	{"decision of a workflow ticket", true, func(ctx context.Context, c *Client) error {
		return c.UpdateTicketStatus(ctx, TicketDecision{
			GUID: bareGUID, Decision: schedule.Decision{Status: "Approved"}, Approvers: []string{"local:{a}"},
		})
	}},
}

func TestError_401NamesToken(t *testing.T) {
	_, err := clientOf(t, always(canned{status: 401, kind: "text/plain"})).TicketDetails(t.Context(), bareGUID)
	want := "Workflow/Ticket/Details: the server answered HTTP 401: token from password grant of local:robot, " +
		"expiry 2027-01-09T20:00:00Z"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestToken_FailureBelowGrant(t *testing.T) {
	cause := fmt.Errorf("Unable to obtain an access token (password grant of local:robot): no answer: %w",
		&url.Error{Op: "Post", URL: "https://codesign.example.test", Err: errReset})
	e := errorOf(t, readOnce(t.Context(), clientOf(t, always(goodProject), withTokens(broken{cause}))))
	if !strings.Contains(e.Error(), "authentication failed: Unable to obtain an access token "+
		"(password grant of local:robot): no answer: ") || !errors.Is(e, errReset) {
		t.Error(e)
	}
}

func TestToken_FailureInFull(t *testing.T) {
	said := strings.Repeat("because ", 45) + "at last"
	e := errorOf(t, readOnce(t.Context(), clientOf(t, always(goodProject), withTokens(broken{errors.New(
		"Unable to obtain an access token (password grant of local:robot, POST /vedauth/authorize/oauth): " +
			"the server answered 400 Bad Request: " + said)}))))
	if !strings.HasSuffix(e.Error(), "because at last") {
		t.Error(e)
	}
}

func TestError_MissingScope(t *testing.T) {
	s := always(canned{
		status: 403, body: `{"error":"insufficient_scope",` +
			`"error_description":"Grant rejected scope 'codesign:admin'."}`,
	})
	_, err := clientOf(t, s).GetObjectRights(t.Context(), `\VED\X`)
	want := `Codesign/GetObjectRights: the token lacks the scope "codesign:admin": insufficient_scope: Grant ` +
		`rejected scope 'codesign:admin'.`
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// stuck cannot renew until a caller gives up.
type stuck struct{ tokens }

func (*stuck) Reject(ctx context.Context, _ Token) error {
	<-ctx.Done()
	return ctx.Err()
}

func TestToken_CancelledDuringRenewal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		e := errorOf(t, writeOnce(ctx, clientOf(t, valid("never", goodProject), withTokens(&stuck{}))))
		if e.Reason != Cancelled || e.Delivery != Answered || !errors.Is(e, context.DeadlineExceeded) {
			t.Errorf("%s: %v", e.Delivery, e)
		}
	})
}

// offline cannot reach the server that renews.
type offline struct{ tokens }

func (*offline) Reject(context.Context, Token) error {
	return &Error{Operation: "authorize/oauth", Reason: Unavailable}
}

func TestToken_RenewalFailure(t *testing.T) {
	e := errorOf(t, readOnce(t.Context(), clientOf(t, valid("never", goodProject), withTokens(&offline{}))))
	if e.Reason != Unavailable || e.HTTPStatus != 401 {
		t.Errorf("%#v", e)
	}
}

// broken has no token to give.
type broken struct{ err error }

func (b broken) Token(context.Context) (Token, error) { return Token{}, b.err }
func (b broken) Reject(context.Context, Token) error  { return b.err }

func TestToken_NoneSendsNothing(t *testing.T) {
	s := always(goodProject)
	cause := errors.New("password grant: wrong password")
	e := errorOf(t, writeOnce(t.Context(), clientOf(t, s, withTokens(broken{cause}))))
	if e.Reason != BadToken || e.Delivery != NotSent || e.Attempts != 0 || !errors.Is(e, cause) ||
		len(s.requests()) != 0 {
		t.Errorf("%#v", e)
	}
	e = errorOf(t, writeOnce(t.Context(), clientOf(t, s, withTokens(broken{&Error{
		Operation: "authorize/oauth",
		Reason:    Unavailable,
	}}))))
	if e.Reason != Unavailable {
		t.Errorf("the reason of the grant's own failure is lost: %v", e)
	}
}
