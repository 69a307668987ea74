package auth

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

func TestGrantAnswer_Spellings(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	for name, tt := range map[string]struct {
		body   string
		expiry time.Time
	}{
		"both": {
			`{"access_token":"a","expires":1800000900,"expires_in":600}`,
			now.Add(600 * time.Second),
		},
		"an old server":  {`{"access_token":"a","expires":1800000900}`, now.Add(900 * time.Second)},
		"quoted numbers": {`{"access_token":"a","expires":"1800000900"}`, now.Add(900 * time.Second)},
		"quoted life":    {`{"access_token":"a","expires_in":" 600 "}`, now.Add(600 * time.Second)},
		"a fraction":     {`{"access_token":"a","expires_in":599.9}`, now.Add(599 * time.Second)},
		"another case":   {`{"Access_Token":"a","EXPIRES_IN":600}`, now.Add(600 * time.Second)},
		"neither":        {`{"access_token":"a"}`, time.Time{}},
		"null": {
			`{"access_token":"a","expires":null,"expires_in":null,"identity":null}`, time.Time{},
		},
		"an end that is past already": {`{"access_token":"a","expires":1700000000}`, time.Time{}},
		"zero":                        {`{"access_token":"a","expires_in":0,"expires":0}`, time.Time{}},
		"negative":                    {`{"access_token":"a","expires_in":-5}`, time.Time{}},
		"words": {
			`{"access_token":"a","expires_in":"soon","expires":[1],"identity":{"a":1}}`, time.Time{},
		},
		"a number out of this world": {`{"access_token":"a","expires_in":1e300}`, time.Time{}},
		"a life longer than any": {
			`{"access_token":"a","expires_in":99999999999999}`, now.Add(maxLife * time.Second),
		},
	} {
		t.Run(name, func(t *testing.T) {
			var a grantAnswer
			if err := json.Unmarshal([]byte(tt.body), &a); err != nil {
				t.Fatal(err)
			}
			if g := a.received(now); g.AccessToken != "a" || !g.Expiry.Equal(tt.expiry) {
				t.Errorf("token %q expires %s, want %s", g.AccessToken, g.Expiry, tt.expiry)
			}
		})
	}
}

func TestGranted_Margin(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	for name, tt := range map[string]struct {
		life, margin time.Duration
	}{
		"90 days":    {90 * 24 * time.Hour, time.Minute},
		"15 minutes": {15 * time.Minute, time.Minute},
		"5 minutes":  {5 * time.Minute, 30 * time.Second},
		"20 seconds": {20 * time.Second, 2 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			g := granted{Obtained: wireTime{now}}
			g.Expiry.Time = now.Add(tt.life)
			turn := g.Expiry.Add(-tt.margin)
			if g.aboutToExpire(turn.Add(-1)) || !g.aboutToExpire(turn) {
				t.Errorf("not replaced exactly %s ahead", tt.margin)
			}
		})
	}
	if (&granted{}).aboutToExpire(now) {
		t.Error("a token of unknown expiry is used until it is rejected")
	}
}

func FuzzAnyAnswerIsReadOrRefused(f *testing.F) {
	for _, seed := range []string{
		`{"access_token":"a","expires":"1"}`, `[]`, `{"expires_in":1e400}`,
		`{"access_token":{"a":[1]}}`, `null`,
	} {
		f.Add([]byte(seed))
	}
	now := time.Unix(1_800_000_000, 0)
	f.Fuzz(func(t *testing.T, body []byte) {
		var a grantAnswer
		if json.Unmarshal(body, &a) != nil {
			return
		}
		if g := a.received(now); !g.Expiry.IsZero() && !g.Expiry.After(now) {
			t.Fatalf("expires %s, before it was received", g.Expiry)
		}
	})
}

// An answer is a grant only if it is complete, has the status 200 and is not too long. What a
// refusal contains is not taken for tokens.
func TestEndpoint_Grant(t *testing.T) {
	limit := transport.DefaultBody
	const tokens = `{"access_token":"YQ==","refresh_token":"cg=="}`
	padded := func(length int) string {
		return tokens[:len(tokens)-1] + `,"x":"` + strings.Repeat("x", length-len(tokens)-len(`,"x":""`)) + `"}`
	}
	for name, tt := range map[string]struct {
		status             int
		body               string
		end                error
		granted, remembers bool
	}{
		"granted":            {status: 200, body: tokens, granted: true},
		"another success":    {status: 201, body: tokens},
		"a refusal":          {status: 400, body: tokens},
		"a failure":          {status: 500, body: tokens},
		"cut after the end":  {status: 200, body: tokens, end: io.ErrUnexpectedEOF, remembers: true},
		"at the limit":       {status: 200, body: padded(limit), granted: true},
		"beyond the limit":   {status: 200, body: padded(limit + 1), remembers: true},
		"no access token":    {status: 200, body: `{"refresh_token":"cg=="}`, remembers: true},
		"a token with space": {status: 200, body: `{"access_token":"Y Q","refresh_token":"cg=="}`, remembers: true},
	} {
		t.Run(name, func(t *testing.T) {
			s := sourceOf(t, byPassword(t), roundTrip(func(r *http.Request) (*http.Response, error) {
				out := answer(r, tt.status, "")
				out.Body = io.NopCloser(io.MultiReader(strings.NewReader(tt.body), endingWith(tt.end)))
				return out, nil
			}))
			request := tokenRequest{endpoint: s.end, path: pathRefresh, retry: transport.SingleUse}
			got, failure := request.send(t.Context())
			if (failure == nil) != tt.granted || (got != nil) != (tt.granted || tt.remembers) {
				t.Errorf("got %v, %v", got, failure)
			}
		})
	}
}

// A grant is repeated if that is harmless. The exchange of a refresh token is repeated only if the
// server certainly did not carry it out.
func TestEndpoint_RetryPolicies(t *testing.T) {
	type result = transport.Result
	reply := func(status int) transport.Reply { return transport.Reply{Status: status} }
	failed := &transport.Error{Code: transport.Network, Text: "reset"}
	for name, tt := range map[string]struct {
		result                result
		repeatable, singleUse string
	}{
		"granted":             {result{Reply: reply(200), Sent: true}, "", ""},
		"refused":             {result{Reply: reply(400), Sent: true}, "", ""},
		"internal error":      {result{Reply: reply(500), Sent: true}, "", ""},
		"too many":            {result{Reply: reply(429), Sent: true}, "HTTP 429", "HTTP 429"},
		"bad gateway":         {result{Reply: reply(502), Sent: true}, "HTTP 502", ""},
		"not available":       {result{Reply: reply(503), Sent: true}, "HTTP 503", "HTTP 503"},
		"gateway timeout":     {result{Reply: reply(504), Sent: true}, "HTTP 504", ""},
		"not sent":            {result{Err: failed}, "network", "network"},
		"sent":                {result{Err: failed, Sent: true}, "network", ""},
		"not sent, permanent": {result{Err: failed, Permanent: true}, "", ""},
		"sent, permanent":     {result{Err: failed, Sent: true, Permanent: true}, "", ""},
		"answer cut":          {result{Err: failed, Reply: reply(200), Sent: true}, "", ""},
		"neither":             {result{}, "", ""},
	} {
		if got := transport.Repeatable(tt.result); got != tt.repeatable {
			t.Errorf("%s: repeatable says %q, want %q", name, got, tt.repeatable)
		}
		if got := transport.SingleUse(tt.result); got != tt.singleUse {
			t.Errorf("%s: single use says %q, want %q", name, got, tt.singleUse)
		}
	}
}
