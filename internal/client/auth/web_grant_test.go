package auth

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// jwtUntil is an unsigned JWT that ends at a time; the name makes it unique.
func jwtUntil(name string, end time.Time) string {
	claims := fmt.Sprintf(`{"sub":%q,"exp":%d}`, name, end.Unix())
	return "eyJhbGciOiJub25lIn0." + base64.RawURLEncoding.EncodeToString([]byte(claims)) + ".PLANTED"
}

// trusting is a server of short-lived tokens that trusts these JWTs.
func trusting(jwts ...string) *simulator.Server {
	w := world()
	w.Settings.AccessTokenLifetime = 900
	w.Users[0].JWTs = append(w.Users[0].JWTs, jwts...)
	return simulator.New(w)
}

func calls(t *testing.T, server *simulator.Server, grants, exchanges int) {
	t.Helper()
	if a, b := server.Count(callJWT), server.Count(callRefresh); a != grants || b != exchanges {
		t.Errorf("%d grants and %d exchanges, want %d and %d", a, b, grants, exchanges)
	}
}

func TestJWTFileGrant_ExpiredJWT(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		short, next := jwtUntil("short", time.Now().Add(5*time.Minute)), jwtUntil("next", time.Now().Add(24*time.Hour))
		server := trusting(short, next)
		path := secretFile(t, short)
		s := sourceOf(t, choose(t, map[string]string{attrJWTFile: path}), server.Transport())
		mustToken(t, s)
		for range 4 { // unchanged, and expired
			time.Sleep(20 * time.Minute)
			wantAccepted(t, server.Transport(), mustToken(t, s), true)
		}
		calls(t, server, 1, 4)
		for _, disturb := range []func(){
			func() { writeFile(t, path, jwtUntil("another", time.Now().Add(-time.Second))) }, // changed, and expired
			func() { writeFile(t, path, "") },
			func() { _ = os.Remove(path) },
		} {
			disturb()
			time.Sleep(20 * time.Minute)
			wantAccepted(t, server.Transport(), mustToken(t, s), true)
		}
		calls(t, server, 1, 7)
		writeFile(t, path, next) // changed, and valid
		time.Sleep(20 * time.Minute)
		wantAccepted(t, server.Transport(), mustToken(t, s), true)
		calls(t, server, 2, 7)
		time.Sleep(20 * time.Minute)
		wantAccepted(t, server.Transport(), mustToken(t, s), true)
		calls(t, server, 2, 8)
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

func TestJWTFileGrant_RefreshTokenFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := trusting()
		s := sourceOf(t, choose(t, map[string]string{attrJWTFile: secretFile(t, plantedJWT)}), server.Transport())
		mustToken(t, s)
		server.Inject(simulator.Fault{Path: callRefresh, Kind: simulator.ResetAfterCommit, Count: 1})
		time.Sleep(20 * time.Minute)
		wantAccepted(t, server.Transport(), mustToken(t, s), true)
		calls(t, server, 2, 1)
	})
}

// A server that is away for a while uses up no refresh token, and an expired JWT is not sent.
func TestJWTGrant_OutageKeepsRefreshToken(t *testing.T) {
	for _, kind := range []simulator.FaultKind{simulator.Status503, simulator.Status429, simulator.ConnectionRefused} {
		synctest.Test(t, func(t *testing.T) {
			short := jwtUntil("short", time.Now().Add(5*time.Minute))
			for _, block := range []map[string]string{{attrJWT: short}, {attrJWTFile: secretFile(t, short)}} {
				server := trusting(short)
				s := sourceOf(t, choose(t, block), server.Transport())
				mustToken(t, s)
				remove := server.Inject(simulator.Fault{Path: "vedauth", Kind: kind})
				time.Sleep(20 * time.Minute)
				for range 2 {
					_, err := s.Token(context.Background())
					wantSaid(t, err, "POST /vedauth/authorize/token")
				}
				remove()
				wantAccepted(t, server.Transport(), mustToken(t, s), true)
				if n := server.Count(callJWT); n != 1 {
					t.Errorf("%s: %d JWT grants", kind, n)
				}
			}
		})
	}
}

