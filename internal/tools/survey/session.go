package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// session sends requests through the provider's transport and with its authentication, and keeps the
// answers as they arrive: the provider's client hides the spellings that a survey is about.
type session struct {
	url      string
	engine   *transport.Engine
	tokens   *auth.Source
	recorder *recorder
}

const maxBody = 8 << 20

// connect reads the provider's environment variables. A nil roundTripper creates a pool.
func connect(lookup func(string) (string, bool), roundTripper http.RoundTripper) (*session, error) {
	credentials, problems := auth.Resolve(auth.Settings{}, auth.SettingsFromEnvironment(lookup))
	for _, problem := range problems {
		return nil, errors.New(problem.Summary + ": " + problem.Detail)
	}
	if roundTripper == nil {
		pool, err := auth.NewTransport(credentials, 1)
		if err != nil {
			return nil, err
		}
		roundTripper = pool
	}
	r := &recorder{inner: roundTripper, kept: map[string]*exchange{}}
	const agent = "terraform-provider-codesign/survey"
	tokens, err := auth.NewSource(credentials, r, auth.Options{UserAgent: agent})
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(strings.TrimRight(credentials.BaseURL, "/"))
	if err != nil {
		return nil, err
	}
	engine := transport.New(transport.Options{
		BaseURL: base, RoundTripper: r, RequestTimeout: client.DefaultRequestTimeout, MaxRetries: 3,
		MaxDelay: time.Minute, MaxConcurrent: 1, FollowRedirects: true, UserAgent: agent, Secrets: tokens.Secrets(),
		Logger: transport.DiscardLogger,
	})
	return &session{url: base.Scheme + "://" + base.Host, engine: engine, tokens: tokens, recorder: r}, nil
}

// close revokes what the session obtained.
func (s *session) close(ctx context.Context) error { return s.tokens.Close(ctx) }

// calls are the calls of the survey, with the scope that the documentation names.
var calls = map[string]struct {
	scope string
	get   bool // no body is sent
	write bool
}{
	"SystemStatus/Version": {scope: "configuration", get: true}, "authorize/verify": {scope: "any", get: true},
	"Identity/Self": {scope: "configuration", get: true}, "Identity/Validate": {scope: "configuration"},
	"Identity/Browse": {scope: "configuration"}, "Config/IsValid": {scope: "configuration"},
	"Config/DnToGuid": {scope: "configuration"}, "Config/GuidToDn": {scope: "configuration"},
	"Config/Read": {scope: "configuration"}, "Permissions/Refresh": {scope: "security", get: true},

	"Codesign/EnumerateProjects": {scope: "codesign"}, "Codesign/GetProject": {scope: "codesign"},
	"Codesign/GetEnvironment": {scope: "codesign"}, "Codesign/EnumerateApplications": {scope: "codesign"},
	"Codesign/GetObjectRights": {scope: "codesign:admin"}, "Codesign/GetRight": {scope: "codesign:admin"},
	"Codesign/GetTrusteeRights":       {scope: "codesign:admin"},
	"Codesign/GetGlobalConfiguration": {scope: "codesign:manage", get: true},
	createCall:                        {scope: "codesign:manage", write: true},
	updateCall:                        {scope: "codesign:manage", write: true},
	statusCall:                        {scope: "codesign:manage", write: true},
	renameCall:                        {scope: "codesign:manage", write: true},
	deleteCall:                        {scope: "codesign:delete", write: true},

	"Flow/Tickets/Enumerate": {scope: "any"}, "Flow/Tickets/Load": {scope: "any"},
	approveCall:                 {scope: "codesign:approve", write: true},
	"Workflow/Ticket/Enumerate": {scope: "any"}, "Workflow/Ticket/Details": {scope: "any"},
	"Workflow/Ticket/Status": {scope: "any"}, createTicketCall: {scope: "configuration:manage", write: true},
	decideTicketCall: {scope: "codesign:approve", write: true},
	deleteTicketCall: {scope: "configuration:delete", write: true},
}

// Calls that write.
const (
	createCall = "Codesign/CreateProject"
	updateCall = "Codesign/UpdateProject"
	statusCall = "Codesign/UpdateProjectStatus"
	renameCall = "Codesign/RenameProject"
	deleteCall = "Codesign/DeleteProject"

	approveCall      = "Flow/Tickets/Approve"
	createTicketCall = "Workflow/Ticket/Create"
	decideTicketCall = "Workflow/Ticket/UpdateStatus"
	deleteTicketCall = "Workflow/Ticket/Delete"
)

// send makes one call. A read is repeated after a failure of the network or of a gateway, a write
// never. The error is about a call without an answer.
func (s *session) send(ctx context.Context, call string, in any) (*exchange, error) {
	r := transport.Request{
		Name: call, Method: http.MethodPost, Path: "/vedsdk/" + call,
		Token: func(ctx context.Context) (string, error) {
			token, err := s.tokens.Token(ctx)
			return token.Value, err
		},
		Retry: func(result transport.Result) string {
			if calls[call].write || !mayRepeat(result) {
				return ""
			}
			return "another attempt may succeed"
		},
	}
	if calls[call].get {
		r.Method = http.MethodGet
	} else {
		body, err := json.Marshal(in)
		if err != nil {
			return nil, err
		}
		r.Body = body
	}
	if strings.HasPrefix(call, "authorize/") {
		r.Path = "/vedauth/" + call
	}
	s.recorder.keep("", nil)
	result := s.engine.Do(ctx, r)
	if e := s.recorder.last(""); e != nil {
		e.call = call
		return e, nil
	}
	if result.Err != nil {
		return nil, result.Err
	}
	return newExchange(call, result.Reply.Status, result.Reply.ContentType, result.Reply.Body), nil
}

func mayRepeat(result transport.Result) bool {
	if result.Err != nil {
		return !result.Permanent
	}
	switch result.Reply.Status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	default:
		return false
	}
}

// recorder keeps the last answer, and those of the grant and of its revocation.
type recorder struct {
	inner http.RoundTripper

	mu   sync.Mutex
	kept map[string]*exchange // "grant", "revoke" and "" for the last answer
}

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := r.inner.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	_ = resp.Body.Close()
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	name := ""
	switch path := strings.ToLower(req.URL.Path); {
	case strings.HasSuffix(path, "/revoke/token"):
		name = "revoke"
	case strings.Contains(path, "/vedauth/authorize/") && !strings.HasSuffix(path, "/verify"):
		name = "grant"
	}
	r.keep(name, newExchange(name, resp.StatusCode, resp.Header.Get("Content-Type"), body))
	return resp, nil
}

func (r *recorder) keep(name string, e *exchange) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kept[name] = e
}

func (r *recorder) last(name string) *exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.kept[name]
}

// addGrant adds the answers of the grant and of its revocation. A token that was given has neither.
func (r *recorder) addGrant(ev *evidence) {
	for _, name := range []string{"grant", "revoke"} {
		if e := r.last(name); e != nil {
			ev.exchanges[name] = e
		} else {
			ev.skipped[name] = "the access token was given, not requested"
		}
	}
}
