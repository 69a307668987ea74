package transport

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestReply_Refusal_InnerExceptions(t *testing.T) {
	body := `{}`
	for depth := 9; depth >= 0; depth-- {
		body = fmt.Sprintf(`{"ExceptionMessage":"Level %d","InnerException":%s}`, depth, body)
	}
	got := (&Reply{Body: []byte(body)}).Refusal().Text
	if !strings.HasSuffix(got, "Level 7. Level 8") {
		t.Errorf("got %q, want the levels 0 to 8", got)
	}
}

func TestReply_Refusal(t *testing.T) {
	for _, row := range []struct {
		phrase, kind, body string
		want               string
	}{
		{"Grant has been revoked", "", "", "Grant has been revoked"},
		{"Bad Request", "", "", ""},
		{"bad request", "", "", ""},
		{"Bad Request", "application/json", `{"Error":"why"}`, "why"},
		{"Special", "application/json", `{"Error":"why"}`, "Special; why"},
		{"why", "application/json", `{"Error":"that is why"}`, "that is why"},
		{"It says why, at length", "application/json", `{"Error":"why"}`, "It says why, at length"},
		{"Bad Request", "application/json", `{"ErrorDetails":"details"}`, "details"},
		{
			"Bad Request", "application/json", `{"error":"invalid_request","error_description":"what"}`,
			"invalid_request: what",
		},
		{"Bad Request", "application/json", "\xef\xbb\xbf" + `{"error":"invalid_request"}`, "invalid_request"},
		{"Bad Request", "application/json", `{"error":"a whole sentence"}`, "a whole sentence"},
		{"Bad Request", "application/json", `{"error":"a whole sentence","Message":"and another"}`, "and another"},
		{"Bad Request", "application/json", `{"error":"label","Error":"text"}`, "label: text"},
		{"Bad Request", "application/json", `{"error":{"code":1},"message":"lower case"}`, "lower case"},
		{"Bad Request", "application/json", `{"Error":null,"detail":17}`, "17"},
		{"Bad Request", "application/json", `{"Result":3}`, ""},
		{
			"Bad Request", "", `{"Message":"An error has occurred.","ExceptionMessage":"No row.",` +
				`"ExceptionType":"System.Exception"}`, "No row.",
		},
		{"Bad Request", "", `{"Message":"An error has occurred."}`, "An error has occurred."},
		{
			"Bad Request", "", `{"Message":"No resource was found.","MessageDetail":"No type matches."}`,
			"No resource was found. No type matches.",
		},
		{"Bad Request", "", `{"message":"An error has occurred.","exceptionMessage":"No row."}`, "No row."},
		{
			"Bad Request", "", `{"Message":"An error has occurred.","MessageDetail":"Detail.",` +
				`"ExceptionMessage":"No row."}`, "Detail. No row.",
		},
		{"Bad Request", "", `{"Message":"Bad","ExceptionMessage":"Bad"}`, "Bad"},
		{"Bad Request", "", `{"MessageDetail":"alone"}`, "alone"},
		{
			"Bad Request", "", `{"ExceptionMessage":"See inner.",` +
				`"InnerException":{"Message":"An error has occurred.","ExceptionMessage":"Timeout."}}`,
			"See inner. Timeout.",
		},
		{"Bad Request", "", `{"Error":"why","ExceptionMessage":"No row."}`, "why. No row."},
		{"Bad Request", "", `{"Message":"Bad","Request":{"ExceptionMessage":"No row."}}`, "Bad"},
		{"Bad Request", "", `{"Message":"Bad","InnerException":"No row."}`, "Bad"},
		{"Bad Request", "", `{"Error":["no","text"]}`, ""},
		{"Bad Request", "", "\xff\xfe{\x00}\x00", ""},
		{"Bad Request", "text/plain", "\xef\xbb\xbfplain", "plain"},
		{"Bad Request", "text/plain", "\xff\xfew\x00h\x00y\x00", "why"},
		{"Bad Request", "application/json", `["what"]`, `["what"]`},
		{"Bad Request", "text/plain", "plain", "plain"},
		{"Bad Request", "text/html", "<!DOCTYPE html><TITLE>404 - &lt;b&gt;File&lt;/b&gt;</TITLE>", "404 -  File "},
		{"Bad Request", "", "<html><body><h1>Sign in</h1>", "Sign in"},
		{"Bad Request", "text/html", "<html><body>nothing to quote", "an HTML page"},
		{"Bad Request", "text/html", "  ", ""},
		{"Moved for good", "text/html", "<html>", "Moved for good; an HTML page"},
	} {
		reply := Reply{
			Status: http.StatusBadRequest, Phrase: row.phrase, ContentType: row.kind, Body: []byte(row.body),
		}
		got := reply.Refusal().Message()
		if got != row.want {
			t.Errorf("%q %s: got %q, want %q", row.phrase, row.body, got, row.want)
		}
	}
}

// What is compiled late fails late, so here is each of them.
func TestPatterns_Compile(t *testing.T) {
	t.Parallel()
	for _, compiled := range []int{pageTitle().NumSubexp(), pageHead().NumSubexp()} {
		if compiled != 1 {
			t.Errorf("%d groups", compiled)
		}
	}
	if pageTag().FindString("a <b> c") == "" {
		t.Error("a pattern does not match its example")
	}
}
