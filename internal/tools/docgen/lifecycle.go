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
	// The markers stand in a guide where the tables of the transitions belong.
	tableMarker = "@LIFECYCLE_TABLE@"
	goalsMarker = "@LIFECYCLE_GOALS@"
)

// drawPicture writes the picture of a project's lifecycle, or with check
// compares it with the one that is there.
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

// fillGuides puts the tables of the transitions into the guides that want them.
func (w workshop) fillGuides() error {
	guides, err := filepath.Glob(filepath.Join(w.dir, "templates", "guides", "*.tmpl"))
	if err != nil {
		return err
	}
	tables := strings.NewReplacer(tableMarker, lifecyclepage.Table(), goalsMarker, lifecyclepage.Goals())
	for _, guide := range guides {
		text, err := os.ReadFile(guide)
		if err != nil {
			return err
		}
		if err := os.WriteFile(guide, []byte(tables.Replace(string(text))), 0o600); err != nil {
			return err
		}
	}
	return nil
}
