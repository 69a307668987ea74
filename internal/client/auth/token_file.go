package auth

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// tokenFile is a refresh token file. Its members are those of an answer to a grant, so that a saved
// answer is one too. A bare refresh token is the shortest one.
type tokenFile struct {
	About    string `json:"about,omitempty"`
	Server   string `json:"server,omitempty"` // base URL that the tokens belong to
	ClientID string `json:"client_id,omitempty"`
	granted
	// ExchangeBegun is set before the refresh token is sent and removed when its successor is
	// stored. While it is set, the token may be used up.
	ExchangeBegun time.Time `json:"exchange_begun,omitzero"`

	path string // as configured, for messages
	// target is the path behind all links, so that all names of a file share one lock, and the file
	// is replaced instead of the link.
	target string
	info   os.FileInfo
}

const aboutTokenFile = "Written by terraform-provider-codesign. The refresh token can be used once: do not copy it. " +
	"To start again, replace the whole content with a new refresh token."

// openTokenFile reads the file. It rejects a file that others can read.
func openTokenFile(path string) (tokenFile, error) {
	target, err := within(fileTimeout, func() (string, error) { return filepath.EvalSymlinks(path) })
	if err != nil {
		return tokenFile{}, unusable(attrRefreshTokenFile, unreadable(path, err)+" "+howToFill(path), err)
	}
	var info os.FileInfo
	content, err := readFile(target, maxFile)
	if err == nil {
		info, err = os.Stat(target)
	}
	if err != nil {
		return tokenFile{}, unusable(attrRefreshTokenFile, unreadable(path, err), err)
	}
	if open := openToOthers(info); open != "" {
		return tokenFile{}, unusable(attrRefreshTokenFile, shownPath(path)+" "+open+". Protect the refresh token: "+
			"chmod 600 "+shellPath(path)+".", nil)
	}
	f, fault := parseTokenFile(content)
	if fault != "" {
		return tokenFile{}, unusable(attrRefreshTokenFile, shownPath(path)+" "+fault+". "+howToFill(path), nil)
	}
	f.path, f.target, f.info = path, target, info
	return f, nil
}

// parseTokenFile returns the content, or a description of the problem that does not contain it.
func parseTokenFile(content []byte) (f tokenFile, fault string) {
	content, encoding := redact.Decode(content)
	content = bytes.TrimSpace(content)
	switch {
	case encoding != "":
		return f, "is encoded in " + encoding + " instead of UTF-8"
	case len(content) == 0:
		return f, "is empty"
	case content[0] != '{':
		f.RefreshToken = wireText(content)
	case json.Unmarshal(content, &f) != nil:
		return f, "contains invalid JSON"
	}
	if f.RefreshToken == "" {
		return f, "contains no refresh_token"
	}
	return f, tokenProblem(string(f.RefreshToken))
}

func (f tokenFile) encode() ([]byte, error) {
	f.About = aboutTokenFile
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(f)
	return b.Bytes(), err
}

// usable returns the tokens if the access token is valid and not the one to avoid, else nil.
func (f tokenFile) usable(now time.Time, avoid string) *granted {
	if f.AccessToken == "" || f.Expiry.IsZero() || string(f.AccessToken) == avoid ||
		tokenProblem(string(f.AccessToken)) != "" || f.aboutToExpire(now) {
		return nil
	}
	return &f.granted
}

// succeeded returns the file after an exchange. If the server returns no successor, the old refresh
// token stays valid (RFC 6749, section 6).
func (f tokenFile) succeeded(got *granted) tokenFile {
	before := f.granted
	f.granted, f.ExchangeBegun = *got, time.Time{}
	if got.RefreshToken == "" {
		f.RefreshToken, f.RefreshUntil = before.RefreshToken, before.RefreshUntil
	}
	return f
}

// write replaces the whole file: a reader or a crash sees the old or the new content. The name of
// the new file is fixed, so that a crash leaves no second copy of a token; the lock excludes other
// writers.
func (f tokenFile) write() error {
	content, err := f.encode()
	if err != nil {
		return err
	}
	fresh := f.target + ".new"
	if err := f.writeFresh(fresh, content); err != nil {
		_ = os.Remove(fresh)
		return unusable(attrRefreshTokenFile, "The file cannot be replaced, which each exchange requires: "+
			fileProblemText(fresh, err)+
			". Allow the provider to create files in the directory of "+quoted(f.path)+".", err)
	}
	return nil
}

func (f tokenFile) writeFresh(fresh string, content []byte) error {
	if err := os.Remove(fresh); err != nil && !os.IsNotExist(err) {
		return err
	}
	out, err := os.OpenFile(fresh, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := f.fillFresh(out, content); err != nil {
		return err
	}
	return cmp.Or(replaceFile(fresh, f.target), syncDirectory(filepath.Dir(f.target)))
}

func (f tokenFile) fillFresh(out *os.File, content []byte) error {
	keepOwner(out, f.info)
	_, err := out.Write(content)
	return cmp.Or(err, out.Chmod(f.info.Mode().Perm()), out.Sync(), out.Close())
}

const (
	lockPoll    = 20 * time.Millisecond
	lockTimeout = 2 * time.Minute
)

// lockTokenFile excludes all other processes, and the other sources of this process. The lock file
// stays: removing it would let two processes lock two files of one name. The lock ends with its
// process.
func lockTokenFile(ctx context.Context, path string) (unlock func(), err error) {
	name := path + ".lock"
	lock := flock.New(name, flock.SetFlag(os.O_CREATE|os.O_RDWR|openNoFollow), flock.SetPermissions(0o600))
	unlock = func() { _ = lock.Close() }
	waiting, cancel := context.WithTimeout(ctx, lockTimeout)
	defer cancel()
	held, err := lock.TryLockContext(waiting, lockPoll)
	if held && ctx.Err() == nil {
		return unlock, nil
	}
	unlock()
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case waiting.Err() != nil:
		return nil, unusable(attrRefreshTokenFile, fmt.Sprintf("Another run has held the lock %s for more than %s. "+
			"Wait until that run ends. The lock ends with its process.", shownPath(name), lockTimeout), err)
	}
	return nil, unusable(attrRefreshTokenFile, "The file cannot be locked: "+fileProblemText(name, err)+
		". Allow the provider to create files in the directory of the refresh token file. A lock file that is a link "+
		"or a directory must be removed.", err)
}

func howToFill(path string) string {
	return fmt.Sprintf("Write only the refresh token to the file: (umask 077; printf %%s "+
		"\"$REFRESH_TOKEN\" > %s).", shellPath(path))
}
