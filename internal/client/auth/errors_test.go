package auth

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// answering is a server that says one thing.
func answering(status string, contentType, body string) http.RoundTripper {
	return roundTrip(func(r *http.Request) (*http.Response, error) {
		return &http.Response{
			Status: status, StatusCode: int(statusNumber(status)), Request: r,
			Header: http.Header{"Content-Type": {contentType}, "Location": {"https://elsewhere.example.com/login?x=PLANTED"}},
			Body:   io.NopCloser(strings.NewReader(body)),
		}, nil
	})
}

func statusNumber(status string) (n wireNumber) {
	_ = json.Unmarshal([]byte(status[:3]), &n)
	return n
}

func TestGrant_RefusalMessages(t *testing.T) {
	const scopeAdvice = "codesign:admin for reading rights"
	for name, tt := range map[string]struct {
		status, contentType, body string
		says                      []string
	}{
		"scope in the reason phrase alone": {
			"403 Failed to issue grant: User is not authorized for the requested scope", "", "",
			[]string{
				"403 Forbidden: Failed to issue grant: User is not authorized for the requested scope",
				"Reduce scope", scopeAdvice, "codesign:manage for changing", "configuration for looking up",
			},
		},
		"scope in the body": {
			"400 Bad Request", "application/json",
			`{"error":"invalid_scope","error_description":"Scope 'codesign:admin' is not valid"}`,
			[]string{"invalid_scope: Scope 'codesign:admin' is not valid", scopeAdvice},
		},
		"wrong password": {
			"400 Bad Request", "application/json",
			`{"error":"invalid_grant","error_description":"Username/password authentication failed"}`,
			[]string{"invalid_grant: Username/password authentication failed", "tpp_username", "tpp_password"},
		},
		"unknown client": {
			"400 Bad Request", "application/json", `{"error":"invalid_client"}`,
			[]string{"Set client_id", "API integration"},
		},
		"dialect of the other half of the server": {
			"401 Unauthorized", "application/json; charset=utf-8", `{"Error":"No."}`,
			[]string{"401 Unauthorized: No.", "tpp_password"},
		},
		"an echo of what was sent": {
			"400 Bad Request", "text/plain", "no such thing as " + plantedPassword,
			[]string{"no such thing as (hidden)"},
		},
		"control characters and a long text": {
			"400 Bad Request", "text/plain", "\x1b[31mred\r\nline" + strings.Repeat("x", 5000),
			[]string{"Bad Request: red line", "…"},
		},
		"a page with a title": {
			"403 Forbidden", "text/html; charset=utf-8", "<html><head><title>Access to\n this <b>site</b> is " +
				"blocked</title>PLANTED", []string{"403 Forbidden: Access to this site is blocked", "tpp_password"},
		},
		"another member": {
			"400 Bad Request", "application/json", `{"Message":"The request is invalid."}`,
			[]string{"400 Bad Request: The request is invalid."},
		},
		"a long explanation": {
			"400 Bad Request", "application/json", `{"error":"invalid_grant","error_description":"` +
				strings.Repeat("because ", 45) + `at last"}`, []string{"because at last"},
		},
		"wrong address": {
			"404 Not Found", "text/html", "<html>PLANTED</html>", []string{"404 Not Found: an HTML page", "Check url"},
		},
		"login page with status 200": {
			"200 OK", "text/html", "<html>PLANTED</html>", []string{
				"without an access token (text/html)", "login page",
			},
		},
		"success without a token": {
			"200 OK", "application/json", `{"refresh_token":"PLANTED"}`, []string{
				"without an access token (application/json)",
			},
		},
		"a token that cannot be one": {
			"200 OK", "application/json", `{"access_token":"PLANTED\r\nX-Injected: 1"}`,
			[]string{"without an access token"},
		},
		"redirect": {
			"307 Temporary Redirect", "", "", []string{
				`a redirect to "https://elsewhere.example.com/login"`,
				"only to the configured address", "Set url",
			},
		},
		"internal error": {
			"500 Internal Server Error", "application/json", `{"Error":"Internal error occurred."}`,
			[]string{"500 Internal Server Error: Internal error occurred", "Run again later"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			log := &loggedLines{}
			says := answering(tt.status, tt.contentType, tt.body)
			s := NewSource(byPassword(t), says, client.Options{Logger: log})
			_, err := s.Token(context.Background())
			wantSaid(t, err, append(tt.says, "password grant of robot", "POST /vedauth/authorize/oauth")...)
			wantNoSecret(t, strings.Join(log.lines, "\n"))
			if strings.ContainsAny(asShown(err), "\x1b\r\n") || strings.Contains(asShown(err), "[31m") ||
				len(asShown(err)) > 1500 {
				t.Errorf("not one short printable line: %q", asShown(err))
			}
			if strings.Contains(asShown(err), "value is not a JWT") {
				t.Errorf("a password is described as a JWT: %q", asShown(err))
			}
		})
	}
}

func TestGrant_SimulatorRefusals(t *testing.T) {
	for _, terse := range []bool{false, true} {
		w := world()
		w.Settings.TerseErrors = terse
		w.Clients[0].Scope = "codesign"
		server := simulator.New(w)
		_, err := sourceOf(t, byPassword(t), server.Transport()).Token(context.Background())
		wantSaid(t, err, "User is not authorized for the requested scope", "Reduce scope")
		wrong := choose(t, map[string]string{attrUsername: "robot", attrPassword: "PLANTED-wrong"})
		_, err = sourceOf(t, wrong, server.Transport()).Token(context.Background())
		wantSaid(t, err, "Username/password combination not valid")
		var refused *Error
		if !errors.As(err, &refused) || refused.Status != http.StatusBadRequest || refused.Reason != GrantRefused {
			t.Errorf("error is %#v", err)
		}
	}
}

func TestJWTGrant_RefusalNamesClaims(t *testing.T) {
	server := simulator.New(world())
	for name, tt := range map[string]struct{ jwt, says string }{
		"expired":   {"h.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwiZXhwIjoxNzAwMDAwMDAwLCJzdWIiOiJQTEFOVEVEIn0.PLANTED", `The JWT expired at 2023-11-14T22:13:20Z. Issue a new one. Its issuer is "https://issuer.example".`},
		"alive":     {"h.eyJleHAiOjQxMDI0NDQ4MDB9.PLANTED", "The JWT is valid until 2100-01-01T00:00:00Z."},
		"no JWT":    {"PLANTED", "is not a JWT"},
		"no claims": {"h.PLANTED!.s", "claims of the JWT cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := sourceOf(t, choose(t, map[string]string{attrJWT: tt.jwt}), server.Transport()).
				Token(context.Background())
			wantSaid(t, err, tt.says, "JWT grant of external_jwt", "JWT mapping")
		})
	}
}
