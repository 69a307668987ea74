package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tools/docgen/lifecyclepage"
)

const (
	pictureFile = "templates/images/project-lifecycle.svg"
	// docgen replaces these markers in the templates.
	stepTableMarker  = "@LIFECYCLE_STEPS@"
	applyTableMarker = "@LIFECYCLE_APPLY@"
	versionMarker    = "@VERSION@"
)

// drawPicture writes the picture of the lifecycle. With check it compares the existing file
// instead.
func drawPicture(check bool) error {
	picture := []byte(lifecyclepage.Picture())
	if !check {
		if err := os.MkdirAll(filepath.Dir(pictureFile), 0o750); err != nil {
			return err
		}
		return os.WriteFile(pictureFile, picture, 0o600)
	}
	there, err := os.ReadFile(pictureFile)
	if err == nil && !bytes.Equal(there, picture) {
		err = fmt.Errorf("%s is not what the transitions say: run make docs", pictureFile)
	}
	return err
}

// fillTemplates replaces the markers in all templates.
func (w staging) fillTemplates(version string) error {
	markers := strings.NewReplacer(stepTableMarker, lifecyclepage.StepTable(), applyTableMarker,
		lifecyclepage.ApplyTable(),
		versionMarker, version)
	return filepath.WalkDir(filepath.Join(w.dir, "templates"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".tmpl" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, []byte(markers.Replace(string(text))), 0o600)
	})
}
