package guides_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"software.sslmate.com/src/go-pkcs12"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const jobToken = "header.claims.signature"

// startWithJWTs is the sample company, whose pipeline logs in by a job's token too, or by a certificate.
func startWithJWTs() simulator.World {
	w := simulator.SampleCompany()
	for i := range w.Users {
		if w.Users[i].Name == "terraform" {
			w.Users[i].JWTs, w.Users[i].Certificate = []string{jobToken}, "pipeline"
		}
	}
	return w
}

// login plans an example of the guide on authenticating, with further arguments in its provider
// block, and finds out who it is to the server.
func login(t *testing.T, example string, server *simulator.Server, arguments, env []string) {
	t.Helper()
	d := newWorkspace(t, installed(t), "authenticating-from-a-pipeline/"+example, server, env...)
	d.write("main_override.tf", "provider \"codesign\" {\n"+strings.Join(arguments, "\n")+"\n}\n")
	d.write("who.tf", "data \"codesign_server\" \"this\" {}\n\noutput \"who\" {\n  value = "+
		"data.codesign_server.this.prefixed_name\n}\n")
	d.init()
	if said := d.run(0, "apply", "-input=false", "-auto-approve"); !strings.Contains(said, `who = "local:terraform`) {
		t.Errorf("logged in as another user: %s", said)
	}
}

func start(t *testing.T) (server *simulator.Server, url string) {
	t.Helper()
	server = simulator.New(startWithJWTs())
	url, err := server.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server, url
}

func argument(name, value string) string { return fmt.Sprintf("  %s = %q", name, value) }

func file(t *testing.T, content []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestAccGuides_LoginWithJobToken(t *testing.T) {
	t.Parallel()
	server, url := start(t)
	login(t, "oidc-token", server, []string{argument("url", url)}, []string{"VENAFI_EXTERNAL_JWT=" + jobToken})
}

func TestAccGuides_LoginWithProjectedToken(t *testing.T) {
	t.Parallel()
	server, url := start(t)
	login(t, "kubernetes", server, []string{
		argument("url", url),
		argument("external_jwt_file", file(t, []byte(jobToken))),
	}, nil)
}

func TestAccGuides_LoginWithRefreshTokenFile(t *testing.T) {
	t.Parallel()
	server, url := start(t)
	body, err := json.Marshal(map[string]string{
		"client_id": "terraform-provider-codesign", "username": "local:terraform", "password": "demo-terraform",
		"scope": "configuration",
	})
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Post(url+"/vedauth/authorize/oauth", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var granted struct {
		RefreshToken string `json:"refresh_token"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&granted); err != nil {
		t.Fatal(err)
	}
	login(t, "refresh-token-file", server, []string{
		argument("url", url),
		argument("refresh_token_file", file(t, []byte(granted.RefreshToken))),
	}, nil)
	if exchanged := server.Count("vedauth/authorize/token"); exchanged != 1 {
		t.Errorf("plan, apply and output exchanged the refresh token %d times", exchanged)
	}
}

func TestAccGuides_LoginWithClientCertificate(t *testing.T) {
	t.Parallel()
	server := simulator.New(startWithJWTs())
	url, err := server.StartTLS()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	login(t, "client-certificate", server, []string{
		argument("url", url), argument("p12_cert_filename", file(t, certificate(t))), argument("trust_bundle",
			file(t, server.TLSCertificatePEM())),
	}, []string{"VENAFI_P12_PASSWORD=secret"})
}

// certificate is a PKCS#12 file with a client certificate of the pipeline.
func certificate(t *testing.T) []byte {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "pipeline"},
		NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	content, err := pkcs12.Modern.Encode(key, leaf, nil, "secret")
	if err != nil {
		t.Fatal(err)
	}
	return content
}
