package auth

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

const (
	maxFile   = 1 << 20 // bytes of a file argument
	maxBundle = 8 << 20 // bytes of a trust bundle; the one of a system has a few hundred thousand
)

// fileProblemText describes why a file cannot be used. It leaves out the text of the error, which
// contains the path.
func fileProblemText(path string, err error) string {
	shown := shownPath(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return shown + " does not exist"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied for " + shown
	}
	return fmt.Sprintf("%s: %v", shown, withoutPath(err))
}

func unreadable(path string, err error) string {
	return "The file cannot be read: " + fileProblemText(path, err) + "."
}

// withoutPath returns the innermost cause: the errors of package os contain the path.
func withoutPath(err error) error {
	for inner := err; inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err
}

// readTextFile reads a UTF-8 file and removes a byte order mark.
func readTextFile(path string, limit int64) ([]byte, error) {
	content, err := readFile(path, limit)
	if err != nil {
		return nil, err
	}
	text, encoding := redact.Decode(content)
	if encoding != "" {
		return nil, errors.New("it is encoded in " + encoding + " instead of UTF-8")
	}
	return text, nil
}

// readFile reads a file argument with limits of size and time.
func readFile(path string, limit int64) ([]byte, error) {
	return within(fileTimeout, func() ([]byte, error) { return readRegular(path, limit) })
}

// fileTimeout limits the reading of a file argument, for example from a network file system.
const fileTimeout = 10 * time.Second

// within stops waiting for a read after a time. The read itself cannot be stopped.
func within[T any](limit time.Duration, read func() (T, error)) (T, error) {
	type result struct {
		content T
		err     error
	}
	done := make(chan result, 1)
	go func() {
		content, err := read()
		done <- result{content, err}
	}()
	select {
	case r := <-done:
		return r.content, r.err
	case <-time.After(limit):
		return *new(T), fmt.Errorf("reading it took longer than %s", limit)
	}
}

// readRegular rejects files on which opening or reading could block. It checks the file after
// opening it, so that the file cannot be exchanged in between.
func readRegular(path string, limit int64) ([]byte, error) {
	in, err := openWithoutWaiting(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }()
	info, err := in.Stat()
	if err != nil {
		return nil, err
	}
	switch {
	case info.IsDir():
		return nil, errors.New("it is a directory")
	case !info.Mode().IsRegular():
		return nil, errors.New("it is a pipe, a device or a socket")
	}
	content, err := io.ReadAll(io.LimitReader(in, limit+1))
	if err == nil && int64(len(content)) > limit {
		err = fmt.Errorf("it is larger than %d bytes", limit)
	}
	return content, err
}
