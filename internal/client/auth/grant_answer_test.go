package auth

import (
	"encoding/json"
	"testing"
	"time"
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
			if g := a.granted(now); g.AccessToken != "a" || !g.Expiry.Equal(tt.expiry) {
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
			g := granted{Obtained: now}
			g.Expiry = now.Add(tt.life)
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
		if g := a.granted(now); !g.Expiry.IsZero() && !g.Expiry.After(now) {
			t.Fatalf("expires %s, before it was received", g.Expiry)
		}
	})
}
