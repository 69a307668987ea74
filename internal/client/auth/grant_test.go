package auth

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

func TestGrantAnswer_NumbersAndTexts(t *testing.T) {
	for text, want := range map[string]grantAnswer{
		`{"expires":"12","expires_in":3.9,"refresh_until":5}`: {
			granted{Expiry: seconds(12), RefreshUntil: seconds(5)}, 3,
		},
		`{"expires":-1,"expires_in":0,"refresh_until":1e15}`:           {},
		`{"expires":"soon","expires_in":null,"refresh_until":[]}`:      {},
		`{"access_token":7,"scope":null,"identity":[],"expires":true}`: {},
		`{"access_token":" a ","scope":" b\n"}`:                        {granted{AccessToken: "a", Scope: "b"}, 0},
	} {
		var got grantAnswer
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s became %+v, %v", text, got, err)
		}
	}
}

func TestGrantAnswer_Times(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	for name, tt := range map[string]struct {
		a             grantAnswer
		expiry, until time.Time
	}{
		"life": {grantAnswer{granted{Expiry: seconds(5)}, 60}, now.Add(time.Minute), time.Time{}},
		"end": {
			grantAnswer{granted{Expiry: seconds(now.Unix() + 9), RefreshUntil: seconds(77)}, 0},
			now.Add(9 * time.Second), time.Unix(77, 0),
		},
		"end now":         {grantAnswer{granted{Expiry: seconds(now.Unix())}, 0}, time.Time{}, time.Time{}},
		"end in the past": {grantAnswer{granted{Expiry: seconds(5)}, 0}, time.Time{}, time.Time{}},
		"neither":         {grantAnswer{}, time.Time{}, time.Time{}},
		"a hostile life":  {grantAnswer{ExpiresIn: 1e14}, now.Add(maxLife * time.Second), time.Time{}},
	} {
		got := tt.a.received(now)
		if !got.Expiry.Equal(tt.expiry) || !got.RefreshUntil.Equal(tt.until) ||
			got.Expiry.IsZero() != tt.expiry.IsZero() || got.RefreshUntil.IsZero() != tt.until.IsZero() {
			t.Errorf("%s: %s and %s", name, got.Expiry, got.RefreshUntil)
		}
	}
}

func TestGranted_AboutToExpire(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	for name, tt := range map[string]struct {
		life, age time.Duration
		known     bool
		want      bool
	}{
		"a minute of a long life is left": {time.Hour, 59 * time.Minute, true, true},
		"a little more than a minute":     {time.Hour, 59*time.Minute - time.Second, true, false},
		"a tenth of a short life":         {100 * time.Second, 90 * time.Second, true, true},
		"more than a tenth":               {100 * time.Second, 89 * time.Second, true, false},
		"start not known":                 {100 * time.Second, 45 * time.Second, false, true},
		"start not known, time left":      {100 * time.Second, 39 * time.Second, false, false},
	} {
		g := &granted{}
		g.Expiry.Time = now.Add(tt.life - tt.age)
		if tt.known {
			g.Obtained.Time = now.Add(-tt.age)
		}
		if got := g.aboutToExpire(now); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if (&granted{}).aboutToExpire(now) {
		t.Error("a token without an end is about to expire")
	}
}

func TestAboutJWT(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	for jwt, want := range map[string]string{
		"opaque":                             "is not a JWT",
		"a.b.c.d":                            "is not a JWT",
		"a.!!.c":                             "claims of the JWT cannot be read",
		"a.W10.c":                            "claims of the JWT cannot be read", // a list
		"a.e30g!.c":                          "claims of the JWT cannot be read", // an object, and more
		"a.e30.c":                            "",
		jwtUntil("x", now.Add(-time.Second)): "The JWT expired at 2027-01-15T07:59:59Z",
		jwtUntil("x", now):                   "The JWT is valid until 2027-01-15T08:00:00Z",
	} {
		got, hasExpired := aboutJWT(jwt, now)
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: %q", jwt, got)
		}
		if expired := strings.Contains(want, "expired"); hasExpired != expired {
			t.Errorf("%s: expired is %v", jwt, !expired)
		}
	}
}

