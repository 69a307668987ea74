package auth

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// answer is what a grant answers, DOC and OAS26; every member but access_token may be missing. Numbers may be quoted.
type answer struct {
	AccessToken  text   `json:"access_token"`
	RefreshToken text   `json:"refresh_token"`
	Expires      number `json:"expires"`       // unix seconds
	ExpiresIn    number `json:"expires_in"`    // seconds, absent in old versions
	RefreshUntil number `json:"refresh_until"` // unix seconds, 21.1 and later
	Scope        text   `json:"scope"`
	Identity     text   `json:"identity"` // prefixed universal
}

// number is a whole number, plain or quoted; anything else counts as not told.
type number int64

func (n *number) UnmarshalJSON(b []byte) error {
	f, err := strconv.ParseFloat(strings.TrimSpace(strings.Trim(string(b), `"`)), 64)
	if err == nil && f > 0 && f < 1e15 {
		*n = number(f)
	}
	return nil
}

// text is a JSON string; anything else counts as not told.
type text string

func (t *text) UnmarshalJSON(b []byte) error {
	var s string
	if json.Unmarshal(b, &s) == nil {
		*t = text(strings.TrimSpace(s))
	}
	return nil
}

// granted is a token with what is known beside it.
type granted struct {
	oauth2.Token
	Identity     string
	Scope        string
	Obtained     time.Time
	RefreshUntil time.Time // zero: not known
	sameGrant    bool      // by the refresh token of the grant before, which ended the token before
}

func (a answer) granted(now time.Time) *granted {
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

// expiry prefers the life in seconds, which a wrong clock cannot spoil. An end that has passed already on receipt is
// such a clock: it counts as not known, and the server's 401 will tell.
func (a answer) expiry(now time.Time) time.Time {
	if a.ExpiresIn > 0 {
		return now.Add(time.Duration(min(int64(a.ExpiresIn), maxLife)) * time.Second)
	}
	if end := time.Unix(int64(a.Expires), 0); a.Expires > 0 && end.After(now) {
		return end
	}
	return time.Time{}
}

const maxLife = 100 * 365 * 24 * 3600 // seconds; keeps a hostile number out of time arithmetic

// aboutToExpire is true in the last minute of a token, or the last tenth of its life if that is shorter.
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
