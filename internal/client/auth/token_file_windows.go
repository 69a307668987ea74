package auth

import (
	"os"
	"time"
)

// openToOthers is silent: the mode bits of Windows say nothing of who may read a file; its access list, inherited from
// the user's profile, does.
func openToOthers(os.FileInfo) string { return "" }

// keepOwner has nothing to do: the new file inherits the access list of its directory.
func keepOwner(*os.File, os.FileInfo) {}

// replaceFile tries for a second: a virus scanner or a reader may hold the file open for a moment.
func replaceFile(from, to string) error {
	var err error
	for range 20 {
		if err = os.Rename(from, to); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return err
}

// syncDirectory has nothing to do: Windows keeps directories by itself.
func syncDirectory(string) error { return nil }

// openWithoutWaiting is an ordinary open: named pipes have names of their own on Windows.
func openWithoutWaiting(path string) (*os.File, error) { return os.Open(path) }

// openNoFollow has no counterpart on Windows; the check before the open has to do.
const openNoFollow = 0
