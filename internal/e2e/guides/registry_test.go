package guides_test

import (
	"archive/zip"
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"
	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
)

const (
	address  = "codesign-tf/codesign"
	platform = runtime.GOOS + "_" + runtime.GOARCH
	archive  = "terraform-provider-codesign_" + realcli.Version + "_" + platform + ".zip"
)

// authority is a certificate authority for servers on the loopback interface.
type authority struct {
	file   string // PEM, for SSL_CERT_FILE
	server tls.Certificate
}

func newAuthority(t *testing.T) authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test authority"}, DNSNames: []string{"localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "authority.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return authority{file, tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}}
}

// serve starts a TLS server and returns its host name and port.
func (a authority) serve(t *testing.T, handler http.Handler) string {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{a.server}, MinVersion: tls.VersionTLS12}
	server.StartTLS()
	t.Cleanup(server.Close)
	return strings.Replace(strings.TrimPrefix(server.URL, "https://"), "127.0.0.1", "localhost", 1)
}

// zipped is a release archive with a provider.
func zipped(t *testing.T, binary string) []byte {
	t.Helper()
	content, err := os.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	header := &zip.FileHeader{Name: filepath.Base(binary), Method: zip.Store} // Deflate is slow under the race detector
	header.SetMode(0o755)
	file, err := w.CreateHeader(header)
	if err == nil {
		_, err = file.Write(content)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// registry implements the parts of the provider registry protocol that the CLI uses to install a
// provider. It signs the checksums with a new key.
func registry(t *testing.T, release []byte) http.Handler {
	t.Helper()
	sum := sha256.Sum256(release)
	sums := hex.EncodeToString(sum[:]) + "  " + archive + "\n"
	signer, err := openpgp.NewEntity("release", "", "release@example.com", &packet.Config{DefaultHash: crypto.SHA256})
	if err != nil {
		t.Fatal(err)
	}
	var key, signature bytes.Buffer
	w, err := armor.Encode(&key, openpgp.PublicKeyType, nil)
	if err == nil {
		err = signer.Serialize(w)
	}
	if err == nil {
		err = w.Close()
	}
	if err == nil {
		err = openpgp.DetachSign(&signature, signer, strings.NewReader(sums), nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	versions := map[string]any{"versions": []any{map[string]any{
		"version": realcli.Version, "protocols": []string{"6.0"},
		"platforms": []any{map[string]string{"os": runtime.GOOS, "arch": runtime.GOARCH}},
	}}}
	download := map[string]any{
		"protocols": []string{"6.0"}, "os": runtime.GOOS, "arch": runtime.GOARCH, "filename": archive,
		"shasum":       hex.EncodeToString(sum[:]),
		"download_url": "/files/" + archive, "shasums_url": "/files/SHA256SUMS",
		"shasums_signature_url": "/files/SHA256SUMS.sig",
		"signing_keys": map[string]any{"gpg_public_keys": []any{map[string]string{
			"key_id": signer.PrimaryKey.KeyIdString(), "ascii_armor": key.String(),
		}}},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/terraform.json", document(map[string]string{"providers.v1": "/v1/providers/"}))
	mux.HandleFunc("/v1/providers/"+address+"/versions", document(versions))
	mux.HandleFunc("/v1/providers/"+address+"/"+realcli.Version+"/download/"+runtime.GOOS+"/"+runtime.GOARCH,
		document(download))
	mux.HandleFunc("/files/"+archive, content(release))
	mux.HandleFunc("/files/SHA256SUMS", content([]byte(sums)))
	mux.HandleFunc("/files/SHA256SUMS.sig", content(signature.Bytes()))
	return mux
}

func document(value any) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(value)
	}
}

func content(body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) }
}

// releaseFiles writes a release: an archive, its checksums, their signature and the public key.
func releaseFiles(t *testing.T, d *workspace) {
	t.Helper()
	const name = "terraform-provider-codesign_0.1.0_"
	handler := registry(t, []byte("archive"))
	for path, file := range map[string]string{
		"/files/SHA256SUMS": name + "SHA256SUMS", "/files/SHA256SUMS.sig": name + "SHA256SUMS.sig",
		"/files/" + archive: archive,
	} {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, http.NoBody))
		d.write(file, answer.Body.String())
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet,
		"/v1/providers/"+address+"/"+realcli.Version+"/download/"+runtime.GOOS+"/"+runtime.GOARCH, http.NoBody))
	var download struct {
		Keys struct {
			Public []struct {
				Armor string `json:"ascii_armor"`
			} `json:"gpg_public_keys"`
		} `json:"signing_keys"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&download); err != nil || len(download.Keys.Public) != 1 {
		t.Fatalf("the registry has no key: %v", err)
	}
	d.write("codesign-tf.asc", download.Keys.Public[0].Armor)
}
