package auth

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// fileFault says in plain words why a file could not be used.
func fileFault(path string, err error) string {
	shown := quoted(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no file " + shown
	case errors.Is(err, fs.ErrPermission):
		return "no permission to use " + shown
	}
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Sprintf("%s: %v", shown, pathError.Err)
	}
	return fmt.Sprintf("%s: %v", shown, err)
}

func fileProblem(attribute, summary, detail string, err error) *ProblemError {
	return &ProblemError{Attribute: attribute, Summary: summary, Detail: detail, Err: err}
}

const maxFile = 1 << 20 // bytes of a file with a token in it

// readSmallFile refuses what is no ordinary file, such as a pipe, on which reading would wait.
func readSmallFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	switch {
	case info.IsDir():
		return nil, errors.New("it is a directory")
	case !info.Mode().IsRegular():
		return nil, errors.New("it is not an ordinary file")
	case info.Size() > maxFile:
		return nil, fmt.Errorf("it is larger than %d bytes", maxFile)
	}
	return os.ReadFile(path)
}
