package auth

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

func TestContentKind(t *testing.T) {
	const path, token = "", "it looks like a token or base64"
	dir := t.TempDir()
	longest := strings.Repeat("/abc", maxShownPath/4)
	for value, want := range map[string]string{
		longest:                      path,
		longest + "d":                "too long for a path: 513 characters",
		"-----BEGIN CERTIFICATE":     "it looks like PEM",
		"x-----END CERTIFICATE":      "it looks like PEM",
		"eyJhbGciOiJub25lIn0":        token,
		"eyJhbGciO.abc.def":          token, // no whole number of base64 characters
		"eyJhbGciOiJub25lIn0.e30.ab": "it looks like a JWT",
		"codesign.prod.pem":          path, // three parts as in a JWT
		"'eyJhbGciOiJub25lIn0'":      token,
		"c2VjcmV0=":                  token,
		"abc=":                       token,
		"a b=":                       path,
		"a.b=":                       path,
		"/abcd1234efgh":              path,
		"abcd1234efgh":               token,
		"k3Jd82hsKq01Lm72xZab.pem":   token,
		"9b2d1e0c-5f3a-4b7e-8c1d-2a3b4c5d6e7f.pem":    path,
		filepath.Join(dir, "none"):                    path,
		filepath.Join(dir, "k3Jd82hsKq01Lm72xZab"):    token,
		filepath.Join(dir, strings.Repeat("ab ", 85)): path, // without the last blank
		filepath.Join(dir, strings.Repeat("ab ", 86)): token,
	} {
		if got := contentKind(value); got != want {
			t.Errorf("%q: got %q, want %q", value, got, want)
		}
	}
}

func TestTokenProblem(t *testing.T) {
	const quoted, characters = "is in quotation marks", "contains characters that a token cannot have"
	for value, want := range map[string]string{
		"": "", "abc+/=._~-": "", `"abc`: quoted, "'abc": quoted, "`abc": quoted, `abc"`: quoted, "abc'": quoted,
		"a'b": characters, "tok\u00e9n": characters, "tok\x7fen": characters, "tok\x01en": characters,
		"a b": "contains spaces or line breaks", "a\nb": "contains line breaks",
		"Bearer abc": "begins with the word Bearer",
	} {
		if got := tokenProblem(value); got != want {
			t.Errorf("%q: got %q, want %q", value, got, want)
		}
	}
}

func TestResolve_TrimsPath(t *testing.T) {
	if c := choose(t, map[string]string{attrJWTFile: " /run/jwt\t"}); c.values[attrJWTFile] != "/run/jwt" {
		t.Errorf("got %q", c.values)
	}
}

func TestGrantAnswer_RepeatedMember(t *testing.T) {
	var a grantAnswer
	body := `{"access_token":"a","access_token":17,"expires":20,"expires":"soon"}`
	if err := json.Unmarshal([]byte(body), &a); err != nil || a.AccessToken != "a" || a.Expiry != seconds(20) {
		t.Errorf("got %+v, %v", a, err)
	}
}

