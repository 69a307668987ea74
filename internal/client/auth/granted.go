package auth

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// granted are the tokens of a grant, in an answer of the server (DOC, OAS26) and in a refresh token
// file. Every member of an answer but access_token may be missing.
type granted struct {
	RefreshToken wireText `json:"refresh_token"`
	AccessToken  wireText `json:"access_token,omitempty"`
	Obtained     wireTime `json:"obtained,omitzero"`
	Expiry       wireTime `json:"expires,omitzero"`
	RefreshUntil wireTime `json:"refresh_until,omitzero"` // 21.1 and later
	Scope        wireText `json:"scope,omitempty"`
	Identity     wireText `json:"identity,omitempty"` // prefixed universal

	sameGrant   bool // obtained by the refresh token of the previous grant, which ended the previous token
	replacement bool // replaced a token that the server rejected
}

// wireText is a JSON string. Any other value counts as absent.
type wireText string

func (t *wireText) UnmarshalJSON(b []byte) error {
	var s string
	if json.Unmarshal(b, &s) == nil {
		*t = wireText(strings.TrimSpace(s))
	}
	return nil
}

// wireNumber is a whole number, plain or quoted. Any other value counts as absent.
type wireNumber int64

func (n *wireNumber) UnmarshalJSON(b []byte) error {
	f, err := strconv.ParseFloat(strings.TrimSpace(strings.Trim(string(b), `"`)), 64)
	if err == nil && f > 0 && f < 1e15 {
		*n = wireNumber(f)
	}
	return nil
}

// wireTime is a time in unix seconds. The zero time counts as absent.
type wireTime struct{ time.Time }

func (t *wireTime) UnmarshalJSON(b []byte) error {
	var seconds wireNumber
	_ = seconds.UnmarshalJSON(b)
	if seconds > 0 {
		t.Time = time.Unix(int64(seconds), 0)
	}
	return nil
}

// MarshalJSON is called only for a time that is present.
func (t wireTime) MarshalJSON() ([]byte, error) { return strconv.AppendInt(nil, t.Unix(), 10), nil }

// rfc3339 returns a time for a message.
func rfc3339(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// grantAnswer is an answer to a grant.
type grantAnswer struct {
	granted
	ExpiresIn wireNumber `json:"expires_in"` // seconds, absent in old versions
}

const maxLife = 100 * 365 * 24 * 3600 // seconds; keeps hostile numbers out of time arithmetic

// received returns the tokens of an answer that arrived now. It prefers the lifetime in seconds,
// which does not depend on the clocks. An end in the past means that the clocks differ, so it
// counts as unknown.
func (a grantAnswer) received(now time.Time) *granted {
	a.Obtained.Time = now
	switch {
	case a.ExpiresIn > 0:
		a.Expiry.Time = now.Add(time.Duration(min(int64(a.ExpiresIn), maxLife)) * time.Second)
	case !a.Expiry.After(now):
		a.Expiry = wireTime{}
	}
	return &a.granted
}

var tokenMembers = redact.Pattern(
	`(?i)"(access_token|refresh_token|expires|expires_in|refresh_until|scope|identity)"\s*:\s*` +
		`("(?:[^"\\]|\\.)*"|[0-9.]+[\s,}])`,
)

// salvage finds the tokens in an unexpected answer: in UTF-16, with text before or after the JSON,
// or cut off. The exchange of a refresh token uses it up, so that its successor must not be lost.
func salvage(body []byte) *granted {
	text, _ := redact.Decode(body)
	var a grantAnswer
	start := bytes.IndexByte(text, '{')
	if start < 0 || json.NewDecoder(bytes.NewReader(text[start:])).Decode(&a) != nil { // no whole object
		a = grantAnswer{}
		for _, member := range tokenMembers().FindAllString(string(text), -1) {
			_ = json.Unmarshal([]byte("{"+strings.TrimRight(member, "\t\r\n ,}")+"}"), &a)
		}
	}
	if a.RefreshToken == "" || tokenProblem(string(a.RefreshToken)) != "" {
		return nil
	}
	if tokenProblem(string(a.AccessToken)) != "" {
		a.AccessToken = ""
	}
	return a.received(time.Now())
}

// aboutToExpire is true in the last minute of a token, or in the last tenth of a shorter life.
func (g *granted) aboutToExpire(now time.Time) bool {
	if g.Expiry.IsZero() {
		return false
	}
	margin := time.Minute
	if tenth := g.Expiry.Sub(g.Obtained.Time) / 10; !g.Obtained.IsZero() && tenth > 0 {
		margin = min(margin, tenth)
	}
	return !now.Add(margin).Before(g.Expiry.Time)
}

// endsAt describes the expiry for a message.
func (g *granted) endsAt() string {
	if g.Expiry.IsZero() {
		return "its expiry is unknown"
	}
	return "it expires at " + rfc3339(g.Expiry.Time)
}

// minimumAge is the age from which the rejection of a replacement is a new event.
func (g *granted) minimumAge() time.Duration {
	if g.Expiry.IsZero() {
		return time.Minute
	}
	return min(time.Minute, g.Expiry.Sub(g.Obtained.Time)/2)
}
