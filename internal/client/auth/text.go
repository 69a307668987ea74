package auth

import (
	"strconv"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// quoted is a short, printable form of a text that a user or a server wrote.
func quoted(text string) string { return strconv.Quote(sanitized(text)) }

// sanitized is such a text on one line, cut to a bearable length.
func sanitized(text string) string { return redact.Clean(text, redact.MaxMessageLength) }
