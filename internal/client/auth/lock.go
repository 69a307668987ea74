package auth

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/gofrs/flock"
)

const (
	lockPoll    = 20 * time.Millisecond
	lockTimeout = 2 * time.Minute
)

const lockAdvice = "Allow the provider to create files in the directory of the refresh token file."

// checkLockFile rejects a lock file that is a symbolic link, which could create or lock another
// file, or not a regular file.
func checkLockFile(name string) error {
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Mode()&os.ModeSymlink != 0:
		return errors.New("it is a symbolic link, which must be removed")
	case info.IsDir():
		return errDirectory
	case !info.Mode().IsRegular():
		return errors.New("it is not a regular file and must be removed")
	}
	return nil
}

// underLock runs do while no other process and no other source of this process does so for the same
// file. The lock file stays: removing it would let two processes lock two files of one name. The
// lock ends with its process.
func underLock(ctx context.Context, path string, do func() (*granted, error)) (*granted, error) {
	name := path + ".lock"
	if err := checkLockFile(name); err != nil {
		return nil, tokenFileProblem("The file cannot be locked: "+fileProblemText(name, err)+". "+lockAdvice, err)
	}
	lock := flock.New(name, flock.SetFlag(os.O_CREATE|os.O_RDWR|openNoFollow), flock.SetPermissions(0o600))
	waiting, cancel := context.WithTimeout(ctx, lockTimeout)
	defer cancel()
	held, err := lock.TryLockContext(waiting, lockPoll)
	switch {
	case ctx.Err() != nil:
		_ = lock.Close()
		return nil, context.Cause(ctx)
	case waiting.Err() != nil && !held:
		_ = lock.Close()
		return nil, tokenFileProblem(fmt.Sprintf("Another run has held the lock %s for more than %s. Wait until "+
			"that run ends. The lock ends with its process.", shownPath(name), lockTimeout), err)
	case err != nil:
		return nil, tokenFileProblem("The file cannot be locked: "+fileProblemText(name, err)+". "+lockAdvice, err)
	}
	defer func() { _ = lock.Close() }()
	return do()
}
