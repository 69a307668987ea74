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
	r := &recorder{inner: roundTripper}
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

// getCalls have no body.
var getCalls = map[string]bool{
	"SystemStatus/Version": true, "Identity/Self": true, "Permissions/Refresh": true,
	"Codesign/GetGlobalConfiguration": true, "authorize/verify": true,
}

// send makes one call. A read is repeated after a failure of the network or of a gateway, a write
// never. The error is about a call without an answer.
func (s *session) send(ctx context.Context, call string, in any, write bool) (*exchange, error) {
	r := transport.Request{
		Name: call, Method: http.MethodPost, Path: "/vedsdk/" + call,
		Token: func(ctx context.Context) (string, error) {
			token, err := s.tokens.Token(ctx)
			return token.Value, err
		},
		Retry: func(result transport.Result) string {
			if write || !mayRepeat(result) {
				return ""
			}
			return "another attempt may succeed"
		},
	}
	if getCalls[call] {
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
	s.recorder.forget()
	result := s.engine.Do(ctx, r)
	if e := s.recorder.last(call); e != nil {
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

	mu      sync.Mutex
	current *recorded
	grant   *recorded
	revoked *recorded
}

type recorded struct {
	status      int
	contentType string
	body        []byte
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
	kept := &recorded{resp.StatusCode, resp.Header.Get("Content-Type"), body}
	r.mu.Lock()
	defer r.mu.Unlock()
	switch path := strings.ToLower(req.URL.Path); {
	case strings.HasSuffix(path, "/revoke/token"):
		r.revoked = kept
	case strings.Contains(path, "/vedauth/authorize/") && !strings.HasSuffix(path, "/verify"):
		r.grant = kept
	default:
		r.current = kept
	}
	return resp, nil
}

func (r *recorder) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.current = nil
}

func (r *recorder) last(call string) *exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.current == nil {
		return nil
	}
	return newExchange(call, r.current.status, r.current.contentType, r.current.body)
}

// addGrant adds the answers of the grant and of its revocation. A token that was given has neither.
func (r *recorder) addGrant(ev *evidence) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for name, kept := range map[string]*recorded{"grant": r.grant, "revoke": r.revoked} {
		if kept == nil {
			ev.skipped[name] = "the access token was given, not requested"
			continue
		}
		ev.exchanges[name] = newExchange(name, kept.status, kept.contentType, kept.body)
	}
}
