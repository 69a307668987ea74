package client

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"unicode"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

func TestBody_BadAnswers(t *testing.T) {
	huge := strings.Repeat("x", transport.DefaultBody)
	for _, row := range []struct {
		name string
		c    canned
		want string
	}{
		{
			"HTML",
			canned{kind: "text/html", body: "<html><title>Sign in to <b>Proxy</b></title>" + huge},
			"Sign in to Proxy",
		},
		{"HTML without a title", canned{kind: "text/html", body: "<html><h1 class=x>Down</h1>"}, "Down"},
		{"text", canned{kind: "text/plain", body: "hello"}, "hello"},
		{"text under its name", canned{kind: "text/plain", body: "hello"}, `not JSON but "text/plain"`},
		{"an invalid content type", canned{kind: ";;;", body: "hello"}, "not JSON"},
		{"HTML under the name of JSON", canned{body: "\r\n<!DOCTYPE html><title>Log in</title>"}, "Log in: the " +
			"answer is not JSON but an HTML page"},
		{
			"HTML under no name",
			canned{header: map[string]string{"Content-Type": ""}, body: "<html><p>"},
			"not JSON but an HTML page",
		},
		{
			"malformed under another name",
			canned{kind: "text/plain", body: `{"Project":}`},
			"malformed JSON near byte 12",
		},
		{"empty under another name", canned{kind: "text/plain"}, "is empty"},
		{"blank under another name", canned{kind: "text/html", body: " \n"}, "is empty"},
		{
			"blank for long",
			canned{body: strings.Repeat(" ", transport.DefaultBody+2000)},
			"larger than 8 MiB",
		},
		{"blank for long under another name", canned{kind: "text/html", body: strings.Repeat(" ",
			transport.DefaultBody+2000)}, `not JSON but "text/html"`},
		{"empty", canned{}, "is empty"},
		{"blank", canned{body: " \n"}, "is empty"},
		{"malformed", canned{body: `{"Project":}`}, "malformed JSON near byte 12"},
		{"a list", canned{body: `[]`}, "unexpected array for the answer"},
		{"two values", canned{body: `{} {}`}, "after the end"},
		{"another kind of member", canned{body: `{"Project":[1]}`}, "unexpected array for Project"},
		{"too large", canned{body: `{"Error":"` + huge + `"}`}, "larger than 8 MiB"},
		{
			"too deep",
			canned{body: strings.Repeat(`{"a":`, 100) + "1" + strings.Repeat("}", 100)},
			"nested deeper than 64",
		},
		{"too deep, endless", canned{body: strings.Repeat(`[`, 100000)}, "nested deeper than 64"},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := always(row.c)
			e := errorOf(t, readOnce(t.Context(), clientOf(t, s)))
			if e.Reason != BadAnswer || len(s.requests()) != 1 {
				t.Errorf("reason %d after %d requests", e.Reason, len(s.requests()))
			}
			if !strings.Contains(e.Error(), row.want) || len(e.Error()) > 1000 {
				t.Errorf("%q is missing, or %d is too long: %.600s", row.want, len(e.Error()), e)
			}
		})
	}
}

func TestBody_CutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, half := range []string{`{"Project":{"Dn`, `{"Project":{"Dn":"x"}`, `{"`, `{`} {
			s := inTurn(canned{body: half}, goodProject)
			if err := readOnce(t.Context(), clientOf(t, s)); err != nil || len(s.requests()) != 2 {
				t.Errorf("%s: %d requests, %v", half, len(s.requests()), err)
			}
			e := errorOf(t, writeOnce(t.Context(), clientOf(t, always(canned{body: half}))))
			if e.Reason != Unavailable || e.Delivery != Unclear || e.Attempts != 1 ||
				!strings.Contains(e.Error(), "the answer is incomplete") {
				t.Errorf("%s: %s after %d attempts, %v", half, e.Delivery, e.Attempts, e)
			}
		}
	})
}

func TestBody_DepthOutsideStrings(t *testing.T) {
	c := canned{body: `{"Project":{"Dn":"` + strings.Repeat(`{[\"`, 200) +
		`","Guid":"{0f1e}","Id":7,"Status":1},"Result":1,"Success":true}`}
	if err := readOnce(t.Context(), clientOf(t, always(c))); err != nil {
		t.Error(err)
	}
}

