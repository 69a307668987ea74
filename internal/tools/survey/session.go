package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
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
	r := &recorder{inner: roundTripper}
	const agent = "terraform-provider-codesign/survey"
	tokens := auth.NewSource(credentials, r, client.Options{UserAgent: agent})
	base, err := url.Parse(credentials.BaseURL)
	if err != nil {
		return nil, err
	}
	engine := transport.New(transport.Options{
		BaseURL: credentials.BaseURL, Transport: r, Tokens: tokens, MaxRetries: 3, MaxDelay: time.Minute,
		MaxConcurrentRequests: 1, FollowRedirects: true, UserAgent: agent, Secrets: tokens.Secrets(),
	})
	return &session{url: base.Scheme + "://" + base.Host, engine: engine, tokens: tokens, recorder: r}, nil
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

var writing = regexp.MustCompile(`/(Create|Update|Rename|Delete|Approve)\w*$`)

// send makes one call, a GET without a body. A read is repeated after a failure of the network or of a
// gateway, a write never. The error is about a call without an answer.
func (s *session) send(ctx context.Context, call string, in members) (*exchange, error) {
	r := transport.Request{
		Name: call, Method: http.MethodGet, Path: "/vedsdk/" + call, Retry: transport.Repeatable,
	}
	if writing.MatchString(call) {
		r.Retry = func(transport.Result) string { return "" }
	}
	if strings.HasPrefix(call, "authorize/") {
		r.Path = "/vedauth/" + call
	}
	if in != nil {
		body, err := json.Marshal(in)
		if err != nil {
			return nil, err
		}
		r.Method, r.Body = http.MethodPost, body
	}
	s.recorder.kept.Delete("")
	result := s.engine.Do(ctx, r)
	e := s.recorder.last("")
	if e == nil {
		return nil, result.Err
	}
	e.call = call
	return e, nil
}

// recorder keeps the last answer, and those of the grant and of its revocation.
type recorder struct {
	inner http.RoundTripper
	kept  sync.Map // of *exchange: "grant", "revoke" and "" for the last answer
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
	r.kept.Store(name, newExchange(name, resp.StatusCode, resp.Header.Get("Content-Type"), body))
	return resp, nil
}

func (r *recorder) last(name string) *exchange {
	e, _ := r.kept.Load(name)
	kept, _ := e.(*exchange)
	return kept
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
