package auth

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"os"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	callJWT     = "vedauth/authorize/jwt"
	callRefresh = "vedauth/authorize/token"
)

func TestGrant_RequestMembers(t *testing.T) {
	server := simulator.New(world())
	refresh := issueRefreshToken(t, server.Transport())
	tests := map[string]struct {
		block map[string]string
		call  string
		sends map[string]string
	}{
		"password": {
			block: map[string]string{
				attrUsername: "local:robot", attrPassword: plantedPassword,
				attrScope: "codesign;configuration",
			},
			call: callPassword,
			sends: map[string]string{
				"client_id": DefaultClientID, "username": "local:robot",
				"password": plantedPassword, "scope": "codesign;configuration",
			},
		},
		"JWT": {
			block: map[string]string{attrJWT: plantedJWT}, call: callJWT,
			sends: map[string]string{"client_id": DefaultClientID, "jwt": plantedJWT, "scope": DefaultScope},
		},
		"JWT of a file": {
			block: map[string]string{attrJWTFile: secretFile(t, plantedJWT+"\n")}, call: callJWT,
			sends: map[string]string{"client_id": DefaultClientID, "jwt": plantedJWT, "scope": DefaultScope},
		},
		"refresh token file": {
			block: map[string]string{attrRefreshTokenFile: secretFile(t, refresh+"\n")}, call: callRefresh,
			sends: map[string]string{"client_id": DefaultClientID, "refresh_token": refresh},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			token := mustToken(t, sourceOf(t, choose(t, tt.block), server.Transport()))
			wantAccepted(t, server.Transport(), token, true)
			requests := slices.DeleteFunc(server.Requests(), func(r simulator.Request) bool {
				return r.Path != tt.call
			})
			last := requests[len(requests)-1]
			var sent map[string]string
			if err := json.Unmarshal([]byte(last.Body), &sent); err != nil || !maps.Equal(sent, tt.sends) {
				t.Errorf("sent %s, want %v", last.Body, tt.sends)
			}
			if last.Agent != "test" || len(last.Unknown) > 0 {
				t.Errorf("agent %q, unknown members %v", last.Agent, last.Unknown)
			}
		})
	}
	if remarks := server.Remarks(); len(remarks) > 0 {
		t.Errorf("the server remarks %v", remarks)
	}
}

func TestJWTFileGrant_ReadsFileAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := world()
		w.Settings.AccessTokenLifetime = 900
		w.Users[0].JWTs = append(w.Users[0].JWTs, "PLANTED.second.jwt")
		server := simulator.New(w)
		path := secretFile(t, plantedJWT)
		s := sourceOf(t, choose(t, map[string]string{attrJWTFile: path}), server.Transport())
		mustToken(t, s)
		writeFile(t, path, "PLANTED.stale.jwt")
		time.Sleep(time.Hour)
		for range 3 {
			_, err := s.Token(context.Background())
			wantSaid(t, err, "JWT grant of the file", "external_jwt_file")
		}
		if n := server.Count(callJWT); n != 2 {
			t.Errorf("%d grants, want 2: the same JWT is refused again", n)
		}
		writeFile(t, path, "PLANTED.second.jwt")
		wantAccepted(t, server.Transport(), mustToken(t, s), true)
	})
}

func TestJWTFileGrant_FileErrors(t *testing.T) {
	server := simulator.New(world())
	for name, tt := range map[string]struct{ path, says string }{
		"missing":      {t.TempDir() + "/none", "does not exist"},
		"empty":        {secretFile(t, " \n"), "is empty"},
		"a directory":  {t.TempDir(), "it is a directory"},
		"a device":     {os.DevNull, "a pipe, a device or a socket"},
		"several JWTs": {secretFile(t, "PLANTED.a.b PLANTED.c.d"), "only the JWT"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := sourceOf(t, choose(t, map[string]string{attrJWTFile: tt.path}),
				server.Transport()).Token(context.Background())
			wantSaid(t, err, "The JWT file is not usable", tt.says)
		})
	}
	if n := len(server.Requests()); n != 0 {
		t.Errorf("%d requests", n)
	}
}