func TestJWTFileGrant_NoRefreshTokenAndNoFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := trusting()
		path := secretFile(t, plantedJWT)
		s := sourceOf(t, choose(t, map[string]string{attrJWTFile: path}), server.Transport())
		mustToken(t, s)
		_ = os.Remove(path)
		server.Inject(simulator.Fault{Path: callRefresh, Kind: simulator.ResetAfterCommit, Count: 1})
		time.Sleep(20 * time.Minute)
		for range 2 {
			_, err := s.Token(context.Background())
			wantSaid(t, err, "The JWT file is not usable", "does not exist")
		}
		calls(t, server, 1, 1)
	})
}

// A server that answers no new refresh token leaves the old one valid (RFC 6749, section 6).
func TestJWTGrant_NoSuccessor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var sent []string
		s := sourceOf(t, choose(t, map[string]string{attrJWT: plantedJWT}),
			roundTrip(func(r *http.Request) (*http.Response, error) {
				body, _ := io.ReadAll(r.Body)
				sent = append(sent, r.URL.Path+string(body))
				answer := `{"access_token":"dG9rZW4=","expires_in":900}`
				if strings.HasSuffix(r.URL.Path, "jwt") {
					answer = `{"access_token":"dG9rZW4=","expires_in":900,"refresh_token":"cmVmcmVzaA=="}`
				}
				return &http.Response{
					Status: "200 OK", StatusCode: http.StatusOK, Request: r,
					Body: io.NopCloser(strings.NewReader(answer)),
				}, nil
			}))
		for range 3 {
			mustToken(t, s)
			time.Sleep(20 * time.Minute)
		}
		if len(sent) != 3 || sent[1] != sent[2] || !strings.Contains(sent[2], "cmVmcmVzaA==") {
			t.Errorf("sent %q", sent)
		}
	})
}

// rewriting changes the answers of the exchange of a refresh token.
func rewriting(inner http.RoundTripper, change func([]byte) ([]byte, error)) http.RoundTripper {
	return roundTrip(func(r *http.Request) (*http.Response, error) {
		resp, err := inner.RoundTrip(r)
		if err != nil || resp.StatusCode != http.StatusOK || !strings.HasSuffix(r.URL.Path, pathRefresh) {
			return resp, err
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			return nil, err
		}
		_ = resp.Body.Close()
		changed, end := change(body)
		resp.Body = io.NopCloser(io.MultiReader(bytes.NewReader(changed), endingWith(end)))
		resp.ContentLength = -1
		return resp, nil
	})
}

type failingReader struct{ err error }

func (f failingReader) Read([]byte) (int, error) { return 0, f.err }

func endingWith(err error) io.Reader {
	if err == nil {
		err = io.EOF
	}
	return failingReader{err}
}

func wide(text []byte, bigEndian bool) []byte {
	out := []byte{0xff, 0xfe}
	if bigEndian {
		out = []byte{0xfe, 0xff}
	}
	for _, b := range text {
		if bigEndian {
			out = append(out, 0, b)
		} else {
			out = append(out, b, 0)
		}
	}
	return out
}

func TestRefreshTokenFile_SuccessorIsNeverLostInAnUnusualAnswer(t *testing.T) {
	for name, change := range map[string]func([]byte) ([]byte, error){
		"byte order mark":        func(b []byte) ([]byte, error) { return append([]byte("\xef\xbb\xbf"), b...), nil },
		"UTF-16 little endian":   func(b []byte) ([]byte, error) { return wide(b, false), nil },
		"UTF-16 big endian":      func(b []byte) ([]byte, error) { return wide(b, true), nil },
		"UTF-16 without a mark":  func(b []byte) ([]byte, error) { return wide(b, false)[2:], nil },
		"something before":       func(b []byte) ([]byte, error) { return append([]byte(")]}',\n"), b...), nil },
		"something behind":       func(b []byte) ([]byte, error) { return append(b, "<!-- proxy -->"...), nil },
		"closing brace missing":  func(b []byte) ([]byte, error) { return bytes.TrimRight(b, "}\r\n "), nil },
		"connection lost at end": func(b []byte) ([]byte, error) { return b, io.ErrUnexpectedEOF },
		"connection lost earlier": func(b []byte) ([]byte, error) {
			return bytes.TrimRight(b, "}\r\n "),
				io.ErrUnexpectedEOF
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server, path := sharing(t)
				s := sourceOf(t, byFile(t, path), rewriting(server.Transport(), change))
				token := mustToken(t, s)
				wantAccepted(t, server.Transport(), token, true)
				doc := stored(t, path)
				if string(doc.AccessToken) != token.Value || !doc.ExchangeBegun.IsZero() {
					t.Errorf("stored %+v", doc)
				}
				time.Sleep(time.Hour)
				wantAccepted(t, server.Transport(), mustToken(t, s), true) // by the successor
			})
		})
	}
}

