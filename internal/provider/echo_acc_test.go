package provider_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

// echo issues tokens. It answers everything else with all secrets that it received or issued, in its
// status line, its headers and its body.
type echo struct {
	mu      sync.Mutex
	heard   []string
	answers int
}

func (e *echo) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if strings.HasPrefix(r.URL.Path, "/vedauth/") {
		var credentials map[string]string
		_ = json.NewDecoder(r.Body).Decode(&credentials)
		e.hear(credentials["password"], credentials["jwt"], credentials["refresh_token"], planted+"-granted==",
			planted+"-successor==")
		_, _ = io.WriteString(w, `{"access_token":"`+planted+`-granted==","refresh_token":"`+planted+
			`-successor==","expires_in":3600}`)
		return
	}
	e.hear(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
	e.answers++
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	one, all := strings.Join(e.heard, " "), strings.Join(e.spelled(), " ")
	_, _ = fmt.Fprintf(conn, "HTTP/1.1 %s it was %s\r\nContent-Type: text/%[2]s\r\nLocation: /x/%[2]s\r\n"+
		"Retry-After: 0, %[2]s\r\nContent-Length: %[3]d\r\nConnection: close\r\n\r\n%[4]s",
		[]string{"500", "400", "307", "200"}[e.answers%4], one, len(all), all)
}

func (e *echo) hear(secrets ...string) {
	for _, s := range secrets {
		if s != "" && !slices.Contains(e.heard, s) {
			e.heard = append(e.heard, s)
		}
	}
}

func (e *echo) forget() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.heard = nil
}

func (e *echo) spelled() (all []string) {
	for _, secret := range e.heard {
		all = append(all, secret, url.QueryEscape(secret), base64.StdEncoding.EncodeToString([]byte("adam:"+secret)))
	}
	return all
}

// The output of the CLI and its log contain no secret.
func TestAccSecrets_EchoedByTheServerAreRedacted(t *testing.T) {
	encoded := base64.StdEncoding.EncodeToString([]byte("adam:" + planted))[8:24]
	cli := acctest.InstalledCLI(t, "TF_LOG=TRACE")
	initialize(t, cli, configuration("https://codesign.example.com"))
	for name, login := range map[string][]string{
		"password":           {"VENAFI_USER=adam", "VENAFI_PASS=" + planted + "-password"},
		"JWT":                {"VENAFI_EXTERNAL_JWT=" + planted + "-jwt"},
		"access token":       {"VENAFI_TOKEN=" + planted + "-token"},
		"refresh token file": {"VENAFI_REFRESH_TOKEN_FILE=" + secretFile(t, planted+"-refresh")},
	} {
		t.Run(name, func(t *testing.T) {
			heard := &echo{}
			server := httptest.NewServer(heard)
			defer server.Close()
			write(t, cli, configuration(server.URL))
			for _, args := range [][]string{
				{"plan", "-input=false"}, {"plan", "-input=false", "-var=goal=Draft"},
			} {
				heard.forget() // a process knows only its own secrets
				result, err := with(cli, login...).Run(t.Context(), args...)
				if err != nil {
					t.Fatal(err)
				}
				noSecret(t, strings.Join(args, " "), result.Stdout+result.Stderr, encoded)
				if !strings.Contains(result.Stdout+result.Stderr, "it was (hidden)") {
					t.Errorf("the answer of the server is not shown: %s", result.Stdout)
				}
			}
			if len(heard.heard) == 0 || heard.answers < 4 {
				t.Errorf("the server heard %d secrets and answered %d times", len(heard.heard), heard.answers)
			}
		})
	}
}
