package auth

import (
	"context"
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// echoing refuses everything and sends back what it got, far enough in for a careless cut to split a secret.
func echoing(padding int) http.RoundTripper {
	return roundTrip(func(r *http.Request) (*http.Response, error) {
		body, _ := io.ReadAll(r.Body)
		return &http.Response{
			Status: "400 got " + string(body), StatusCode: http.StatusBadRequest, Request: r,
			Header: http.Header{"Content-Type": {"text/plain"}},
			Body:   io.NopCloser(strings.NewReader(strings.Repeat("x", padding) + string(body))),
		}, nil
	})
}

func TestSecrets_RemovedFromServerText(t *testing.T) {
	for name, block := range map[string]map[string]string{
		"password":                  {attrUsername: "robot", attrPassword: plantedPassword},
		"password with odd letters": {attrUsername: "robot", attrPassword: `PLANTED"<\&é` + "\tPLANTED"},
		"JWT":                       {attrJWT: plantedJWT},
		"JWT of a file":             {attrJWTFile: secretFile(t, plantedJWT)},
		"refresh token file":        {attrRefreshTokenFile: secretFile(t, "PLANTED==")},
		"refresh token file, renewed": {attrRefreshTokenFile: secretFile(t,
			`{"refresh_token":"PLANTED==","access_token":"PLANTED+old/=="}`)},
	} {
		for padding := redact.MaxMessageLength - 60; padding <= redact.MaxMessageLength; padding += 3 {
			log := &loggedLines{}
			s := NewSource(choose(t, block), echoing(padding), client.Options{Logger: log})
			_, err := s.Token(context.Background())
			shown := asShown(err) + strings.Join(log.lines, "\n")
			if strings.Contains(shown, "PLANT") {
				t.Fatalf("%s, %d letters before: %s", name, padding, shown)
			}
		}
	}
}

func TestSecrets_RemovedFromHeaders(t *testing.T) {
	basic := base64.StdEncoding.EncodeToString([]byte("robot:" + plantedPassword))
	for name, answer := range map[string]http.Response{
		"location": {
			Status: "307 Temporary Redirect",
			Header: http.Header{"Location": {"https://x.example/login/" + plantedPassword + "/back"}},
		},
		"content type": {Status: "200 OK", Header: http.Header{"Content-Type": {"text/" + plantedPassword}}},
		"base64":       {Status: "401 Basic " + basic},
	} {
		log := &loggedLines{}
		s := NewSource(byPassword(t), roundTrip(func(r *http.Request) (*http.Response, error) {
			out := answer
			out.StatusCode, out.Request, out.Body = int(statusNumber(out.Status)), r, http.NoBody
			return &out, nil
		}), client.Options{Logger: log})
		_, err := s.Token(context.Background())
		shown := asShown(err) + strings.Join(log.lines, "\n")
		if strings.Contains(shown, "PLANTED") || strings.Contains(shown, basic[10:30]) ||
			!strings.Contains(shown, redact.Placeholder) {
			t.Errorf("%s: %s", name, shown)
		}
	}
}

func TestSource_Secrets(t *testing.T) {
	server := simulator.New(world())
	first := issueRefreshToken(t, server.Transport())
	path := secretFile(t, first)
	s := sourceOf(t, byFile(t, path), server.Transport())
	token := mustToken(t, s)
	doc, err := openTokenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, secret := range map[string]string{"first refresh token": first, "second refresh " +
		"token": string(doc.RefreshToken), "access token": token.Value} {
		if got := s.Secrets().Redact("x " + secret + " x"); secret == "" || got != "x "+redact.Placeholder+" x" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestCredentials_Secrets(t *testing.T) {
	for want, block := range map[string]map[string]string{
		"t": {attrAccessToken: "t"}, "p": {attrUsername: "robot", attrPassword: "p"}, "a.b.c": {attrJWT: "a.b.c"},
		"AAAA+q": {attrP12Data: "AAAA", attrP12Password: "q"}, "": {attrJWTFile: "jwt"},
	} {
		if got := strings.Join(choose(t, block).secrets(), "+"); got != want {
			t.Errorf("secrets are %q, want %q", got, want)
		}
	}
}
