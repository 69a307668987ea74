package auth

import (
	"os"
	"time"
)

// openToOthers returns an empty text: on Windows the access list, inherited from the user's
// profile, decides who may read a file, and not its mode bits.
func openToOthers(os.FileInfo) string { return "" }

// keepOwner does nothing: the new file inherits the access list of its directory.
func keepOwner(*os.File, os.FileInfo) {}

// replaceFile retries for a second: a virus scanner or a reader may hold the file open.
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

// syncDirectory does nothing: Windows persists directories itself.
func syncDirectory(string) error { return nil }

// openWithoutWaiting opens the file: on Windows named pipes have names of their own.
func openWithoutWaiting(path string) (*os.File, error) { return os.Open(path) }

// openNoFollow has no counterpart on Windows, where creating a symbolic link needs a privilege.
const openNoFollow = 0