func TestRefreshTokenFile_SuccessorWithoutAnAccessTokenIsStored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, path := sharing(t)
		broken := true
		s := sourceOf(t, byFile(t, path), rewriting(server.Transport(), func(b []byte) ([]byte, error) {
			if !broken {
				return b, nil
			}
			return bytes.Replace(b, []byte(`"access_token"`), []byte(`"token"`), 1), nil
		}))
		_, err := s.Token(context.Background())
		wantSaid(t, err, "without an access token", "The new refresh token is stored")
		broken = false
		wantAccepted(t, server.Transport(), mustToken(t, s), true)
		if n := server.Count(callRefresh); n != 2 {
			t.Errorf("%d exchanges", n)
		}
	})
}

// The grants that can be repeated name the encoding.
func TestGrant_UTF16(t *testing.T) {
	for _, body := range [][]byte{
		wide([]byte(`{"access_token":"dG9rZW4="}`), false),
		wide([]byte(`{"access_token":"dG9rZW4="}`), true),
	} {
		s := sourceOf(t, byPassword(t), answering("200 OK", "application/json", string(body)))
		_, err := s.Token(context.Background())
		wantSaid(t, err, "encoded in UTF-16")
	}
	s := sourceOf(t, byPassword(t), answering("200 OK", "application/json",
		"\xef\xbb\xbf{\"access_token\":\"dG9rZW4=\"}"))
	if token := mustToken(t, s); token.Value != "dG9rZW4=" {
		t.Errorf("token %q", token.Value)
	}
}

func TestTokenFile_UTF16(t *testing.T) {
	for attribute, next := range map[string]string{attrRefreshTokenFile: "umask 077", attrJWTFile: ""} {
		path := secretFile(t, string(wide([]byte("PLANTED"), false)))
		_, err := sourceOf(t, choose(t, map[string]string{attribute: path}),
			simulator.New(world()).Transport()).Token(context.Background())
		wantSaid(t, err, "encoded in UTF-16", next)
	}
	server := simulator.New(world())
	mustToken(t, sourceOf(t, choose(t, map[string]string{attrJWTFile: secretFile(t,
		"\xef\xbb\xbf"+plantedJWT+"\r\n")}), server.Transport()))
}

// A valid JWT replaces a refresh token that cannot be exchanged now. If that fails too, the message
// is about the refresh token, which is kept.
func TestJWTGrant_OutageOfExchange(t *testing.T) {
	for path, fails := range map[string]bool{callRefresh: false, "vedauth": true} {
		synctest.Test(t, func(t *testing.T) {
			server := trusting()
			s := sourceOf(t, choose(t, map[string]string{attrJWT: plantedJWT}), server.Transport())
			mustToken(t, s)
			server.Inject(simulator.Fault{Path: path, Kind: simulator.ConnectionRefused})
			time.Sleep(20 * time.Minute)
			_, err := s.Token(context.Background())
			if (err != nil) != fails {
				t.Errorf("outage of %s: %v", path, err)
			}
			if fails {
				wantSaid(t, err, "POST /vedauth/authorize/token")
			}
		})
	}
}

func TestJWTGrant_AnswerWithoutAccessToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := trusting()
		s := sourceOf(t, choose(t, map[string]string{attrJWT: plantedJWT}),
			rewriting(server.Transport(), func(b []byte) ([]byte, error) {
				return bytes.Replace(b, []byte(`"access_token"`), []byte(`"token"`), 1), nil
			}))
		mustToken(t, s)
		time.Sleep(20 * time.Minute)
		wantAccepted(t, server.Transport(), mustToken(t, s), true)
		calls(t, server, 2, 1)
	})
}

func TestJWTFileGrant_UnreadableWithoutRefreshToken(t *testing.T) {
	server := trusting()
	path := secretFile(t, plantedJWT)
	s := sourceOf(t, choose(t, map[string]string{attrJWTFile: path}), server.Transport())
	writeFile(t, path, "")
	_, err := s.grant.obtain(t.Context(), "")
	wantSaid(t, err, "The JWT file is not usable")
	writeFile(t, path, plantedJWT)
	mustToken(t, s)
	writeFile(t, path, "")
	if _, err := s.grant.obtain(t.Context(), ""); err != nil {
		t.Errorf("beside a refresh token: %v", err)
	}
}
