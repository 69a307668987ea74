package auth

import (
	"context"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// secretsAsPaths are what a variable holds that was meant to name a file. No part of the value marked
// by PLANTED, or any 12 characters of it, may be shown.
func secretsAsPaths() map[string]string {
	key := "-----BEGIN PRIVATE KEY-----\nUExBTlRFRFBMQU5URUQ=\n-----END PRIVATE KEY-----\n"
	long := strings.Repeat("PLANTED", 100)
	return map[string]string{
		"token":               "UExBTlRFRC1zZWNyZXQ=",
		"short token":         "b2JzY3VyZTE5==",
		"unpadded token":      "k3Jd82hsKq01PLANTED72xZ",
		"hexadecimal token":   "5f4dcc3b5aa765d61d8327deb882cf99",
		"token with slashes":  "aGVs/bG8gd29ybGQgUExBTlRFRA+x9/Zm9vYmFyYmF6cXV4MTIzNDU2",
		"UUID":                "9b2d1e0c-5f3a-4b7e-8c1d-2a3b4c5d6e7f",
		"words":               "PLANTED-unmistakable-token",
		"Bearer":              "Bearer UExBTlRFRA",
		"quoted token":        `"UExBTlRFRC1zZWNyZXQ="`,
		"JWT":                 "eyJhbGciOiJub25lIn0.eyJQTEFOVEVEIjoxfQ.c2ln",
		"JWT without eyJ":     "ewogImFsZyI6ICJub25lIn0.eyJQTEFOVEVEIjoxfQ.c2ln",
		"private key":         key,
		"private key escaped": strings.ReplaceAll(key, "\n", `\n`),
		"key on one line":     strings.ReplaceAll(key, "\n", " "),
		"key in base64":       base64.StdEncoding.EncodeToString([]byte(key)),
		"PKCS#12 in base64":   "MIIKcQIBAzCCCjcGCSqGSIb3DQEHAaCCCigEggokMIIKIDCCBNcGCSqGSIb3",
		"JSON":                `{"refresh_token":"PLANTED"}`,
		"several lines":       "PLANTED\nPLANTED",
		"a long word":         long,
		"a long path":         strings.Repeat("/PLANTED", 100),
		"zero byte":           "a\x00PLANTED",
	}
}

func TestShownPath_HidesSecrets(t *testing.T) {
	const harmless = "-----BEGIN PRIVATE KEY-----END CERTIFICATE refresh_token umask 077"
	for name, secret := range secretsAsPaths() {
		for attribute, message := range map[string]func() string{
			attrRefreshTokenFile: func() string { return sourceMessages(t, attrRefreshTokenFile, secret) },
			attrJWTFile:          func() string { return sourceMessages(t, attrJWTFile, secret) },
			attrP12File:          func() string { return sourceMessages(t, attrP12File, secret) },
			attrTrustBundle: func() string {
				_, problem := trustedRoots(secret)
				return asShown(problem) + causes(problem)
			},
			"resolve": func() string {
				_, problems := Resolve(Settings{},
					Settings{attrURL: base, attrRefreshTokenFile: secret})
				var shown strings.Builder
				for _, p := range problems {
					shown.WriteString(asShown(p))
				}
				return shown.String()
			},
		} {
			shown := message()
			for i := 0; i+8 <= len(secret); i += 4 {
				part := secret[i : i+8]
				if strings.Contains(shown, part) && !strings.Contains(harmless, part) {
					t.Errorf("%s in %s: %q is in %s", name, attribute, part, shown)
					break
				}
			}
			wantNoSecret(t, shown)
		}
	}
}

// sourceMessages is all that a source says and logs about a file argument, past the checks of Resolve.
func sourceMessages(t *testing.T, attribute, value string) string {
	t.Helper()
	c := choose(t, map[string]string{attribute: "placeholder"})
	c.values[attribute] = value
	log := &loggedLines{}
	shown := ""
	if _, err := NewTransport(c, 0); err != nil {
		shown += asShown(err) + causes(err)
	}
	s := NewSource(c, simulator.New(world()).Transport(), client.Options{Logger: log})
	_, err := s.Token(context.Background())
	if err != nil {
		shown += asShown(err) + causes(err)
	}
	return shown + c.origin() + howToFill(value) + strings.Join(log.lines, "\n")
}

// causes are the texts of all errors that an error wraps.
func causes(err error) string {
	var shown strings.Builder
	for err = errors.Unwrap(err); err != nil; err = errors.Unwrap(err) {
		shown.WriteString("\n" + err.Error())
	}
	return shown.String()
}

func TestResolve_SecretAsPath(t *testing.T) {
	secrets := secretsAsPaths()
	for name, kind := range map[string]string{
		"private key": "looks like a private key in PEM", "private key escaped": "looks like a private key in PEM",
		"key on one line": "looks like a private key in PEM",
		"key in base64":   "looks like PEM in base64", "JWT": "looks like a JWT", "JSON": "looks like JSON",
		"Bearer": "word Bearer", "several lines": "line breaks",
	} {
		for _, attribute := range []string{attrRefreshTokenFile, attrJWTFile, attrP12File} {
			_, problems := Resolve(Settings{attrURL: base},
				Settings{attribute: secrets[name]})
			wantProblem(t, problems, attribute, []string{Variable(attribute) + " is not a path", kind})
		}
	}
}

func TestShownPath(t *testing.T) {
	dir := t.TempDir()
	existing := filepath.Join(dir, "k3Jd82hsKq01x9Lm72xZ")
	writeFile(t, existing, "x")
	for _, path := range []string{
		"token", "no-such-file", "./token", "refresh.token", "/run/secrets/token",
		"/var/run/secrets/kubernetes.io/serviceaccount/token",
		"/builds/group/project.tmp/VENAFI_REFRESH_TOKEN_FILE", `C:\Users\robot\AppData\Local\token.json`,
		`\\server\share\codesign\token.txt`,
		"/home/runner/temp/4fbb0a52-3d0f-4e0c-9f0c-7f1d0c0a9f11.json",
		"certs/codesign-client-production-2026.p12", "../ca bundle.pem", "~/codesign.p12",
		existing, filepath.Join(dir, "none"), "/opt/CodeSignProtect/refreshTokenOfTerraform.json", "a=b.pem",
		"/etc/ssl/certs/ca-certificates.crt",
	} {
		if got := shownPath(path); got != quoted(path) {
			t.Errorf("%s is shown as %s", path, got)
		}
	}
}

func TestWithoutPath_KeepsTheCause(t *testing.T) {
	_, missing := os.Open("PLANTED")
	linked := os.Rename("PLANTED", "PLANTED-too")
	for _, err := range []error{missing, linked, &os.SyscallError{Syscall: "PLANTED", Err: fs.ErrNotExist}} {
		bare := withoutPath(err)
		wantNoSecret(t, bare.Error())
		if !errors.Is(bare, fs.ErrNotExist) {
			t.Errorf("%v became %v", err, bare)
		}
	}
	plain := errors.New("plain")
	if got := withoutPath(plain); got != plain {
		t.Errorf("%v became %v", plain, got)
	}
}
