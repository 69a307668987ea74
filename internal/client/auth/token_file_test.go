package auth

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// stored reads a token file back and checks that nothing else was left beside it.
func stored(t *testing.T, path string) tokenFile {
	t.Helper()
	doc, err := openTokenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(path + ".new"); err == nil {
		t.Error("half a file was left behind")
	}
	return doc
}

func store(t *testing.T, path string, doc tokenFile) {
	t.Helper()
	content, err := doc.encode()
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, path, string(content))
}

func TestTokenFile_PlainToken(t *testing.T) {
	server := simulator.New(world())
	plain := issueRefreshToken(t, server.Transport())
	path := secretFile(t, "\xef\xbb\xbf"+plain+"\r\n")
	token := mustToken(t, sourceOf(t, byFile(t, path), server.Transport()))
	if token.Origin != `refresh token file "`+path+`"` || token.Identity != server.Trustee("robot") {
		t.Errorf("token of %q, %q", token.Origin, token.Identity)
	}
	doc := stored(t, path)
	if string(doc.AccessToken) != token.Value || doc.RefreshToken == "" || string(doc.RefreshToken) == plain ||
		!doc.ExchangeBegun.IsZero() {
		t.Errorf("stored %+v", doc)
	}
	around(t, doc.Expiry.Time, token.Expiry)
	next := mustToken(t, sourceOf(t, byFile(t, path), server.Transport()))
	if n := server.Count(callRefresh); next.Value != token.Value || n != 1 {
		t.Errorf("%d exchanges", n)
	}
	wantAccepted(t, server.Transport(), next, true)
}

func TestTokenFile_SavedAnswer(t *testing.T) {
	server := simulator.New(world())
	content, err := json.Marshal(map[string]any{
		"access_token": "b25l", "refresh_token": "PLANTED",
		"expires": time.Now().Add(time.Hour).Unix(), "expires_in": 3600, "token_type": "Bearer",
	})
	if err != nil {
		t.Fatal(err)
	}
	s := sourceOf(t, byFile(t, secretFile(t, string(content))), server.Transport())
	if token := mustToken(t, s); token.Value != "b25l" || len(server.Requests()) != 0 {
		t.Errorf("token %q and %d requests", token.Value, len(server.Requests()))
	}
}

func TestTokenFile_Errors(t *testing.T) {
	open := secretFile(t, "PLANTED")
	if err := os.Chmod(open, 0o644); err != nil {
		t.Fatal(err)
	}
	foreign := secretFile(t, "")
	store(t, foreign, tokenFile{granted: granted{RefreshToken: "PLANTED"}, Server: "https://other.example.com"})
	blocked := secretFile(t, "PLANTED")
	if err := os.MkdirAll(blocked+".new/x", 0o700); err != nil {
		t.Fatal(err)
	}
	unlockable := secretFile(t, "PLANTED")
	if err := os.Mkdir(unlockable+".lock", 0o700); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		path string
		says []string
	}{
		"missing":               {filepath.Join(t.TempDir(), "none"), []string{"does not exist", "umask 077"}},
		"open to others":        {open, []string{"mode 0644", "chmod 600 " + open}},
		"a directory":           {t.TempDir(), []string{"it is a directory"}},
		"a device":              {os.DevNull, []string{"a pipe, a device or a socket"}},
		"empty":                 {secretFile(t, "\n"), []string{"is empty", "umask 077"}},
		"damaged":               {secretFile(t, `{"refresh_token":"PLANTED`), []string{"invalid JSON"}},
		"without the token":     {secretFile(t, `{"access_token":"PLANTED"}`), []string{"contains no refresh_token"}},
		"several words":         {secretFile(t, "refresh_token: PLANTED"), []string{"contains spaces"}},
		"too large":             {secretFile(t, strings.Repeat("PLANTED", 1<<18)), []string{"larger than"}},
		"of another server":     {foreign, []string{`belong to "https://other.example.com"`, base}},
		"not to be replaced":    {blocked, []string{"cannot be replaced", "create files in the directory"}},
		"not to be locked":      {unlockable, []string{"cannot be locked", "create files in the directory"}},
		"dangling link":         {danglingLink(t), []string{"does not exist"}},
		"path with an escape":   {filepath.Join(t.TempDir(), "\x1b[31m"), []string{"does not exist"}},
		"a file as a directory": {filepath.Join(blocked, "token"), []string{"not a directory"}},
	} {
		t.Run(name, func(t *testing.T) {
			server := simulator.New(world())
			_, err := sourceOf(t, byFile(t, tt.path), server.Transport()).Token(context.Background())
			wantSaid(t, err, tt.says...)
			wantAttribute(t, err, attrRefreshTokenFile)
			if len(server.Requests()) != 0 || strings.Contains(asShown(err), "\x1b") {
				t.Errorf("%d requests: %q", len(server.Requests()), asShown(err))
			}
		})
	}
}

func danglingLink(t *testing.T) string {
	t.Helper()
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink("nowhere", link); err != nil {
		t.Fatal(err)
	}
	return link
}

func TestTokenFile_KeepsModeAndLink(t *testing.T) {
	for _, mode := range []os.FileMode{0o600, 0o400} {
		server := simulator.New(world())
		path := secretFile(t, issueRefreshToken(t, server.Transport()))
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		link := filepath.Join(t.TempDir(), "link")
		if err := os.Symlink(path, link); err != nil {
			t.Fatal(err)
		}
		token := mustToken(t, sourceOf(t, byFile(t, link), server.Transport()))
		if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
			t.Errorf("the link became %v (%v)", info.Mode(), err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
			t.Errorf("mode became %v (%v)", info.Mode(), err)
		}
		if doc := stored(t, path); string(doc.AccessToken) != token.Value {
			t.Error("the successor is not in the file that the link leads to")
		}
		if _, err := os.Stat(path + ".lock"); err != nil {
			t.Errorf("the lock is not beside the file itself: %v", err)
		}
	}
}

func TestTokenFile_NoSuccessor(t *testing.T) {
	path := secretFile(t, "b25l")
	s := sourceOf(t, byFile(t, path), answering("200 OK", "application/json",
		`{"access_token":"dHdv","expires_in":900}`))
	if token := mustToken(t, s); token.Value != "dHdv" || stored(t, path).RefreshToken != "b25l" {
		t.Errorf("token %q, stored %+v", token.Value, stored(t, path))
	}
}

func FuzzATokenFileIsReadOrRefused(f *testing.F) {
	for _, seed := range []string{
		"b25l==", "{\"refresh_token\":\"a\",\"expires\":\"1\"}", "\xef\xbb\xbfx",
		"{", "{\"exchange_begun\":\"x\"}", "null", "[]",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		doc, fault := parseTokenFile(content)
		if fault != "" {
			return
		}
		encoded, err := doc.encode()
		if err != nil {
			t.Skip("a time that JSON cannot hold")
		}
		again, fault := parseTokenFile(encoded)
		if fault != "" || again.RefreshToken != doc.RefreshToken {
			t.Fatalf("%q became %q: %s", content, encoded, fault)
		}
	})
}

func TestTokenFile_LeftoverOfCrash(t *testing.T) {
	server := simulator.New(world())
	path := secretFile(t, issueRefreshToken(t, server.Transport()))
	writeFile(t, path+".new", `{"refresh_token":"PLANT`)
	if err := os.Chmod(path+".new", 0o400); err != nil {
		t.Fatal(err)
	}
	wantAccepted(t, server.Transport(), mustToken(t, sourceOf(t, byFile(t, path), server.Transport())), true)
	stored(t, path)
}
