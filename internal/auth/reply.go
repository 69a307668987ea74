package auth

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// reasonPhrase is what the status line says beyond the usual words for its number.
func reasonPhrase(resp *http.Response) string {
	_, phrase, _ := strings.Cut(resp.Status, " ")
	if strings.EqualFold(strings.TrimSpace(phrase), http.StatusText(resp.StatusCode)) {
		return ""
	}
	return phrase
}

// said is the server's own words about a refusal: reason phrase and body, in whichever dialect. Secrets are hidden
// before the words are cut, since half a secret would not be found.
func (r *reply) said(secrets []string) string {
	reason := cleaned(scrubbed(r.reason, secrets))
	words := cleaned(scrubbed(r.bodyWords(), secrets))
	switch {
	case reason == "" || reason == words:
		return words
	case words == "":
		return reason
	}
	return reason + "; " + words
}

// bodyWords reads both error dialects, {"error","error_description"} and {"Error"}, and plain text. A page of HTML says
// nothing to a reader of a terminal.
func (r *reply) bodyWords() string {
	body := strings.TrimSpace(string(r.body))
	if body == "" {
		return ""
	}
	if strings.Contains(strings.ToLower(r.contentType), "html") || strings.HasPrefix(body, "<") {
		return "an HTML page"
	}
	var dialect struct {
		Error       text `json:"error"` // also "Error": member names are matched without case
		Description text `json:"error_description"`
	}
	if json.Unmarshal(r.body, &dialect) == nil {
		return strings.Trim(string(dialect.Error)+": "+string(dialect.Description), ": ")
	}
	return body
}

func (r *reply) statusText() string {
	return strings.TrimSpace(strconv.Itoa(r.status) + " " + http.StatusText(r.status))
}

// redirectedTo is the host of a redirect, empty where there is none.
func (r *reply) redirectedTo() string {
	if r.status < 300 || r.status > 399 || r.location == "" {
		return ""
	}
	u, err := url.Parse(r.location)
	if err != nil {
		return ""
	}
	return cleaned(u.Scheme + "://" + u.Host + u.EscapedPath())
}
