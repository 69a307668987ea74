package auth

import (
	"fmt"
	"os"
	"path/filepath"
)

// tokenFile is a refresh token file on disk. Links are resolved once, so that all names of a file
// share one lock, and the file is replaced instead of the link.
type tokenFile struct {
	path   string // as configured, for messages
	target string // the resolved path
	mode   os.FileMode
	owner  os.FileInfo
}

// followLinks returns the path behind all links, within the time limit for reading a file.
func followLinks(path string) (string, error) {
	target, err := within(fileTimeout, func() ([]byte, error) {
		target, err := filepath.EvalSymlinks(path)
		return []byte(target), err
	})
	return string(target), err
}

// openTokenFile reads the file. It rejects a file that others can read.
func openTokenFile(path string) (*tokenFile, tokenDocument, error) {
	target, err := followLinks(path)
	if err != nil {
		return nil, tokenDocument{}, tokenFileProblem(
			"The file cannot be read: "+fileProblemText(path, err)+". "+howToFill(path), err)
	}
	content, err := readFile(target, maxFile)
	if err != nil {
		return nil, tokenDocument{}, tokenFileProblem("The file cannot be read: "+fileProblemText(path, err)+".", err)
	}
	info, err := os.Stat(target)
	if err != nil {
		return nil, tokenDocument{}, tokenFileProblem("The file cannot be read: "+fileProblemText(path, err)+".", err)
	}
	if open := openToOthers(info); open != "" {
		return nil, tokenDocument{}, tokenFileProblem(shownPath(path)+" "+open+". Protect the refresh token: "+
			"chmod 600 "+shellPath(path)+".", nil)
	}
	doc, fault := parseTokenDocument(content)
	if fault != "" {
		return nil, tokenDocument{}, tokenFileProblem(shownPath(path)+" "+fault+". "+howToFill(path), nil)
	}
	return &tokenFile{path: path, target: target, mode: info.Mode().Perm(), owner: info}, doc, nil
}

// write replaces the whole file: a reader or a crash sees the old or the new content. The name of
// the new file is fixed, so that a crash leaves no second copy of a token; the lock excludes other
// writers.
func (f *tokenFile) write(doc tokenDocument) error {
	content, err := doc.encode()
	if err != nil {
		return err
	}
	fresh := f.target + ".new"
	if err := f.writeFresh(fresh, content); err != nil {
		_ = os.Remove(fresh)
		return tokenFileProblem("The file cannot be replaced, which each exchange requires: "+
			fileProblemText(fresh, err)+
			". Allow the provider to create files in the directory of "+quoted(f.path)+".", err)
	}
	return nil
}

func (f *tokenFile) writeFresh(fresh string, content []byte) error {
	if err := os.Remove(fresh); err != nil && !os.IsNotExist(err) {
		return err
	}
	out, err := os.OpenFile(fresh, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := f.fillFresh(out, content); err != nil {
		_ = out.Close()
		return err
	}
	if err := out.Close(); err != nil {
		return err
	}
	if err := replaceFile(fresh, f.target); err != nil {
		return err
	}
	return syncDirectory(filepath.Dir(f.target))
}

func (f *tokenFile) fillFresh(out *os.File, content []byte) error {
	keepOwner(out, f.owner)
	if err := out.Chmod(f.mode); err != nil {
		return err
	}
	if _, err := out.Write(content); err != nil {
		return err
	}
	return out.Sync()
}

func tokenFileProblem(detail string, err error) *Error {
	return fileProblem(attrRefreshTokenFile, "The refresh token file is not usable", detail, err)
}

func howToFill(path string) string {
	return fmt.Sprintf("Write only the refresh token to the file: (umask 077; printf %%s "+
		"\"$REFRESH_TOKEN\" > %s).", shellPath(path))
}
