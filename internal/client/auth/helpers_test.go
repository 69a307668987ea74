package auth

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// Secrets that no message may hold.
const (
	plantedPassword = "PLANTED-password-PLANTED"
	plantedJWT      = "PLANTED.jwt.PLANTED"
)

func TestMain(m *testing.M) {
	if child := os.Getenv("AUTH_TEST_CHILD"); child != "" {
		os.Exit(children[child]())
	}
	goleak.VerifyTestMain(m)
}

// children are what a process does that a test starts from its own binary.
var children = map[string]func() int{
	"login": childLogin, "worker": childWorker, "bundle": childBundle, "full disk": childFullDisk,
}

const base = "https://codesign.example.com"

// world has one robot that every grant logs in.
func world() simulator.World {
	return simulator.World{
		Users: []simulator.User{{
			Name: "robot", Password: plantedPassword, JWTs: []string{plantedJWT},
			Certificate: "robot.example.com",
		}},
		Clients: []simulator.ClientApp{{ID: DefaultClientID}},
	}
}

// choose resolves a block and fails on any problem.
func choose(t *testing.T, block map[string]string) Credentials {
	t.Helper()
	if _, ok := block[attrURL]; !ok {
		block[attrURL] = base
	}
	c, problems := Resolve(block, Settings{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return c
}

func byPassword(t *testing.T) Credentials {
	t.Helper()
	return choose(t, map[string]string{attrUsername: "robot", attrPassword: plantedPassword})
}

func byFile(t *testing.T, path string) Credentials {
	t.Helper()
	return choose(t, map[string]string{attrRefreshTokenFile: path})
}

func sourceOf(t *testing.T, c Credentials, transport http.RoundTripper) *Source {
	t.Helper()
	s := NewSource(c, transport, client.Options{UserAgent: "test", MaxRetries: 2, Logger: &loggedLines{}})
	return s
}

// mustToken asks for the token and fails on an error.
func mustToken(t *testing.T, s *Source) client.Token {
	t.Helper()
	token, err := s.Token(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// wantAccepted checks that the server takes a token.
func wantAccepted(t *testing.T, transport http.RoundTripper, token client.Token, accepted bool) {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, base+"/vedauth/authorize/verify", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token.Value)
	resp, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if (resp.StatusCode == http.StatusOK) != accepted {
		t.Fatalf("the server answers %d to the token", resp.StatusCode)
	}
}

// issueRefreshToken logs the robot in and answers its refresh token.
func issueRefreshToken(t *testing.T, transport http.RoundTripper) string {
	t.Helper()
	body, err := json.Marshal(requestBody{
		ClientID: DefaultClientID, Username: "robot",
		Password: plantedPassword, Scope: DefaultScope,
	})
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodPost, base+pathPassword, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var a grantAnswer
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil || a.RefreshToken == "" {
		t.Fatalf("no refresh token: %v", err)
	}
	return string(a.RefreshToken)
}

// secretFile writes a file that only its owner reads.
func secretFile(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "token")
	writeFile(t, path, content)
	return path
}

func writeFile(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// wantSaid checks that an error says something, and nothing that was planted.
func wantSaid(t *testing.T, err error, says ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one that says %q", says)
	}
	shown := asShown(err)
	for _, s := range says {
		if !strings.Contains(shown, s) {
			t.Errorf("%q\ndoes not say %q", shown, s)
		}
	}
	wantNoSecret(t, shown)
}

// asShown is an error with its advice, as a diagnostic shows it.
func asShown(err error) string {
	if advisor, ok := errors.AsType[interface {
		Advice() string
		error
	}](err); ok {
		return err.Error() + ". " + advisor.Advice()
	}
	return err.Error()
}

func wantNoSecret(t *testing.T, shown string) {
	t.Helper()
	if strings.Contains(shown, "PLANTED") {
		t.Errorf("a secret is shown: %s", shown)
	}
}

// loggedLines is a logger that remembers.
type loggedLines struct {
	mu    sync.Mutex
	lines []string
}

func (l *loggedLines) Debug(_ context.Context, message string, fields map[string]any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, fmt.Sprint(message, fields))
}

// roundTrip is a transport that is a function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// seconds is a time as the server writes it.
func seconds(n int64) wireTime { return wireTime{time.Unix(n, 0)} }

// around says whether a time is what is expected, give or take a second.
func around(t *testing.T, got, want time.Time) {
	t.Helper()
	if d := got.Sub(want); d > time.Second || d < -time.Second {
		t.Errorf("time is %s, want %s", got, want)
	}
}