func TestResolve_URLErrors(t *testing.T) {
	_, problems := Resolve(Settings{}, Settings{
		attrURL:         "http://h.example/a?PLANTED",
		attrAccessToken: "t",
	})
	wantProblem(t, problems, attrURL, []string{"From VENAFI_URL: ", `The value is "http://h.example/a".`})
	_, problem := parseURL("h.example")
	if strings.Contains(problem.Detail, "The value is") {
		t.Error(problem.Detail)
	}
	_, problem = parseURL(`https://h.example/x\aperture`)
	if problem == nil {
		t.Error("a backslash hides the path")
	}
	_, problems = Resolve(Settings{}, Settings{attrAccessToken: "t"})
	wantProblem(t, problems, attrURL, []string{"url is missing", "VENAFI_URL"})
}

// The headers of every call of the authentication server.
func TestEndpoint_Headers(t *testing.T) {
	for _, agent := range []string{"", "agent/1"} {
		var seen http.Header
		s := NewSource(byPassword(t), roundTrip(func(r *http.Request) (*http.Response, error) {
			seen = r.Header
			return &http.Response{
				Status: "200 OK", StatusCode: http.StatusOK, Request: r,
				Body: io.NopCloser(strings.NewReader(`{"access_token":"dA=="}`)),
			}, nil
		}), client.Options{UserAgent: agent})
		mustToken(t, s)
		if seen.Get("Accept") != "application/json" || seen.Get("Content-Type") != "application/json" ||
			seen.Get("User-Agent") != agent {
			t.Errorf("sent %v", seen)
		}
	}
}

func TestNewTransport_Defaults(t *testing.T) {
	for connections, want := range map[int]int{0: 0, -1: 0, 1: 2, 64: 65} {
		transport, err := NewTransport(byPassword(t), connections)
		if err != nil || transport.MaxConnsPerHost != want || transport.Proxy == nil ||
			!transport.Protocols.HTTP1() || transport.Protocols.HTTP2() {
			t.Errorf("%d connections became %d, %v", connections, transport.MaxConnsPerHost, err)
		}
	}
}

func TestGranted_MinimumAge(t *testing.T) {
	now := time.Now()
	if got := (&granted{}).minimumAge(); got != time.Minute {
		t.Error(got)
	}
	short := &granted{Obtained: wireTime{now}}
	short.Expiry.Time = now.Add(10 * time.Second)
	long := &granted{Obtained: wireTime{now}}
	long.Expiry.Time = now.Add(time.Hour)
	if short.minimumAge() != 5*time.Second || long.minimumAge() != time.Minute {
		t.Errorf("%s and %s", short.minimumAge(), long.minimumAge())
	}
	if got := (&granted{}).endsAt(); got != "its expiry is unknown" {
		t.Error(got)
	}
	if got := long.endsAt(); !strings.HasPrefix(got, "it expires at ") {
		t.Error(got)
	}
}

// What the exchange of a refresh token in memory does with answers that cannot be read whole.
func TestJWTGrant_UnusualAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := trusting()
		s := sourceOf(t, choose(t, map[string]string{attrJWT: plantedJWT}),
			rewriting(server.Transport(), func(b []byte) ([]byte, error) { return wide(b, false), nil }))
		mustToken(t, s)
		for range 3 {
			time.Sleep(20 * time.Minute)
			wantAccepted(t, server.Transport(), mustToken(t, s), true)
		}
		calls(t, server, 1, 3)
	})
}

func TestSalvage(t *testing.T) {
	e := sourceOf(t, byPassword(t), nil).end
	for body, want := range map[string]string{
		``:                              "",
		`no JSON`:                       "",
		`{"access_token":"YQ=="}`:       "",
		`{"refresh_token":"two words"}`: "",
		`{"refresh_token":"cg==","access_token":"two words"}`:                                "cg==/",
		`{"refresh_token":"cg==","access_token":"YQ==","x":`:                                 "cg==/YQ==",
		`{"access_token":"YQ==","refresh_token":"cg`:                                         "",
		`{"Refresh_Token":"cg==","expires":007,"scope":"\q",`:                                "cg==/",
		`{"refresh_token":"cg==","access_token":"two words","was":{"refresh_token":"b2xk"}}`: "cg==/",
		`x"refresh_token" : "cg==", "expires_in": 900, "access_token"`:                       "cg==/",
	} {
		got := ""
		if g := e.learn(salvage([]byte(body))); g != nil {
			got = string(g.RefreshToken + "/" + g.AccessToken)
		}
		if got != want {
			t.Errorf("%s: %q", body, got)
		}
	}
	if got := e.engine.Sanitize("x cg== YQ== x"); got != "x (hidden) (hidden) x" {
		t.Errorf("a salvaged token is shown: %s", got)
	}
}

