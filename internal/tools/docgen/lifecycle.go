package main

import (
	"bytes"
	"fmt"
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
	parts, err := w.takeParts()
	if err != nil {
		return err
	}
	markers := strings.NewReplacer(append(parts,
		stepTableMarker, lifecyclepage.StepTable(), applyTableMarker, lifecyclepage.ApplyTable(),
		versionMarker, version)...)
	return rewrite(filepath.Join(w.dir, "templates"), ".tmpl", func(_, text string) string {
		return markers.Replace(text)
	})
}

// takeParts returns a marker, such as @PART:head@, and a text for each file in templates/parts, and
// removes the folder, which tfplugindocs would copy. The templates of several kinds share these
// texts.
func (w staging) takeParts() ([]string, error) {
	folder := filepath.Join(w.dir, "templates", "parts")
	files, err := filepath.Glob(filepath.Join(folder, "*.part"))
	if err != nil {
		return nil, err
	}
	var markers []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		name := strings.TrimSuffix(filepath.Base(file), ".part")
		markers = append(markers, "@PART:"+name+"@", strings.TrimRight(string(text), "\n"))
	}
	return markers, os.RemoveAll(folder)
}
