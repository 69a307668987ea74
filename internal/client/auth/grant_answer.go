package auth

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// grantAnswer is the answer to a grant (DOC, OAS26). Every member but access_token may be missing,
// and numbers may be quoted.
type grantAnswer struct {
	AccessToken  wireText   `json:"access_token"`
	RefreshToken wireText   `json:"refresh_token"`
	Expires      wireNumber `json:"expires"`       // unix seconds
	ExpiresIn    wireNumber `json:"expires_in"`    // seconds, absent in old versions
	RefreshUntil wireNumber `json:"refresh_until"` // unix seconds, 21.1 and later
	Scope        wireText   `json:"scope"`
	Identity     wireText   `json:"identity"` // prefixed universal
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

// wireText is a JSON string. Any other value counts as absent.
type wireText string

func (t *wireText) UnmarshalJSON(b []byte) error {
	var s string
	if json.Unmarshal(b, &s) == nil {
		*t = wireText(strings.TrimSpace(s))
	}
	return nil
}

// granted is a token with its other properties.
type granted struct {
	oauth2.Token
	Identity     string
	Scope        string
	Obtained     time.Time
	RefreshUntil time.Time // zero: unknown
	sameGrant    bool      // obtained by the refresh token of the previous grant, which ended the previous token
}

func (a grantAnswer) granted(now time.Time) *granted {
	out := &granted{
		Token: oauth2.Token{
			AccessToken:  string(a.AccessToken),
			RefreshToken: string(a.RefreshToken),
			Expiry:       a.expiry(now),
		},
		Identity: string(a.Identity),
		Scope:    string(a.Scope),
		Obtained: now,
	}
	if a.RefreshUntil > 0 {
		out.RefreshUntil = time.Unix(int64(a.RefreshUntil), 0)
	}
	return out
}

// expiry prefers the lifetime in seconds, which does not depend on the clocks. An end in the past
// means that the clocks differ, so it counts as unknown.
func (a grantAnswer) expiry(now time.Time) time.Time {
	if a.ExpiresIn > 0 {
		return now.Add(time.Duration(min(int64(a.ExpiresIn), maxLife)) * time.Second)
	}
	if end := time.Unix(int64(a.Expires), 0); a.Expires > 0 && end.After(now) {
		return end
	}
	return time.Time{}
}

const maxLife = 100 * 365 * 24 * 3600 // seconds; keeps hostile numbers out of time arithmetic

// aboutToExpire is true in the last minute of a token, or in the last tenth of a shorter life.
func (g *granted) aboutToExpire(now time.Time) bool {
	if g.Expiry.IsZero() {
		return false
	}
	margin := time.Minute
	if tenth := g.Expiry.Sub(g.Obtained) / 10; !g.Obtained.IsZero() && tenth > 0 {
		margin = min(margin, tenth)
	}
	return !now.Add(margin).Before(g.Expiry)
}