func TestJWTGrant_RenewsByRefreshToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := shortLived()
		s := sourceOf(t, choose(t, map[string]string{attrJWT: plantedJWT}), server.Transport())
		mustToken(t, s)
		for range 3 {
			time.Sleep(20 * time.Minute)
			wantAccepted(t, server.Transport(), mustToken(t, s), true)
		}
		if a, b := server.Count(callJWT), server.Count(callRefresh); a != 1 || b != 3 {
			t.Errorf("%d grants and %d exchanges, want 1 and 3", a, b)
		}
		server.ExpireTokens() // and with them the refresh token
		reject(t, s, mustToken(t, s))
		wantAccepted(t, server.Transport(), mustToken(t, s), true)
	})
}

func TestJWTGrant_LostRefreshToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := shortLived()
		s := sourceOf(t, choose(t, map[string]string{attrJWT: plantedJWT}), server.Transport())
		mustToken(t, s)
		server.Inject(simulator.Fault{Path: callRefresh, Kind: simulator.ResetAfterCommit, Count: 1})
		time.Sleep(20 * time.Minute)
		wantAccepted(t, server.Transport(), mustToken(t, s), true)
		if n := server.Count(callRefresh); n != 1 {
			t.Errorf("%d exchanges of a single-use token", n)
		}
	})
}

func TestCertificateGrant_OverTLS(t *testing.T) {
	for name, encoding := range encodings {
		t.Run(name, func(t *testing.T) {
			server := simulator.New(world())
			url, err := server.StartTLS()
			if err != nil {
				t.Fatal(err)
			}
			defer server.Close()
			c := choose(t, map[string]string{
				attrURL: url, attrTrustBundle: string(server.TLSCertificatePEM()), attrP12Password: plantedPassword,
				attrP12File: secretFile(t, string(p12(t, encoding, "robot.example.com", time.Now().Add(time.Hour)))),
			})
			source := sourceOf(t, c, transportOf(t, c))
			token := mustToken(t, source)
			if token.Identity != server.Trustee("robot") {
				t.Errorf("logged in %q", token.Identity)
			}
			if err := source.Close(context.Background()); err != nil {
				t.Error(err)
			}
			wantAccepted(t, server.Transport(), token, false)
		})
	}
}

func TestCertificateGrant_UnknownCertificate(t *testing.T) {
	server := simulator.New(world())
	s := sourceOf(t, choose(t, map[string]string{attrP12File: "client.p12"}), server.Transport())
	_, err := s.Token(context.Background())
	wantSaid(t, err, `client certificate grant of "client.p12"`, "400 Bad Request",
		"maps the certificate to a user", "client_id")
}

// transportOf builds the transport of a choice and closes its connections at the end.
func transportOf(t *testing.T, c Credentials) *http.Transport {
	t.Helper()
	transport, err := NewTransport(c, 4)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(transport.CloseIdleConnections)
	return transport
}

// A caller who leaves gets no refusal, which would be remembered, but keeps a token that arrived.
func TestGrant_CallerLeaves(t *testing.T) {
	for status, left := range map[int]bool{http.StatusOK: false, http.StatusBadRequest: true} {
		ctx, leave := context.WithCancel(context.Background())
		s := sourceOf(t, byPassword(t), roundTrip(func(r *http.Request) (*http.Response, error) {
			leave()
			return answer(r, status, `{"access_token":"YQ=="}`), nil
		}))
		got, err := s.grant.obtain(ctx, "")
		if errors.Is(err, context.Canceled) != left || (got == nil) != left {
			t.Errorf("%d: got %v, %v", status, got, err)
		}
	}
}

func TestCertificateGrant_Origin(t *testing.T) {
	for attribute, want := range map[string]string{
		attrP12File: `client certificate grant of "robot.p12"`,
		attrP12Data: "client certificate grant of p12_cert_data",
	} {
		if got := choose(t, map[string]string{attribute: "robot.p12"}).origin(); got != want {
			t.Errorf("%s: %s", attribute, got)
		}
	}
}
