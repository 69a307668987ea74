package api

import (
	"bytes"
	"encoding/json"
	"html"
	"net/http"
	"regexp"
	"strings"
)

// fault is what an answer that is no success says, in whichever of the server's dialects.
type fault struct {
	label  string // "error" of the token layer: invalid_token, insufficient_scope …
	text   string
	result flexInt // a result code, where a ticket or an envelope came
	ticket bool
}

func isDeadlock(r reply) bool {
	return r.status == http.StatusInternalServerError &&
		bytes.Contains(bytes.ToLower(r.body), []byte("rerun the transaction"))
}

// readFault understands {"error","error_description"}, {"Error"}, {"ErrorDetails"}, HTML, text and the reason phrase.
func readFault(r reply) *fault {
	f := faultOfJSON(r.body)
	if f == nil {
		f = &fault{text: textOfPage(r)}
	}
	if phrase := clean(r.phrase, maxMessage); f.text == "" && phrase != http.StatusText(r.status) {
		f.text = phrase
	}
	f.text = clean(f.text, 4*maxMessage)
	return f
}

// faultOfJSON is nil for anything but an object. "error" and "Error" are two members.
func faultOfJSON(body []byte) *fault {
	var members map[string]json.RawMessage
	if json.Unmarshal(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")), &members) != nil || members == nil {
		return nil
	}
	f := &fault{label: memberText(members, "error")}
	for _, name := range []string{"error_description", "Error", "ErrorDetails", "Message", "ExceptionMessage"} {
		if f.text = memberText(members, name); f.text != "" {
			break
		}
	}
	for name, raw := range members {
		switch strings.ToLower(name) {
		case "result":
			_ = f.result.UnmarshalJSON(raw)
			f.ticket = true
		case "guid", "guids", "issueddueto", "approvers":
			f.ticket = true
		}
	}
	return f.settle()
}

// settle moves a sentence out of the place of a label.
func (f *fault) settle() *fault {
	if strings.ContainsAny(f.label, " \t\n") {
		if f.text == "" {
			f.text = f.label
		}
		f.label = ""
	}
	return f
}

// message is label and text, for people.
func (f *fault) message() string {
	if f.label == "" || f.text == "" {
		return f.label + f.text
	}
	return f.label + ": " + f.text
}

func memberText(members map[string]json.RawMessage, name string) string {
	var s flexString
	if raw, there := members[name]; there {
		_ = s.UnmarshalJSON(raw)
	}
	return string(s)
}

var (
	pageTitle = pattern(`(?is)<title[^>]*>(.*?)</title`)
	pageHead  = pattern(`(?is)<h[12][^>]*>(.*?)</h[12]`)
	pageTag   = pattern(`(?s)<[^>]*>?`)
)

// textOfPage is the title of an HTML page without markup, and any other text as it is.
func textOfPage(r reply) string {
	page := string(r.body)
	if !strings.Contains(strings.ToLower(r.kind), "html") && !strings.HasPrefix(strings.TrimSpace(page), "<") {
		return page
	}
	for _, re := range []*regexp.Regexp{pageTitle(), pageHead()} {
		if m := re.FindStringSubmatch(page); m != nil {
			return withoutMarkup(m[1])
		}
	}
	return ""
}

func withoutMarkup(s string) string {
	return pageTag().ReplaceAllString(html.UnescapeString(pageTag().ReplaceAllString(s, " ")), " ")
}

var (
	quotedScope = pattern(`(?i)scopes?\b[^'"]{0,40}['"]([\w:;, ]{1,200})['"]`)
	bareScope   = pattern(`\b(?:admin|agent|certificate|codesignclient|codesign|configuration|restricted|security|ssh|statistics)(?::[a-z]+(?:,[a-z]+)*)?\b`)
)

// scopeIn finds the missing scope in the description of an insufficient_scope.
func scopeIn(text string) string {
	if m := quotedScope().FindStringSubmatch(text); m != nil {
		return strings.TrimSpace(m[1])
	}
	return bareScope().FindString(text)
}
