package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// running is a server in the foreground of a goroutine.
type running struct {
	lines []string
	log   *lockedBuffer
	stop  func() error
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// serve runs the command until it has printed its greeting.
func serve(t *testing.T, args ...string) running {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	in, out := io.Pipe()
	r := running{log: &lockedBuffer{}}
	done := make(chan error, 1)
	go func() {
		err := run(ctx, args, out, r.log)
		_ = out.CloseWithError(io.EOF)
		done <- err
	}()
	stop := sync.OnceValue(func() error { cancel(); return <-done })
	t.Cleanup(func() { _ = stop() })
	r.stop = stop
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		r.lines = append(r.lines, lines.Text())
		if strings.HasPrefix(lines.Text(), "curl ") {
			break
		}
	}
	return r
}

func (r running) value(prefix string) string {
	for _, l := range r.lines {
		if v, ok := strings.CutPrefix(l, prefix); ok {
			return strings.Trim(v, " '")
		}
	}
	return ""
}

func TestCommand_PrintsCredentialsAndServes(t *testing.T) {
	r := serve(t, "-company", "-tls", "-log")
	if !strings.HasPrefix(r.lines[0], "https://127.0.0.1:") || r.value("user:") != "terraform" ||
		r.value("password:") != "demo-terraform" ||
		r.value("client id:") != "terraform-provider-codesign" || r.value("export VENAFI_URL=") != r.lines[0] ||
		r.value("export VENAFI_TOKEN=") != r.value("token:") {
		t.Fatalf("greeting: %q", r.lines)
	}
	bundle := r.value("export VENAFI_TRUST_BUNDLE=")
	pem, err := os.ReadFile(bundle)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}}
	defer transport.CloseIdleConnections()
	request, _ := http.NewRequest(http.MethodPost, r.lines[0]+"/vedsdk/Codesign/EnumerateProjects",
		strings.NewReader("{}"))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+r.value("token:"))
	res, err := transport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK || !bytes.Contains(body, []byte("Rocket Firmware")) {
		t.Errorf("HTTP %d %.200s", res.StatusCode, body)
	}
	if err := r.stop(); err != nil {
		t.Error(err)
	}
	if log := r.log.String(); !strings.Contains(log, `POST Codesign/EnumerateProjects "terraform" 200 result 1`) ||
		strings.Contains(log, r.value("token:")) {
		t.Errorf("log: %s", log)
	}
	if _, err := os.Stat(filepath.Dir(bundle)); !os.IsNotExist(err) {
		t.Error("the temporary certificate is left behind")
	}
}

func TestCommand_CommandsEndTheBlockToPaste(t *testing.T) {
	var out bytes.Buffer
	greet(&out, greeting{url: "http://127.0.0.1:1", token: "t", commands: "cd /somewhere\nterraform plan"})
	want := "Paste this block into another shell:\n\nexport VENAFI_URL='http://127.0.0.1:1'\nexport " +
		"VENAFI_TOKEN='t'\ncd /somewhere\nterraform plan\n"
	if !strings.HasSuffix(out.String(), want) || strings.Contains(out.String(), "curl") {
		t.Errorf("got %s", out.String())
	}
}

func TestCommand_WorldFile(t *testing.T) {
	dir := t.TempDir()
	file, cert := filepath.Join(dir, "world.json"), filepath.Join(dir, "ca.pem")
	if err := os.WriteFile(file, []byte(`{"users":[{"name":"zoe","password":"p"}],"clients":[{"id":"mine"}]}`),
		0o600); err != nil {
		t.Fatal(err)
	}
	r := serve(t, "-world", file, "-user", "zoe", "-tls", "-cert-out", cert)
	if r.value("user:") != "zoe" || r.value("client id:") != "mine" {
		t.Errorf("greeting: %q", r.lines)
	}
	if err := r.stop(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(cert); err != nil {
		t.Error("a certificate file that was asked for stays:", err)
	}
}

func TestCommand_InvalidArguments(t *testing.T) {
	for name, args := range map[string][]string{
		"another address": {"-listen", "0.0.0.0:0"}, "a missing file": {"-world", "/nonexistent"}, "both worlds": {
			"-world",
			"x", "-company",
		},
		"an unknown user": {"-user", "unknown"}, "an unknown flag": {"-unknown"},
	} {
		if err := run(t.Context(), args, io.Discard, io.Discard); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestCommand_HelpExplainsJWTs(t *testing.T) {
	var help bytes.Buffer
	if _, err := parse([]string{"-h"}, &help); err == nil || !strings.Contains(help.String(), jwtRecipe) ||
		!strings.Contains(help.String(), "vsign-sdk") {
		t.Errorf("%v\n%s", err, help.String())
	}
}

func TestCommand_JWTRecipeLogsIn(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("the recipe needs openssl, which is not installed")
	}
	r := serve(t, "-company")
	for _, user := range []string{"ada.brandt", "repo:northwind/platform:ref:refs/heads/main"} {
		made, err := exec.CommandContext(t.Context(), "sh", "-c", "user="+user+"\n"+jwtRecipe).Output()
		if err != nil {
			t.Fatal(err)
		}
		body, err := json.Marshal(map[string]string{
			"client_id": "vsign-sdk", "scope": "codesign",
			"jwt": strings.TrimSpace(string(made)),
		})
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.Post(r.lines[0]+"/vedauth/authorize/jwt", "application/json", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", user, res.Status)
		}
	}
}
