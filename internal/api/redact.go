package api

import (
	"strings"
)

var bearer = pattern(`(?i)\bbearer[\s:]+[A-Za-z0-9+/=._~-]+`)

// shortestToken is far below what a server issues; anything shorter is a typing error, and part of ordinary words.
const shortestToken = 6

// redact removes the token, and whatever looks like one that follows "Bearer", from a text of the server.
func redact(text, token string) string {
	if len(token) >= shortestToken {
		text = strings.ReplaceAll(text, token, "[redacted]")
	}
	return bearer().ReplaceAllString(text, "Bearer [redacted]")
}