// The texts of a hostile server: terminal commands, line breaks, direction marks, the token itself.
const hostile = "\x1b[31mred\x1b[0m \x1b]0;title\x07new\r\nset-cookie: a=b\x00\u202eevil\u009b31m token-0 " +
	"Bearer abc123== \x1bP"

func TestError_ControlCharacters(t *testing.T) {
	encoded, err := encode(map[string]string{"error": "invalid_request", "error_description": hostile})
	if err != nil {
		t.Fatal(err)
	}
	inside, err := encode(map[string]any{"Result": 4, "Success": false, "Error": hostile})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]canned{
		"error body":    {status: 400, body: string(encoded)},
		"envelope":      {body: string(inside)},
		"page":          {status: 500, kind: "text/html", body: "<title>" + hostile + "</title>"},
		"text":          {status: 500, kind: "text/plain", body: hostile},
		"reason phrase": {status: 400, phrase: hostile},
		"content type":  {kind: hostile, body: "x"},
		"location":      {status: 307, header: map[string]string{"Location": "https://x/token-0/%1b%5b31m%0a/Bearer%20abc123"}},
		"broken":        {err: errors.New(hostile)},
	} {
		e := errorOf(t, readOnce(t.Context(), clientOf(t, always(c), func(o *Options) { o.MaxRetries = 0 })))
		for _, r := range e.Error() {
			if !unicode.IsPrint(r) || unicode.Is(unicode.Bidi_Control, r) {
				t.Errorf("%s: %U in %q", name, r, e.Error())
			}
		}
		for _, secret := range []string{"token-0", "abc123", "[31m", "[0m"} {
			if strings.Contains(e.Error(), secret) {
				t.Errorf("%s: %q in %q", name, secret, e.Error())
			}
		}
	}
}

func TestError_ReasonPhrase(t *testing.T) {
	for _, row := range []struct {
		c    canned
		want string
	}{
		{canned{status: 400, phrase: "Grant has been revoked"}, "Grant has been revoked"},
		{canned{status: 400, phrase: "Bad Request", body: `{"Error":"why"}`}, "why"},
		{canned{status: 400, phrase: "Special", body: `{"Error":"why"}`}, "Special; why"},
		{canned{status: 404, kind: "text/html", body: "<!DOCTYPE html><TITLE>404 - &lt;b&gt;File&lt;/b&gt;\nnot " +
			"found</TITLE>"}, "404 - File not found"},
	} {
		e := errorOf(t, readOnce(t.Context(), clientOf(t, always(row.c))))
		if e.Message != row.want {
			t.Errorf("got %q, want %q", e.Message, row.want)
		}
	}
}

func TestError_WebServer400(t *testing.T) {
	for name, row := range map[string]struct {
		c    canned
		want Reason
	}{
		"plain spoken to TLS": {canned{status: 400, kind: " ", body: "Client sent an HTTP request to an HTTPS " +
			"server."}, BadAnswer},
		"a page": {canned{status: 400, kind: "text/html", body: "<h2>Bad Request - Invalid " +
			"Hostname</h2>"}, BadAnswer},
		"the API":           {canned{status: 400, body: `{"error":"invalid_request"}`}, Refused},
		"the API in a text": {canned{status: 400, kind: "text/plain", body: `{"Error":"invalid"}`}, Refused},
		"the phrase alone":  {canned{status: 400, kind: "text/html", phrase: "Grant has been revoked"}, Refused},
		"nothing":           {canned{status: 400, kind: "text/html"}, Refused},
	} {
		e := errorOf(t, readOnce(t.Context(), clientOf(t, always(row.c))))
		if e.Reason != row.want || e.Delivery != Answered {
			t.Errorf("%s: reason %d, %v", name, e.Reason, e)
		}
	}
}

func TestBody_TooLargeNotQuoted(t *testing.T) {
	c := canned{body: `{"Project":{"Description":"` + strings.Repeat("a", 9<<20) + `"}}`}
	e := errorOf(t, readOnce(t.Context(), clientOf(t, always(c))))
	if e.Reason != BadAnswer || e.Message != "" || !strings.Contains(e.Error(), "larger than 8 MiB") {
		t.Errorf("%.200s", e.Error())
	}
}

func TestBody_Endless(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := canned{body: strings.Repeat(" ", 1<<20), slow: 1e9}
		e := errorOf(t, readOnce(t.Context(), clientOf(t, always(c), func(o *Options) { o.MaxRetries = 0 })))
		if e.Reason != Unavailable || !strings.Contains(e.Error(), "no complete answer within 30s") {
			t.Error(e)
		}
	})
}