func TestGranted_AboutToExpireLimits(t *testing.T) {
	now := time.Now()
	in := now.Add
	for name, c := range map[string]struct {
		obtained, expiry time.Time
		want             bool
	}{
		"no end":                   {now, time.Time{}, false},
		"more than a minute":       {in(-time.Hour), in(time.Minute + time.Second), false},
		"a minute":                 {in(-time.Hour), in(time.Minute), true},
		"a tenth of a short life":  {in(-90 * time.Second), in(10 * time.Second), true},
		"more of a short life":     {in(-89 * time.Second), in(11 * time.Second), false},
		"no beginning":             {time.Time{}, in(59 * time.Second), true},
		"ends before it begins":    {in(time.Hour), in(30 * time.Second), true},
		"ends as soon as it began": {in(30 * time.Second), in(30 * time.Second), true},
	} {
		g := &granted{Expiry: wireTime{c.expiry}, Obtained: wireTime{c.obtained}}
		if got := g.aboutToExpire(now); got != c.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}

func TestTokenFile_Usable(t *testing.T) {
	now := time.Now()
	end := func(d time.Duration) wireTime { return seconds(now.Add(d).Unix()) }
	for name, c := range map[string]struct {
		doc  granted
		want bool
	}{
		"valid":            {granted{AccessToken: "a", Expiry: end(time.Hour)}, true},
		"none":             {granted{Expiry: end(time.Hour)}, false},
		"no end":           {granted{AccessToken: "a"}, false},
		"the one to avoid": {granted{AccessToken: "avoid", Expiry: end(time.Hour)}, false},
		"no token":         {granted{AccessToken: "a b", Expiry: end(time.Hour)}, false},
		"expired":          {granted{AccessToken: "a", Expiry: end(-time.Second)}, false},
		"short life": {granted{
			AccessToken: "a", Obtained: end(-70 * time.Second), Expiry: end(30 * time.Second),
		}, true},
		"end of an unknown life": {granted{AccessToken: "a", Expiry: end(30 * time.Second)}, false},
	} {
		got := tokenFile{granted: c.doc}.usable(now, "avoid")
		if (got != nil) != c.want {
			t.Errorf("%s: got %+v", name, got)
		}
		if got != nil && got.Obtained != c.doc.Obtained {
			t.Errorf("%s: obtained %s", name, got.Obtained)
		}
	}
}

func TestTokenFile_Succeeded(t *testing.T) {
	at := time.Unix(1_800_000_000, 0)
	before := tokenFile{
		granted: granted{RefreshToken: "old", RefreshUntil: seconds(7), Expiry: seconds(8)}, ExchangeBegun: at,
	}
	got := before.succeeded(&granted{AccessToken: "a", Obtained: wireTime{at}})
	if got.RefreshToken != "old" || got.RefreshUntil != seconds(7) || !got.Expiry.IsZero() || !got.Obtained.Equal(at) ||
		!got.ExchangeBegun.IsZero() {
		t.Errorf("without a successor: %+v", got)
	}
	got = before.succeeded(&granted{
		AccessToken: "a", RefreshToken: "new", Expiry: seconds(1_800_000_001), Obtained: wireTime{at},
	})
	if got.RefreshToken != "new" || !got.RefreshUntil.IsZero() || got.Expiry != seconds(1_800_000_001) {
		t.Errorf("with a successor: %+v", got)
	}
	got = before.succeeded(&granted{RefreshToken: "new", Obtained: wireTime{at}, RefreshUntil: wireTime{at}})
	if got.RefreshUntil != seconds(1_800_000_000) {
		t.Errorf("with an end of the successor: %+v", got)
	}
}

func TestTokenFile_Encode(t *testing.T) {
	content, err := tokenFile{granted: granted{RefreshToken: "r", Identity: "a<b>&c"}}.encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{aboutTokenFile, `"a<b>&c"`, "\n  \"refresh_token\": \"r\""} {
		if !strings.Contains(string(content), want) {
			t.Errorf("%s lacks %q", content, want)
		}
	}
}

// oneCredential is a grant with a credential, which may not be readable.
type oneCredential struct {
	grant
	secret string
	err    error
}

func (g *oneCredential) credential() (string, error) { return g.secret, g.err }

func TestRefusal_OfCredential(t *testing.T) {
	refused := &Error{Reason: GrantRefused}
	g := &oneCredential{secret: "a"}
	s := &Source{grant: g}
	now := time.Now()
	if err := s.refused(now); err != nil {
		t.Errorf("before a refusal: %v", err)
	}
	s.rememberRefusal(errors.New("another failure"), "a")
	if err := s.refused(now); err != nil {
		t.Errorf("after another failure: %v", err)
	}
	s.rememberRefusal(refused, "a")
	if err := s.refused(now); !errors.Is(err, refused) {
		t.Errorf("the same credential: %v", err)
	}
	g.secret = "b"
	if err := s.refused(now); err != nil {
		t.Errorf("another credential: %v", err)
	}
	g.secret = "a"
	if err := s.refused(now); err != nil {
		t.Errorf("the first one again, after another: %v", err)
	}
	s.rememberRefusal(refused, "a")
	g.err = errors.New("unreadable")
	if err := s.refused(now); err != nil {
		t.Errorf("an unreadable credential: %v", err)
	}
}

func TestTokenRequest_Error(t *testing.T) {
	call := tokenRequest{endpoint: sourceOf(t, byPassword(t), nil).end, path: "p", advice: "the advice"}
	reply := func(status int, body string) transport.Reply {
		return transport.Reply{Status: status, Phrase: http.StatusText(status), Body: []byte(body)}
	}
	encoded := reply(200, "")
	encoded.Encoding, encoded.ContentType = "UTF-16 (little endian)", "text/html"
	failed := func(code transport.Code) *transport.Error { return &transport.Error{Code: code, Text: "why"} }
	type result = transport.Result
	for name, c := range map[string]struct {
		result result
		want   string
		status int
	}{
		"no answer": {
			result{Err: failed(transport.Network)}, "no answer from the server: why. Check url, the proxy", 0,
		},
		"answer cut": {
			result{Reply: reply(200, ""), Err: failed(transport.Network)}, "no answer from the server: why", 0,
		},
		"no token": {result{Reply: reply(200, "")}, "200 OK without an access token (no content type). A proxy", 200},
		"not JSON": {result{Reply: reply(200, ""), Err: failed(transport.NotJSON)}, "without an access token", 200},
		"bad JSON": {result{Reply: reply(200, ""), Err: failed(transport.BadAnswer)}, "without an access token", 200},
		"another encoding": {
			result{Reply: encoded, Err: failed(transport.NotJSON)},
			"UTF-16 (little endian) instead of UTF-8 (text/html). The authentication server sends UTF-8", 200,
		},
		"nothing said": {result{Reply: reply(400, "")}, "the server answered 400 Bad Request. the advice", 400},
		"another server": {
			result{Reply: reply(400, "a plain HTTP request to an HTTPS port")}, "Another web server answered", 400,
		},
		"an HTTP request":   {result{Reply: reply(400, "a bad HTTP request")}, "request. the advice", 400},
		"about HTTPS":       {result{Reply: reply(400, "HTTPS is needed")}, "needed. the advice", 400},
		"about the client":  {result{Reply: reply(400, "unknown client")}, "Set client_id to the ID", 400},
		"the application":   {result{Reply: reply(400, "no such application")}, "Set client_id to the ID", 400},
		"about the scope":   {result{Reply: reply(403, "bad scope")}, "The requested scope exceeds", 403},
		"not found":         {result{Reply: reply(404, "")}, "The call does not exist at this address", 404},
		"an internal error": {result{Reply: reply(500, "client")}, "cannot process the request now", 500},
	} {
		err := call.error(c.result)
		if !strings.Contains(asShown(err), c.want) || err.Status != c.status {
			t.Errorf("%s: status %d, %q, want %q", name, err.Status, asShown(err), c.want)
		}
		if cause := c.result.Err; c.status == 0 && !errors.Is(err, cause) {
			t.Errorf("%s: the cause is lost", name)
		}
	}
}

func TestTokenFileGrant_HasOtherToken(t *testing.T) {
	path := secretFile(t, "")
	end := &endpoint{engine: transport.New(transport.Options{BaseURL: base, Secrets: &redact.Secrets{}})}
	g := &tokenFileGrant{end: end, path: path}
	tokens := granted{
		RefreshToken: "refresh", AccessToken: "access-1", Expiry: seconds(time.Now().Add(time.Hour).Unix()),
	}
	store(t, path, tokenFile{granted: tokens})
	if g.hasOtherToken("access-1") || !g.hasOtherToken("access-2") {
		t.Error("the token of the file is compared with the given one")
	}
	store(t, path, tokenFile{granted: tokens, Server: "https://other"})
	if _, err := g.credential(); err == nil || g.hasOtherToken("access-2") {
		t.Errorf("the token of another server is usable: %v", err)
	}
	if _, err := g.obtain(context.Background(), ""); err == nil {
		t.Error("the refresh token is sent to another server")
	}
}

func TestSettingsFromEnvironment_AsksForVariablesOnly(t *testing.T) {
	SettingsFromEnvironment(func(name string) (string, bool) {
		if name == "" {
			t.Error("a variable without a name is read")
		}
		return "", false
	})
	s := SettingsFromEnvironment(func(string) (string, bool) { return "value", false })
	if len(s) != 0 {
		t.Errorf("got %+v of variables that are not set", s)
	}
}
