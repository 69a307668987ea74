package auth

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// reply is what the server answered, read whole.
type reply struct {
	status   int
	words    redact.Answer
	location string
}

// said is the server's own words about a refusal: reason phrase and body, in whichever dialect.
func (r *reply) said() string { return redact.ReadRefusal(r.words).Message() }

func (r *reply) statusText() string {
	return strings.TrimSpace(strconv.Itoa(r.status) + " " + http.StatusText(r.status))
}

// redirectedTo is where a redirect leads, without its query, empty where there is none.
func (r *reply) redirectedTo() string {
	if r.status < 300 || r.status > 399 || r.location == "" {
		return ""
	}
	u, err := url.Parse(r.location)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host + u.EscapedPath()
}
