package auth

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// childLogin logs in as the environment says and prints how it went.
func childLogin() int {
	c, problems := Resolve(Settings{}, SettingsFromEnvironment(os.LookupEnv))
	if len(problems) > 0 {
		fmt.Println(problems)
		return 1
	}
	transport, err := NewTransport(c, 0)
	if err != nil {
		fmt.Println(asShown(err))
		return 1
	}
	s := NewSource(c, transport, client.Options{RequestTimeout: 10 * time.Second})
	token, err := s.Token(context.Background())
	if err != nil {
		fmt.Println(asShown(err))
		return 1
	}
	fmt.Println("token by", token.Origin)
	return 0
}

// connectProxy tunnels every CONNECT to one address, whatever host is asked for, and remembers the hosts.
type connectProxy struct {
	to    string
	mu    sync.Mutex
	hosts []string
	seen  strings.Builder
}

func (p *connectProxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.hosts = append(p.hosts, r.Method+" "+r.Host)
	_ = r.Header.Write(&p.seen)
	p.mu.Unlock()
	there, err := net.Dial("tcp", p.to)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer func() { _ = there.Close() }()
	here, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer func() { _ = here.Close() }()
	_, _ = io.WriteString(here, "HTTP/1.1 200 OK\r\n\r\n")
	go func() { _, _ = io.Copy(there, here) }()
	_, _ = io.Copy(here, there)
}

// The proxy of the environment is read once in a process, and never used for loopback: hence a process of its own and
// a host that only the proxy finds.
func TestProxy_FromEnvironment(t *testing.T) {
	identity := certificate(t, "server", time.Now().Add(time.Hour), "codesign.example.com")
	server := tlsServer(t, identity)
	proxy := &connectProxy{to: server.Listener.Addr().String()}
	through := httptest.NewServer(proxy)
	defer through.Close()
	out, err := child(t, "login", "HTTPS_PROXY="+through.URL, "NO_PROXY=", "VENAFI_TRUST_BUNDLE="+pemOf(identity),
		"VENAFI_URL=https://codesign.example.com/vedsdk", "VENAFI_USER=robot",
		"VENAFI_PASS="+plantedPassword).CombinedOutput()
	if err != nil || string(out) != "token by password grant of robot\n" {
		t.Fatalf("%v: %s", err, out)
	}
	proxy.mu.Lock()
	defer proxy.mu.Unlock()
	if len(proxy.hosts) != 1 || proxy.hosts[0] != "CONNECT codesign.example.com:443" {
		t.Errorf("the proxy saw %q", proxy.hosts)
	}
	wantNoSecret(t, proxy.seen.String())
}

func TestProxy_Unreachable(t *testing.T) {
	out, err := child(t, "login", "HTTPS_PROXY=http://127.0.0.1:1", "NO_PROXY=",
		"VENAFI_URL=https://codesign.example.com", "VENAFI_USER=robot", "VENAFI_PASS="+plantedPassword).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "HTTPS_PROXY") {
		t.Errorf("%v: %s", err, out)
	}
	wantNoSecret(t, string(out))
}

func TestProxy_Refuses(t *testing.T) {
	for status, says := range map[int]string{407: "USER:PASSWORD", 502: "ask the operator of the proxy"} {
		refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter,
			_ *http.Request,
		) {
			w.WriteHeader(status)
		}))
		at := refusing.Listener.Addr().String()
		out, err := child(t, "login", "HTTPS_PROXY=http://robot:PLANTED@"+at, "NO_PROXY=",
			"VENAFI_URL=https://codesign.example.com", "VENAFI_USER=robot", "VENAFI_PASS="+plantedPassword).CombinedOutput()
		refusing.Close()
		said := fmt.Sprintf("the proxy %s answered %d %s", at, status, http.StatusText(status))
		if err == nil || !strings.Contains(string(out), said) || !strings.Contains(string(out), says) {
			t.Errorf("%v: %s", err, out)
		}
		wantNoSecret(t, string(out))
	}
}

// child is this test binary as another process.
func child(t *testing.T, what string, environment ...string) *exec.Cmd {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary)
	cmd.Env = append([]string{"AUTH_TEST_CHILD=" + what, "GOCOVERDIR=" + t.TempDir()}, environment...)
	return cmd
}
