package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
)

// binary is the executable in a release archive.
type binary struct {
	name   string
	sha256 [sha256.Size]byte
	info   *debug.BuildInfo
}

const prefix = "terraform-provider-"

// open finds the one provider in the archive.
func open(archive string) (binary, error) {
	z, err := zip.OpenReader(archive)
	if err != nil {
		return binary{}, err
	}
	defer z.Close()
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, prefix) {
			return read(f)
		}
	}
	return binary{}, fmt.Errorf("%s holds no file whose name begins with %s", archive, prefix)
}

func read(f *zip.File) (binary, error) {
	r, err := f.Open()
	if err != nil {
		return binary{}, err
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err != nil {
		return binary{}, err
	}
	info, err := buildinfo.Read(bytes.NewReader(content))
	if err != nil {
		return binary{}, fmt.Errorf("%s: %w", f.Name, err)
	}
	return binary{name: f.Name, sha256: sha256.Sum256(content), info: info}, nil
}

// setting is what the build recorded under a key such as vcs.revision; "" where it recorded
// nothing.
func (b binary) setting(key string) string {
	for _, s := range b.info.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}
