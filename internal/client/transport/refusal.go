package transport

import (
	"encoding/json"
	"html"
	"net/http"
	"regexp"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// Refusal is the content of an answer that is not a success. Its texts are the server's: sanitize
// them before display.
type Refusal struct {
	Phrase  string                     // if it differs from the standard phrase
	Label   string                     // "error" of the token layer: invalid_token, insufficient_scope …
	Text    string                     // for people
	Members map[string]json.RawMessage // of a JSON object
}

// Refusal reads {"error","error_description"}, {"Error"}, {"ErrorDetails"}, HTML, text and the
// reason phrase.
func (r *Reply) Refusal() Refusal {
	body, _ := redact.Decode(r.Body)
	refusal := refusalOfJSON(body)
	if refusal.Members == nil {
		refusal.Text = textOfPage(string(body), r.ContentType)
	}
	if phrase := strings.TrimSpace(r.Phrase); !strings.EqualFold(phrase, http.StatusText(r.Status)) {
		refusal.Phrase = phrase
	}
	return refusal
}

// Message combines phrase, label and text without repetition.
func (r Refusal) Message() string {
	said := r.Label + ": " + r.Text
	if r.Label == "" || r.Text == "" {
		said = r.Label + r.Text
	}
	switch {
	case r.Phrase == "" || strings.Contains(said, r.Phrase):
		return said
	case said == "" || strings.Contains(r.Phrase, said):
		return r.Phrase
	}
	return r.Phrase + "; " + said
}

// messageMembers are the members with a text for people, the most specific first. "error" and
// "Error" differ.
var messageMembers = []string{
	"error_description", "Error", "ErrorDetails", "Message", "message", "errorMessage", "error_message", "detail",
	"title",
}

// refusalOfJSON returns no members for anything but an object.
func refusalOfJSON(body []byte) (r Refusal) {
	if json.Unmarshal(body, &r.Members) != nil || r.Members == nil {
		return Refusal{}
	}
	r.Label = r.member("error")
	for _, name := range messageMembers {
		if r.Text = r.member(name); r.Text != "" {
			break
		}
	}
	var e exception
	_ = json.Unmarshal(body, &e) // members that are not texts stay empty
	r.Text = e.addTo(r.Text)
	if strings.ContainsAny(r.Label, " \t\n") { // a sentence instead of a label
		if r.Text == "" {
			r.Text = r.Label
		}
		r.Label = ""
	}
	return r
}

// generic is the Message of ASP.NET that comes before more specific members.
var generic = redact.Pattern(`(?i)^an error has occurred\.?$`)

// exception is an error of ASP.NET, whose formatters differ in the case of names. Decoding ignores it.
type exception struct {
	MessageDetail, ExceptionMessage string
	InnerException                  *exception
}

const maxInnerExceptions = 8

// addTo adds the messages to a text. They replace a generic one.
func (e *exception) addTo(text string) string {
	for depth := 0; e != nil && depth <= maxInnerExceptions; depth++ {
		for _, more := range []string{strings.TrimSpace(e.MessageDetail), strings.TrimSpace(e.ExceptionMessage)} {
			switch {
			case strings.Contains(text, more):
			case text == "", generic().MatchString(strings.TrimSpace(text)):
				text = more
			default:
				text = strings.TrimRight(text, ". ") + ". " + more
			}
		}
		e = e.InnerException
	}
	return text
}

// member returns a string, or a number or truth value as its text.
func (r Refusal) member(name string) string {
	raw := r.Members[name]
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s // also for null
	}
	if len(raw) == 0 || raw[0] == '{' || raw[0] == '[' {
		return ""
	}
	return string(raw)
}

var (
	pageTitle = redact.Pattern(`(?is)<title[^>]*>(.*?)</title`)
	pageHead  = redact.Pattern(`(?is)<h[12][^>]*>(.*?)</h[12]`)
	pageTag   = redact.Pattern(`(?s)<[^>]*>?`)
)

const htmlPage = "an HTML page"

// textOfPage returns the title of an HTML page without markup, and any other text unchanged.
func textOfPage(page, contentType string) string {
	if !strings.Contains(strings.ToLower(contentType), "html") && !strings.HasPrefix(strings.TrimSpace(page), "<") {
		return page
	}
	for _, re := range []*regexp.Regexp{pageTitle(), pageHead()} {
		if m := re.FindStringSubmatch(page); m != nil {
			return pageTag().ReplaceAllString(html.UnescapeString(pageTag().ReplaceAllString(m[1], " ")), " ")
		}
	}
	if strings.TrimSpace(page) == "" {
		return ""
	}
	return htmlPage
}