func TestError_IsTemporary(t *testing.T) {
	for name, tt := range map[string]struct {
		err  *Error
		want bool
	}{
		"503":                {&Error{Status: 503}, true},
		"429":                {&Error{Status: 429}, true},
		"500":                {&Error{Status: 500}, false},
		"not sent":           {&Error{NotSent: true}, true},
		"no answer":          {&Error{Err: io.EOF}, false},
		"refused by a proxy": {&Error{Status: 400, NotSent: true}, false},
	} {
		if got := tt.err.isTemporary(); got != tt.want {
			t.Errorf("%s: got %v, want %v", name, got, tt.want)
		}
	}
}

func TestPathValue_Boundaries(t *testing.T) {
	for value, isPath := range map[string]bool{
		strings.Repeat("ab/", maxShownPath/3):          true,
		strings.Repeat("ab/", maxShownPath/3+1):        false,
		"abcdefghijklmno":                              true,
		"abcdefghijklmnop":                             false,
		"abcdef1":                                      true,
		"abcdefg1":                                     false,
		"dir/a1B2c3D4e5F6g7H8i9J":                      true,
		"dir/a1B2c3D4e5F6g7H8i9J0":                     false,
		"dir/" + strings.Repeat("a-", 127) + "b":       true,
		"dir/" + strings.Repeat("a-", 128) + "b":       false,
		"my secret file with words":                    true,
		"dir/9b2d1e0c-5f3a-4b7e-8c1d-2a3b4c5d6e7f.pem": true,
		"dir/9b2d1e0c-5f3a-4b7e-8c1d-2a3b4c5d6e7f":     false,
		"/9b2d1e0c5f3a4b7e8c1d2a3b":                    false,
		"  token  ":                                    true,
		"  b2JzY3VyZQ==  ":                             false,
		"-----END CERTIFICATE-----":                    false,
		"12345678901234":                               true,
	} {
		if got := contentKind(value) == ""; got != isPath {
			t.Errorf("%q is a path: %v (%s)", value, got, contentKind(value))
		}
	}
	if !strings.Contains(contentKind("MIIKcQIBAzCCCjcGCSqGSIb3"), "base64") ||
		strings.Contains(contentKind("a\nPRIVATE KEY"), "private") {
		t.Error("the kinds are mixed up")
	}
	if strings.Contains(contentKind("-----BEGIN CERTIFICATE-----"), "private") {
		t.Error("a certificate is taken for a key")
	}
}

func TestTokenFileGrant_WrittenBeforeExchange(t *testing.T) {
	path := secretFile(t, "cmVmcmVzaA==")
	var before tokenFile
	s := sourceOf(t, byFile(t, path), roundTrip(func(*http.Request) (*http.Response, error) {
		before = stored(t, path)
		return nil, io.ErrUnexpectedEOF
	}))
	_, err := s.Token(context.Background())
	wantSaid(t, err, "unknown")
	if before.Server != base || before.ClientID != DefaultClientID || before.ExchangeBegun.IsZero() ||
		before.RefreshToken != "cmVmcmVzaA==" {
		t.Errorf("before the exchange the file holds %+v", before)
	}
	_, err = s.Token(context.Background())
	wantSaid(t, err, "unknown")
	if !stored(t, path).ExchangeBegun.Equal(before.ExchangeBegun) {
		t.Error("the time of the first attempt was replaced")
	}
}

func TestTokenFileGrant_MarkByStatus(t *testing.T) {
	for status, settled := range map[int]bool{
		200: false, 300: true, 307: true, 399: true, 400: true,
		401: true, 403: true, 404: true, 405: false, 500: false,
	} {
		path := secretFile(t, "cmVmcmVzaA==")
		s := sourceOf(t, byFile(t, path), roundTrip(func(r *http.Request) (*http.Response, error) {
			return &http.Response{
				Status: "", StatusCode: status, Request: r, Header: http.Header{}, Body: http.NoBody,
			}, nil
		}))
		if _, err := s.Token(context.Background()); err == nil {
			t.Errorf("%d: no error", status)
		}
		if got := stored(t, path).ExchangeBegun.IsZero(); got != settled {
			t.Errorf("%d: settled is %v", status, got)
		}
	}
}
