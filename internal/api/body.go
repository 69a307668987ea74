package api

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/servertext"
)

// limits of what is read of an answer, in bytes.
type limits struct {
	stream int64 // an enumeration, decoded as it comes
	body   int64 // any other success, and one project of an enumeration
	fault  int64 // an answer that is no success
}

var defaultLimits = limits{stream: 64 << 20, body: 8 << 20, fault: 64 << 10}

// maxDepth is far beyond any documented answer.
const maxDepth = 64

// badAnswerError: the server answered something that is not its API.
type badAnswerError struct{ text string }

func (e *badAnswerError) Error() string { return e.text }

func bad(format string, args ...any) error {
	return &badAnswerError{fmt.Sprintf(format, args...)}
}

func replyOf(resp *http.Response) reply {
	return reply{
		status:     resp.StatusCode,
		phrase:     strings.TrimSpace(strings.TrimPrefix(resp.Status, fmt.Sprint(resp.StatusCode))),
		kind:       resp.Header.Get("Content-Type"),
		retryAfter: resp.Header.Get("Retry-After"),
		location:   resp.Header.Get("Location"),
	}
}

// take reads the body: of a fault what comes, of a success all of it or an error.
func (k *call) take(resp *http.Response, most limits) error {
	if !k.reply.ok() {
		k.reply.body, _ = io.ReadAll(io.LimitReader(resp.Body, most.fault))
		return nil
	}
	if err := wantJSON(k.reply.kind); err != nil {
		k.reply.body, _ = io.ReadAll(io.LimitReader(resp.Body, most.fault))
		return err
	}
	if k.consume != nil {
		return k.consume(newGuard(resp.Body, most.stream, most.body))
	}
	in := newGuard(resp.Body, most.body, most.body)
	body, err := io.ReadAll(in)
	if err == nil && in.open() {
		err = errCutOff
	}
	if err == nil {
		k.reply.body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	}
	return err
}

// wantJSON accepts a missing type: the body then has to prove itself.
func wantJSON(contentType string) error {
	if contentType == "" {
		return nil
	}
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil || (!strings.HasSuffix(kind, "/json") && !strings.HasSuffix(kind, "+json")) {
		return bad("the answer is no JSON but %q", servertext.Clean(contentType, 1<<16))
	}
	return nil
}
