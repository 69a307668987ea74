package auth

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// Two requests with one token are answered by 401 at the same time: the second rejection finds no token.
func TestReject_TwiceBeforeRenewal(t *testing.T) {
	server := simulator.New(world())
	for name, c := range map[string]Credentials{
		"password": byPassword(t), "file": byFile(t, secretFile(t, issueRefreshToken(t, server.Transport()))),
	} {
		s := sourceOf(t, c, server.Transport())
		dead := mustToken(t, s)
		reject(t, s, dead)
		reject(t, s, dead)
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() { _ = s.Reject(context.Background(), dead) })
		}
		all.Wait()
		if fresh := mustToken(t, s); fresh.Value == dead.Value {
			t.Errorf("%s: the rejected token was used again", name)
		}
	}
	fixed := sourceOf(t, choose(t, map[string]string{attrAccessToken: "PLANTED"}), server.Transport())
	dead := mustToken(t, fixed)
	for range 2 {
		wantSaid(t, fixed.Reject(context.Background(), dead), "cannot renew this token")
	}
	unused := sourceOf(t, byPassword(t), server.Transport())
	if err := unused.Reject(context.Background(), client.Token{Value: "x"}); err != nil {
		t.Error(err)
	}
}

// Callers that wait for one renewal get its token, also after the first of them has reported it as
// rejected.
func TestReject_ByOneOfSeveralWaitingCallers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := shortLived()
		server.Inject(simulator.Fault{Path: callPassword, Kind: simulator.Latency, Delay: time.Second})
		s := sourceOf(t, byPassword(t), server.Transport())
		var all sync.WaitGroup
		for range 100 {
			all.Go(func() {
				token := mustToken(t, s)
				if token.Value == "" {
					t.Error("a caller got neither a token nor an error")
				}
				reject(t, s, token)
			})
		}
		all.Wait()
		if n := server.Count(callPassword); n != 1 {
			t.Errorf("%d grants, want 1", n)
		}
	})
}

// What was configured is sent, by every method, from the block and from the environment.
func TestGrant_ClientIDAndScope(t *testing.T) {
	const clientID, scope = "acme-releases", "codesign:approve"
	w := world()
	w.Clients = append(w.Clients, simulator.ClientApp{ID: clientID})
	for name, block := range map[string]map[string]string{
		pathPassword:    {attrUsername: "robot", attrPassword: plantedPassword},
		pathJWT:         {attrJWT: plantedJWT},
		pathJWT + "2":   {attrJWTFile: secretFile(t, plantedJWT)},
		pathCertificate: {attrP12File: "robot.p12"},
		pathRefresh:     {attrRefreshTokenFile: secretFile(t, "cmVmcmVzaA==")},
	} {
		for from, settings := range map[string][2]map[string]string{
			"block":       {{attrURL: base, attrClientID: " " + clientID, attrScope: scope + "\n"}, {}},
			"environment": {{attrURL: base}, {attrClientID: clientID, attrScope: scope}},
		} {
			maps.Copy(settings[0], block)
			c, problems := Resolve(settings[0], settings[1])
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			server := simulator.New(w)
			_, _ = sourceOf(t, c, server.Transport()).Token(context.Background())
			requests := server.Requests()
			if len(requests) != 1 {
				t.Fatalf("%s: %d requests", name, len(requests))
			}
			var sent map[string]string
			if err := json.Unmarshal([]byte(requests[0].Body), &sent); err != nil {
				t.Fatal(err)
			}
			if sent["client_id"] != clientID || name != pathRefresh && sent["scope"] != scope {
				t.Errorf("%s, %s: sent %q", name, from, sent)
			}
		}
	}
}

func TestGrant_MaxRetriesAndRequestTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for retries := range 4 {
			server := simulator.New(world())
			server.Inject(simulator.Fault{Path: callPassword, Kind: simulator.Status503})
			s := NewSource(byPassword(t), server.Transport(), client.Options{MaxRetries: retries})
			_, err := s.Token(context.Background())
			wantSaid(t, err, "503")
			if n := server.Count(callPassword); n != retries+1 {
				t.Errorf("%d requests with %d retries", n, retries)
			}
		}
		for _, timeout := range []time.Duration{time.Second, 7 * time.Second, 0} {
			server := simulator.New(world())
			server.Inject(simulator.Fault{Path: callPassword, Kind: simulator.Hang})
			s := NewSource(byPassword(t), server.Transport(), client.Options{RequestTimeout: timeout})
			begun := time.Now()
			_, err := s.Token(context.Background())
			wantSaid(t, err, "the request timed out")
			want := timeout
			if want == 0 {
				want = client.DefaultRequestTimeout
			}
			if took := time.Since(begun); took != want {
				t.Errorf("it took %s, want %s", took, want)
			}
		}
	})
}

// childBundle counts what a trust bundle and the system's roots make together.
func childBundle() int {
	system, err := os.ReadFile(os.Getenv("SSL_CERT_FILE"))
	if err != nil {
		fmt.Println(err)
		return 1
	}
	roots, problem := trustedRoots(os.Getenv("BUNDLE"))
	if problem != nil {
		fmt.Println(problem.Detail)
		return 1
	}
	for _, text := range []string{string(system), os.Getenv("BUNDLE")} {
		all, err := readPEM(text)
		if err != nil || len(all) != 1 || !holds(roots, all[0]) {
			fmt.Println("a root is missing", err)
			return 1
		}
	}
	if roots.Equal(x509.NewCertPool()) {
		return 1
	}
	return 0
}

// The system's roots are read once for a process, so this takes one of its own.
func TestTrustBundle_WithSystemRoots(t *testing.T) {
	first, second, _ := twoAuthorities(t)
	cmd := child(t, "bundle", "SSL_CERT_FILE="+secretFile(t, first), "SSL_CERT_DIR="+t.TempDir(), "BUNDLE="+second)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		t.Errorf("%v: %s", err, out.String())
	}
}

func TestFileFault(t *testing.T) {
	missing := fileProblemText("token", &os.PathError{Op: "open", Path: "PLANTED", Err: os.ErrNotExist})
	denied := fileProblemText("token", &os.PathError{Op: "open", Path: "PLANTED", Err: os.ErrPermission})
	other := fileProblemText("token", &os.PathError{Op: "open", Path: "PLANTED", Err: os.ErrClosed})
	if missing != `"token" does not exist` || denied != `permission denied for "token"` ||
		other != `"token": file already closed` {
		t.Errorf("%s, %s, %s", missing, denied, other)
	}
}

func TestCredentials_Fields(t *testing.T) {
	c := choose(t, map[string]string{attrAccessToken: "PLANTED", attrTrustBundle: "/ca.pem"})
	shown := fmt.Sprint(c.Fields())
	for _, part := range []string{"way:access token", "[access_token]", base, DefaultClientID, "trust_bundle:true"} {
		if !strings.Contains(shown, part) {
			t.Errorf("%q is not in %s", part, shown)
		}
	}
}
