//go:build !windows

package auth

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// namedPipe is a pipe without a writer: opening it waits for one.
func namedPipe(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// useFile is what becomes of a file argument: the error of the transport, else the one of the source.
func useFile(t *testing.T, attribute, path string) error {
	t.Helper()
	block := map[string]string{attribute: path}
	if attribute == attrTrustBundle {
		block[attrAccessToken] = "t"
	}
	c := choose(t, block)
	if _, err := NewTransport(c, 0); err != nil || attribute == attrTrustBundle {
		return err
	}
	_, err := sourceOf(t, c, simulator.New(world()).Transport()).Token(context.Background())
	return err
}

var fileArguments = []string{attrRefreshTokenFile, attrP12File, attrJWTFile, attrTrustBundle}

func TestFileArgument_UnusualFiles(t *testing.T) {
	locked := secretFile(t, "PLANTED")
	if err := os.Chmod(locked, 0); err != nil {
		t.Fatal(err)
	}
	large := secretFile(t, strings.Repeat("x", maxBundle+1))
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(namedPipe(t), link); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct{ path, says string }{
		"named pipe":           {namedPipe(t), "a pipe, a device or a socket"},
		"link to a named pipe": {link, "a pipe, a device or a socket"},
		"endless device":       {"/dev/zero", "a pipe, a device or a socket"},
		"directory":            {t.TempDir(), "it is a directory"},
		"too large":            {large, "it is larger than"},
		"missing":              {filepath.Join(t.TempDir(), "none"), "does not exist"},
		"no permission":        {locked, "no permission"},
	} {
		if name == "no permission" && os.Geteuid() == 0 {
			continue // root may read everything
		}
		for _, attribute := range fileArguments {
			err := useFile(t, attribute, tt.path)
			wantSaid(t, err, tt.says)
			wantAttribute(t, err, attribute)
		}
	}
}

func TestWithin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		defer close(release)
		start := time.Now()
		_, err := within(fileTimeout, func() ([]byte, error) { <-release; return nil, nil })
		wantSaid(t, err, "took longer than 10s")
		if took := time.Since(start); took != fileTimeout {
			t.Errorf("it took %s", took)
		}
		want := errors.New("cause")
		content, err := within(time.Second, func() ([]byte, error) { return []byte("content"), want })
		if string(content) != "content" || err != want {
			t.Errorf("%q, %v", content, err)
		}
	})
}

func TestReadFile_LimitIsIncluded(t *testing.T) {
	path := secretFile(t, "12345")
	if content, err := readFile(path, 5); err != nil || string(content) != "12345" {
		t.Errorf("%q, %v", content, err)
	}
	if _, err := readFile(path, 4); err == nil {
		t.Error("a file above the limit was read")
	}
}

func TestLockFile_IsNeverALink(t *testing.T) {
	server := simulator.New(world())
	for name, prepare := range map[string]func(path string) (untouched string){
		"dangling link": func(path string) string {
			target := filepath.Join(filepath.Dir(path), "elsewhere")
			_ = os.Symlink(target, path+".lock")
			return target
		},
		"link to a file": func(path string) string {
			target := filepath.Join(filepath.Dir(path), "other")
			_ = os.WriteFile(target, nil, 0o600)
			_ = os.Symlink(target, path+".lock")
			return ""
		},
		"directory": func(path string) string { _ = os.Mkdir(path+".lock", 0o700); return "" },
	} {
		path := secretFile(t, "PLANTED")
		untouched := prepare(path)
		_, err := sourceOf(t, byFile(t, path), server.Transport()).Token(context.Background())
		wantSaid(t, err, "cannot be locked", "removed")
		wantAttribute(t, err, attrRefreshTokenFile)
		if _, err := os.Lstat(untouched); untouched != "" && err == nil {
			t.Errorf("%s: the target of the link was created", name)
		}
	}
	if n := len(server.Requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

// The open itself refuses a link as well, in case it appears after the check.
func TestLockFile_OpenDoesNotFollowALink(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(dir, "link")
	if err := os.Symlink(filepath.Join(dir, "target"), link); err != nil {
		t.Fatal(err)
	}
	if f, err := os.OpenFile(link, os.O_CREATE|os.O_RDWR|openNoFollow, 0o600); err == nil {
		_ = f.Close()
		t.Error("the link was followed")
	}
}

func TestTokenFile_NewFileDoesNotFollowALink(t *testing.T) {
	server := simulator.New(world())
	path := secretFile(t, issueRefreshToken(t, server.Transport()))
	target := filepath.Join(t.TempDir(), "target")
	if err := os.Symlink(target, path+".new"); err != nil {
		t.Fatal(err)
	}
	mustToken(t, sourceOf(t, byFile(t, path), server.Transport()))
	if _, err := os.Lstat(target); err == nil {
		t.Error("a token was written through the link")
	}
	stored(t, path)
}
