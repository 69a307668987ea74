package servertext

import (
	"bytes"
	"encoding/json"
	"html"
	"regexp"
	"strings"
)

// Answer is an HTTP answer as far as words are in it.
type Answer struct {
	Phrase      string // of the status line, without its number
	Usual       string // the phrase that everybody uses for the number
	ContentType string
	Body        []byte
}

// Refusal is what an answer that is no success says. Its texts are those of the server: to be shown they still have to be
// made fit.
type Refusal struct {
	Phrase  string                     // where it says more than the number does
	Label   string                     // "error" of the token layer: invalid_token, insufficient_scope …
	Text    string                     // for people
	Members map[string]json.RawMessage // of an answer that is a JSON object
}

// ReadRefusal understands {"error","error_description"}, {"Error"}, {"ErrorDetails"}, HTML, text and the reason phrase.
func ReadRefusal(a Answer) Refusal {
	r := refusalOfJSON(bytes.TrimPrefix(a.Body, []byte("\xef\xbb\xbf")))
	if r.Members == nil {
		r.Text = textOfPage(string(a.Body), a.ContentType)
	}
	if !strings.EqualFold(strings.TrimSpace(a.Phrase), a.Usual) {
		r.Phrase = strings.TrimSpace(a.Phrase)
	}
	return r
}

// Message is all that is said: phrase, label and text, none of them twice.
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

// texts are the members that speak to people, the most telling first. Case tells "error" from "Error".
var texts = []string{
	"error_description", "Error", "ErrorDetails", "Message", "ExceptionMessage", "message", "errorMessage", "error_message", "detail", "title",
}

// refusalOfJSON has no members for anything but an object.
func refusalOfJSON(body []byte) (r Refusal) {
	if json.Unmarshal(body, &r.Members) != nil || r.Members == nil {
		return Refusal{}
	}
	r.Label = r.member("error")
	for _, name := range texts {
		if r.Text = r.member(name); r.Text != "" {
			break
		}
	}
	if strings.ContainsAny(r.Label, " \t\n") { // a sentence in the place of a label
		if r.Text == "" {
			r.Text = r.Label
		}
		r.Label = ""
	}
	return r
}

// member is a string, and a number or truth value as its text.
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
	pageTitle = Pattern(`(?is)<title[^>]*>(.*?)</title`)
	pageHead  = Pattern(`(?is)<h[12][^>]*>(.*?)</h[12]`)
	pageTag   = Pattern(`(?s)<[^>]*>?`)
)

const nothingToQuote = "an HTML page"

// textOfPage is the title of an HTML page without markup, and any other text as it is.
func textOfPage(page, contentType string) string {
	if !strings.Contains(strings.ToLower(contentType), "html") && !strings.HasPrefix(strings.TrimSpace(page), "<") {
		return page
	}
	for _, re := range []*regexp.Regexp{pageTitle(), pageHead()} {
		if m := re.FindStringSubmatch(page); m != nil {
			return withoutMarkup(m[1])
		}
	}
	if strings.TrimSpace(page) == "" {
		return ""
	}
	return nothingToQuote
}

func withoutMarkup(s string) string {
	return pageTag().ReplaceAllString(html.UnescapeString(pageTag().ReplaceAllString(s, " ")), " ")
}
