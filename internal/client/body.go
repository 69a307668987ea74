package client

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
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

func badAnswer(format string, args ...any) error {
	return &badAnswerError{fmt.Sprintf(format, args...)}
}

func newReply(resp *http.Response) reply {
	return reply{
		status:     resp.StatusCode,
		phrase:     strings.TrimSpace(strings.TrimPrefix(resp.Status, fmt.Sprint(resp.StatusCode))),
		kind:       resp.Header.Get("Content-Type"),
		retryAfter: resp.Header.Get("Retry-After"),
		location:   resp.Header.Get("Location"),
	}
}

// readBody reads the body: of a fault what comes, of a success all of it or an error.
func (k *call) readBody(resp *http.Response, most limits) error {
	if !k.reply.ok() {
		k.reply.body = readErrorText(resp.Body, most.fault)
		return nil
	}
	body := bufio.NewReader(resp.Body)
	if err := wantJSON(body, k.reply.kind); err != nil {
		k.reply.body = readErrorText(body, most.fault)
		return err
	}
	if k.consume != nil {
		return k.consume(newLimitedReader(body, most.stream, most.body))
	}
	in := newLimitedReader(body, most.body, most.body)
	all, err := io.ReadAll(in)
	if err == nil && in.open() {
		err = errCutOff
	}
	if err == nil {
		k.reply.body = all
	}
	return err
}

// readErrorText returns what can be read of an error body, as UTF-8.
func readErrorText(body io.Reader, limit int64) []byte {
	content, _ := io.ReadAll(io.LimitReader(body, limit))
	text, _ := redact.Decode(content)
	return text
}

// wantJSON goes by how the body begins: it is JSON under any label, and a page is none under any. The label decides where
// neither can be seen, and a missing one lets the body prove itself. What is empty is told as such later.
func wantJSON(body *bufio.Reader, contentType string) error {
	if start, _ := body.Peek(2); redact.EncodingOf(start) != "" {
		return badAnswer("the answer is encoded in %s, expected UTF-8", redact.EncodingOf(start))
	}
	first, err := firstByte(body)
	switch {
	case errors.Is(err, io.EOF), first == '{', first == '[':
		return nil
	case err != nil:
		return err
	case contentType != "" && !isJSON(contentType):
		return badAnswer("the answer is no JSON but %q", redact.Clean(contentType, 1<<16))
	case first == '<':
		return badAnswer("the answer is no JSON but an HTML page")
	}
	return nil
}

// firstByte is the first byte after white space and a byte order mark, which are skipped.
func firstByte(body *bufio.Reader) (byte, error) {
	const ignoredValue, most = " \t\r\n\xef\xbb\xbf", 1 << 10
	for range most {
		b, err := body.ReadByte()
		if err != nil {
			return 0, err
		}
		if strings.IndexByte(ignoredValue, b) < 0 {
			return b, body.UnreadByte()
		}
	}
	return ' ', nil
}

func isJSON(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return err == nil && (strings.HasSuffix(kind, "/json") || strings.HasSuffix(kind, "+json"))
}
