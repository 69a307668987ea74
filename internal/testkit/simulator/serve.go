package simulator

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
)

const maxRequestBody = 1 << 20

// serve takes a request through log, faults, checks and its handler.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxRequestBody))
	if err != nil {
		return
	}
	op := lookup(r.URL.Path)
	entry := s.open(r, op.name, body)
	record := *entry
	f := s.fault(op.name, false)
	record.Fault = f.Kind
	if f.Kind != SlowBody && !pause(r, f.Delay) {
		s.finished(entry, record)
		return
	}
	a, replaced := f.answer(instead, r)
	if f.Kind == Gateway502LateCommit {
		s.commitLater(r, op, body, f.CommitAfter)
	}
	if !replaced {
		a, record.Unknown = s.handle(r, op, body)
		record.Result = a.result
		if lost, ok := f.answer(afterwards, r); ok {
			a = lost
		} else {
			a = f.spoil(a)
		}
	}
	record.Status = a.status
	s.finished(entry, record) // before the client can see the answer
	a.write(w, r)
}

// open begins the entry of a request in the log.
func (s *Server) open(r *http.Request, name string, body []byte) *Request {
	entry := &Request{
		Time: time.Now(), Method: r.Method, Path: name, Agent: r.UserAgent(), Body: string(body),
	}
	unlock := s.lock()
	if found, _ := s.authenticate(r); found != nil {
		entry.User = found.who.Name
	}
	s.log = append(s.log, entry)
	hooks := s.hooks
	unlock()
	for _, hook := range hooks {
		hook(*entry)
	}
	return entry
}

// handle carries an operation out.
func (s *Server) handle(r *http.Request, op *operation, body []byte) (a answer, unknown []string) {
	defer s.lock()()
	c := &call{Server: s, request: r}
	a = c.catch(func() answer {
		c.prepare(op, body)
		unknown = c.unknown(op)
		return c.carryOut(op)
	})
	return s.finish(a), unknown
}

// prepare checks what is the same for every operation, and reads the body.
func (c *call) prepare(op *operation, body []byte) {
	if op.handle == nil {
		c.remark(op.name, "unknown operation")
		c.stop(page(http.StatusNotFound, "File or directory not found."))
	}
	c.stopIf(c.request.Method != op.method,
		page(http.StatusMethodNotAllowed, "HTTP verb used to access this page is not allowed."))
	c.admit(op)
	c.decode(body)
}

// admit ends the call without the token or the scope that the operation needs.
func (c *call) admit(op *operation) {
	if op.scope == "" {
		return
	}
	found, a := c.authenticate(c.request)
	c.stopIf(found == nil, a)
	c.session, c.actor = found, found.who
	if need := c.scopeOf(op); !found.granted.allows(need) {
		c.stop(authError(http.StatusForbidden, "insufficient_scope",
			fmt.Sprintf("Grant rejected scope '%s'. The call to %s requires it.", need, op.name)))
	}
}

// decode reads the body of a POST, which is JSON.
func (c *call) decode(body []byte) {
	r := c.request
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.Method != http.MethodPost:
	case len(bytes.TrimSpace(body)) == 0:
	case kind != "application/json":
		c.stop(page(http.StatusUnsupportedMediaType, "Unsupported media type."))
	case json.Unmarshal(body, &c.body) != nil:
		c.stop(badRequest("The request body is not a JSON object."))
	}
}

// authenticate finds the session of a request's bearer token.
func (s *Server) authenticate(r *http.Request) (*session, answer) {
	header := cmp.Or(r.Header.Get("Authorization"), r.Header.Get("X-Venafi-Api-Key")) // vendor's Python client
	if header == "" {
		return nil, authError(http.StatusUnauthorized, "invalid_token", "The access token is missing.")
	}
	kind, token, ok := strings.Cut(header, " ")
	if !ok || !strings.EqualFold(kind, "Bearer") {
		return nil, authError(http.StatusUnauthorized, "session_error", "Invalid token format")
	}
	token = strings.TrimSpace(token)
	found := s.sessions[token]
	if found == nil || token != found.access || !s.now.Before(found.expires) {
		return nil, invalidToken()
	}
	return found, answer{}
}

func invalidToken() answer {
	return authError(http.StatusUnauthorized, "invalid_token",
		"The access token provided is expired, revoked, malformed, or invalid for other reasons.")
}
