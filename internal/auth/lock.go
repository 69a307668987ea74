package auth

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/gofrs/flock"
)

const lockPoll = 20 * time.Millisecond

// underLock does something while no other process and no other source of this one does it for the same file. The lock
// file stays: removing it would let two processes hold locks on two files of one name. The lock itself ends with its
// process, however that ends.
func underLock(ctx context.Context, path string, patience time.Duration, do func() (*granted, error)) (*granted, error) {
	name := path + ".lock"
	lock := flock.New(name, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600))
	waiting, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	held, err := lock.TryLockContext(waiting, lockPoll)
	switch {
	case ctx.Err() != nil:
		_ = lock.Close()
		return nil, context.Cause(ctx)
	case waiting.Err() != nil && !held:
		_ = lock.Close()
		return nil, tokenFileProblem(fmt.Sprintf("Another run has held the lock %s for more than %s: wait for it to end; the lock ends with its process.", quoted(name), patience), err)
	case err != nil:
		return nil, tokenFileProblem("It cannot be locked: "+fileFault(name, err)+". The provider needs to create files in the directory of the refresh token file.", err)
	}
	defer func() { _ = lock.Close() }()
	return do()
}
