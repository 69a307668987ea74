package transport

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// Limits of what is read of an answer, in bytes. They are far beyond any documented answer.
const (
	maxStream    = 64 << 20 // of a successful answer that is consumed as it arrives
	DefaultBody  = 8 << 20  // of any other successful answer, and of one element of a stream
	maxErrorBody = 64 << 10
)

// ErrCutOff is an answer of which only the beginning arrived.
var ErrCutOff = fmt.Errorf("the answer is incomplete: %w", io.ErrUnexpectedEOF)

// Reply is an HTTP answer, read to its end or to its limit.
type Reply struct {
	Status      int
	Phrase      string // reason phrase, where the server also puts messages
	ContentType string
	RetryAfter  string
	Location    string
	Encoding    string // of an answer that is not UTF-8
	Body        []byte // of an answer that could not be read whole, its beginning
}

// OK reports whether the status is a success.
func (r *Reply) OK() bool { return r.Status >= 200 && r.Status < 300 }

// RedirectTarget returns the URL that a redirect leads to, nil for other answers.
func (r *Reply) RedirectTarget() *url.URL {
	if r.Status < 300 || r.Status > 399 || r.Location == "" {
		return nil
	}
	target, err := url.Parse(r.Location)
	if err != nil {
		return nil
	}
	return target
}

// IsJSON reports whether the content type is JSON.
func (r *Reply) IsJSON() bool {
	kind, _, err := mime.ParseMediaType(r.ContentType)
	return err == nil && (strings.HasSuffix(kind, "/json") || strings.HasSuffix(kind, "+json"))
}

func newReply(resp *http.Response) Reply {
	return Reply{
		Status:      resp.StatusCode,
		Phrase:      strings.TrimSpace(strings.TrimPrefix(resp.Status, fmt.Sprint(resp.StatusCode))),
		ContentType: resp.Header.Get("Content-Type"),
		RetryAfter:  resp.Header.Get("Retry-After"),
		Location:    resp.Header.Get("Location"),
	}
}

// read reads a successful answer whole, or returns an error. Of any other answer it keeps what
// arrives.
func (r *Reply) read(in io.Reader, consume func(io.Reader) error, maxBody int64) error {
	if !r.OK() {
		r.Body = readErrorText(in)
		return nil
	}
	body := bufio.NewReader(in)
	if err := r.requireJSON(body); err != nil {
		if CodeOf(err) == NotJSON {
			r.Body = readErrorText(body)
		}
		return err
	}
	if consume != nil {
		return consume(newLimitedReader(body, maxStream, maxBody))
	}
	limited := newLimitedReader(body, maxBody, maxBody)
	var content bytes.Buffer
	_, err := content.ReadFrom(limited)
	r.Body = content.Bytes()
	if errors.Is(err, io.ErrUnexpectedEOF) || err == nil && limited.open() {
		return ErrCutOff
	}
	return err
}

// readErrorText returns what can be read of an error body, as UTF-8.
func readErrorText(body io.Reader) []byte {
	content, _ := io.ReadAll(io.LimitReader(body, maxErrorBody))
	text, _ := redact.Decode(content)
	return text
}

// requireJSON decides by the first byte: JSON counts under any content type. The content type
// decides if the first byte could belong to either. An empty answer is left to the decoder.
func (r *Reply) requireJSON(body *bufio.Reader) error {
	start, _ := body.Peek(2)
	if r.Encoding = redact.EncodingOf(start); r.Encoding != "" {
		return &Error{Code: NotJSON, Text: "the answer is encoded in " + r.Encoding + " instead of UTF-8"}
	}
	first, err := firstByte(body)
	switch {
	case errors.Is(err, io.EOF), first == '{', first == '[':
		return nil
	case err != nil:
		return err
	case r.ContentType != "" && !r.IsJSON():
		return &Error{
			Code: NotJSON, Text: fmt.Sprintf("the answer is not JSON but %q", redact.Clean(r.ContentType, 1<<16)),
		}
	case first == '<':
		return &Error{Code: NotJSON, Text: "the answer is not JSON but an HTML page"}
	}
	return nil
}

// firstByte returns the first byte after white space and byte order marks, which it skips.
func firstByte(body *bufio.Reader) (byte, error) {
	const ignored, most = " \t\r\n\xef\xbb\xbf", 1 << 10
	for range most {
		b, err := body.ReadByte()
		if err != nil {
			return 0, err
		}
		if strings.IndexByte(ignored, b) < 0 {
			return b, body.UnreadByte()
		}
	}
	return ' ', nil
}
