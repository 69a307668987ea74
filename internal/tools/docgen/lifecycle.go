package main

import (
	"os"
	"path/filepath"
	"strings"
)

// fillTemplates replaces the markers in all templates.
func (w staging) fillTemplates(version string) error {
	parts, err := w.takeParts()
	if err != nil {
		return err
	}
	markers := strings.NewReplacer(append(parts, "@LIFECYCLE_STEPS@", stepTable(), "@LIFECYCLE_APPLY@", applyTable(),
		"@VERSION@", version)...)
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
