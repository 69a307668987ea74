package api

import (
	"regexp"
	"strings"
)

var bearer = regexp.MustCompile(`(?i)\bbearer[\s:]+[A-Za-z0-9+/=._~-]+`)

// redact removes the token, and whatever looks like one that follows "Bearer", from a text of the server.
func redact(text, token string) string {
	if token != "" {
		text = strings.ReplaceAll(text, token, "[redacted]")
	}
	return bearer.ReplaceAllString(text, "Bearer [redacted]")
}
