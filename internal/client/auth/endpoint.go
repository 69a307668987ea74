package auth

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// maxDelay is the longest delay between two attempts: all requests wait for the token.
const maxDelay = 10 * time.Second

// The calls of the authentication server (OAS26).
const (
	pathPassword    = "/vedauth/authorize/oauth"
	pathCertificate = "/vedauth/authorize/certificate" // TLS carries the certificate
	pathJWT         = "/vedauth/authorize/jwt"         // 22.4 and later
	pathRefresh     = "/vedauth/authorize/token"       // the refresh token is single use
	pathRevoke      = "/vedauth/revoke/token"
)

// endpoint calls the authentication server, /vedauth.
type endpoint struct {
	origin string // of the tokens
	engine *transport.Engine
}

// newEndpoint follows no redirect: credentials are sent to the configured address and to no other.
func newEndpoint(c Credentials, pool http.RoundTripper, o client.Options) *endpoint {
	o.BaseURL, o.Transport, o.Secrets, o.MaxDelay = c.BaseURL, pool, &redact.Secrets{}, maxDelay
	o.FollowRedirects, o.MaxConcurrentRequests, o.Tokens = false, 0, nil
	o.Secrets.Add(c.secrets()...)
	return &endpoint{origin: c.origin(), engine: transport.New(o)}
}

// tokenRequest is one request for tokens, with what the messages about it need.
type tokenRequest struct {
	*endpoint

	path          string
	advice        string // if the credentials are refused
	body          requestBody
	retry         func(transport.Result) string
	uninterrupted bool // an attempt that has begun does not end with the context
}

// requestBody has the members of all requests for tokens. Each grant uses some of them.
type requestBody struct {
	ClientID     string `json:"client_id"`
	Username     string `json:"username,omitempty"`
	Password     string `json:"password,omitempty"`
	JWT          string `json:"jwt,omitempty"`
	RefreshToken string `json:"refresh_token,omitempty"`
	Scope        string `json:"scope,omitempty"`
}

// send sends a request for tokens and reads the answer. Beside an error it returns the tokens of
// an answer that could not be read as a whole, if it has a refresh token.
func (q tokenRequest) send(ctx context.Context) (*granted, *Error) {
	body, _ := json.Marshal(q.body) //nolint:errchkjson // texts cannot fail
	r := q.engine.Do(ctx, transport.Request{
		Name: q.path, Method: http.MethodPost, Path: q.path, Body: body, Retry: q.retry,
		Uninterrupted: q.uninterrupted,
	})
	if r.Reply.Status != http.StatusOK {
		return nil, q.error(r)
	}
	var a grantAnswer
	if r.Err == nil && json.Unmarshal(r.Reply.Body, &a) == nil && a.AccessToken != "" &&
		tokenProblem(string(a.AccessToken)) == "" {
		return q.learn(a.received(time.Now())), nil
	}
	return q.learn(salvage(r.Reply.Body)), q.error(r)
}

// learn removes new tokens from later texts.
func (e *endpoint) learn(got *granted) *granted {
	if got != nil {
		e.engine.Secrets.Add(string(got.AccessToken), string(got.RefreshToken))
	}
	return got
}
