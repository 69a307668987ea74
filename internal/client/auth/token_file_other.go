//go:build !windows

package auth

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// openToOthers describes who else can use a file. It is empty if only the owner can.
func openToOthers(info os.FileInfo) string {
	if perm := info.Mode().Perm(); perm&0o077 != 0 {
		return fmt.Sprintf("is accessible to other users (mode %04o)", perm)
	}
	return ""
}

// keepOwner gives the new file to the owner of the old one, as far as this process may. Otherwise a
// run as root would take the file from its user.
func keepOwner(out *os.File, old os.FileInfo) {
	if s, ok := old.Sys().(*syscall.Stat_t); ok {
		_ = out.Chown(int(s.Uid), int(s.Gid))
	}
}

func replaceFile(from, to string) error { return os.Rename(from, to) }

// syncDirectory makes a rename survive a power failure. Some file systems do not support it.
func syncDirectory(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = d.Close() }()
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) {
		return err
	}
	return nil
}

// openWithoutWaiting does not wait for the writer of a named pipe.
func openWithoutWaiting(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}

// openNoFollow makes the opening of a symbolic link an error: a link could create or lock another file.
const openNoFollow = syscall.O_NOFOLLOW
