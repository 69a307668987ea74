package auth

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
)

// echoing refuses everything and sends back what it got, far enough in for a careless cut to split a secret.
func echoing(padding int) http.RoundTripper {
	return roundTrip(func(r *http.Request) (*http.Response, error) {
		body, _ := io.ReadAll(r.Body)
		return &http.Response{
			Status: "400 got " + string(body), StatusCode: http.StatusBadRequest, Request: r, Header: http.Header{"Content-Type": {"text/plain"}},
			Body: io.NopCloser(strings.NewReader(strings.Repeat("x", padding) + string(body))),
		}, nil
	})
}

func TestAServerThatEchoesSecretsDoesNotBringThemIntoMessagesOrLogs(t *testing.T) {
	for name, block := range map[string]map[string]string{
		"password":                    {attrUsername: "robot", attrPassword: plantedPassword},
		"password with odd letters":   {attrUsername: "robot", attrPassword: `PLANTED"<\&é` + "\tPLANTED"},
		"JWT":                         {attrJWT: plantedJWT},
		"JWT of a file":               {attrJWTFile: secretFile(t, plantedJWT)},
		"refresh token file":          {attrRefreshTokenFile: secretFile(t, "PLANTED==")},
		"refresh token file, renewed": {attrRefreshTokenFile: secretFile(t, `{"refresh_token":"PLANTED==","access_token":"PLANTED+old/=="}`)},
	} {
		for padding := maxShown - 60; padding <= maxShown; padding += 3 {
			log := &loggedLines{}
			s, err := NewSource(choose(t, block), echoing(padding), Options{Logger: log})
			if err != nil {
				t.Fatal(err)
			}
			_, err = s.Token(context.Background())
			shown := asShown(err) + strings.Join(log.lines, "\n")
			if strings.Contains(shown, "PLANT") {
				t.Fatalf("%s, %d letters before: %s", name, padding, shown)
			}
		}
	}
}
