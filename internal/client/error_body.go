package client

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// errorBody is the content of an answer that is not a success.
type errorBody struct {
	transport.Refusal
	code   Code // of a ticket or an envelope; one that reports success does not count
	ticket bool
}

func isDeadlock(r *transport.Reply) bool {
	return r.Status == http.StatusInternalServerError &&
		bytes.Contains(bytes.ToLower(r.Body), []byte("rerun the transaction"))
}

func (o operation) readErrorBody(r *transport.Reply) errorBody {
	f := errorBody{Refusal: r.Refusal()}
	for name, raw := range f.Members {
		switch strings.ToLower(name) {
		case "result":
			f.ticket = true
			var result flexInt
			_ = result.UnmarshalJSON(raw)
			if code := codeOf(o.family, result); o.family != "" && r.Status >= 400 && !code.isSuccess() {
				f.code = code
			}
		case "guid", "guids", "issueddueto", "approvers":
			f.ticket = true
		}
	}
	return f
}

var (
	quotedScope = redact.Pattern(`(?i)scopes?\b[^'"]{0,40}['"]([\w:;, ]{1,200})['"]`)
	bareScope   = redact.Pattern(
		`\b(?:admin|agent|certificate|codesignclient|codesign|configuration|restricted|security|ssh|` +
			`statistics)(?::[a-z]+(?:,[a-z]+)*)?\b`,
	)
)

// scopeIn finds the missing scope in the description of insufficient_scope.
func scopeIn(text string) string {
	if m := quotedScope().FindStringSubmatch(text); m != nil {
		return strings.TrimSpace(m[1])
	}
	return bareScope().FindString(text)
}
