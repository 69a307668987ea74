//go:build !windows

package auth

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// limitFiles makes every write above a size fail in this process, as on a full disk.
func limitFiles(size uint64) {
	signal.Ignore(syscall.SIGXFSZ)
	limit := syscall.Rlimit{}
	_ = syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit)
	limit.Cur = min(size, limit.Max)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		fmt.Println(err)
	}
}

// childFullDisk exchanges a refresh token on a disk that is full from the start, or from the moment
// that the token is sent, and once more when there is space again.
func childFullDisk() int {
	exchanges, path := 0, os.Getenv("TOKEN_FILE")
	c, problems := Resolve(Settings{}, Settings{attrURL: base, attrRefreshTokenFile: path})
	if len(problems) > 0 {
		return 1
	}
	s := NewSource(c, roundTrip(func(r *http.Request) (*http.Response, error) {
		exchanges++
		if os.Getenv("FULL") == "when sent" {
			limitFiles(1)
		}
		answer := `{"access_token":"YWNjZXNz","refresh_token":"c3VjY2Vzc29y","expires_in":900}`
		return &http.Response{
			Status: "200 OK", StatusCode: http.StatusOK, Request: r,
			Body: io.NopCloser(strings.NewReader(answer)),
		}, nil
	}), client.Options{})
	if os.Getenv("FULL") == "from the start" {
		limitFiles(1)
	}
	for range 2 {
		_, err := s.Token(context.Background())
		content, _ := os.ReadFile(path)
		fmt.Println(err != nil && strings.Contains(asShown(err), "cannot be replaced"), exchanges,
			bytes.Contains(content, []byte("b3JpZ2luYWw=")))
	}
	limitFiles(1 << 40)
	token, err := s.Token(context.Background())
	content, _ := os.ReadFile(path)
	fmt.Println(token.Value, err, exchanges, bytes.Contains(content, []byte("c3VjY2Vzc29y")),
		bytes.Contains(content, []byte("YWNjZXNz")))
	return 0
}

func TestRefreshTokenFile_FullDiskLosesNothing(t *testing.T) {
	for full, want := range map[string]string{
		"from the start": "true 0 true\ntrue 0 true\nYWNjZXNz <nil> 1 true true\n",
		"when sent":      "true 1 true\ntrue 1 true\nYWNjZXNz <nil> 1 true true\n",
	} {
		path := secretFile(t, "b3JpZ2luYWw=")
		cmd := child(t, "full disk", "TOKEN_FILE="+path, "FULL="+full)
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Run(); err != nil || out.String() != want {
			t.Errorf("%s: %v\n%s", full, err, out.String())
		}
		if _, err := os.Lstat(path + ".new"); err == nil {
			t.Error("half a file was left behind")
		}
	}
}

func TestTokenFile_WriteFailuresAreReported(t *testing.T) {
	path := secretFile(t, "cmVmcmVzaA==")
	f, err := openTokenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	readOnly, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.fillFresh(readOnly, []byte("x")); err == nil {
		t.Error("a failed write counts as success")
	}
	_ = readOnly.Close()
	if err := f.fillFresh(readOnly, []byte("x")); err == nil {
		t.Error("a failed chmod counts as success")
	}
	gone := f
	gone.target = path + "/none"
	wantSaid(t, gone.write(), "cannot be replaced", "create files in the directory")
	folder := f
	folder.target = t.TempDir() // a rename onto a directory fails
	wantSaid(t, folder.write(), "cannot be replaced")
	if err := syncDirectory(path + "-none"); err == nil {
		t.Error("a directory that is not there was synced")
	}
}

// Without the right to write into the directory nothing is sent.
func TestRefreshTokenFile_DirectoryWithoutWritePermission(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	path := secretFile(t, "PLANTED")
	dir := strings.TrimSuffix(path, "/token")
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	sent := 0
	s := sourceOf(t, byFile(t, path), roundTrip(func(*http.Request) (*http.Response,
		error,
	) {
		sent++
		return nil, io.EOF
	}))
	_, err := s.Token(context.Background())
	wantSaid(t, err, "cannot be locked", "no permission", "create files in the directory")
	if sent != 0 {
		t.Errorf("%d requests", sent)
	}
}
