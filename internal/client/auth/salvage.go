package auth

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// The exchange of a refresh token uses it up. An answer that cannot be read as a whole must not
// lose the successor: an answer in UTF-16, with text before or after the JSON, or cut off.

var tokenMembers = redact.Pattern(
	`"(access_token|refresh_token|expires|expires_in|refresh_until|scope|identity)"\s*:\s*` +
		`("(?:[^"\\]|\\.)*"|[0-9]+[\s,}])`,
)

// salvage finds the tokens in an unexpected answer.
func (e *endpoint) salvage(body []byte) *granted {
	text, _ := redact.Decode(body)
	var a grantAnswer
	start := bytes.IndexByte(text, '{')
	if start < 0 || json.NewDecoder(bytes.NewReader(text[start:])).Decode(&a) != nil {
		a = grantAnswer{}
		_ = json.Unmarshal(membersOf(text), &a)
	}
	if a.RefreshToken == "" || tokenProblem(string(a.RefreshToken)) != "" {
		return nil
	}
	if tokenProblem(string(a.AccessToken)) != "" {
		a.AccessToken = ""
	}
	e.secrets.Add(string(a.AccessToken), string(a.RefreshToken))
	return a.granted(time.Now())
}

// membersOf returns a JSON object of the members that can be read.
func membersOf(text []byte) []byte {
	var members []string
	for _, m := range tokenMembers().FindAllSubmatch(text, -1) {
		members = append(members, `"`+string(m[1])+`":`+strings.TrimRight(string(m[2]), "\t\r\n ,}"))
	}
	return []byte("{" + strings.Join(members, ",") + "}")
}
