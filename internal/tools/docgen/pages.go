package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

const (
	providerName = "codesign"
	// otherPrefix begins the types that the provider serves beside its own.
	otherPrefix = "workflow_"
)

// pageType is the name under which tfplugindocs finds a type: it looks for the provider's name
// before every page's. So workflow_ticket_decision becomes codesign_workflow_ticket_decision, whose
// page has the name that the registry requires.
func pageType(typeName string) string {
	if strings.HasPrefix(typeName, otherPrefix) {
		return providerName + "_" + typeName
	}
	return typeName
}

// fixPage is a page's text with pageType undone, and without the comma that tfplugindocs puts into
// the signature of a function that has nothing but a variadic parameter.
func fixPage(page string) string {
	return strings.NewReplacer(providerName+"_"+otherPrefix, otherPrefix, "(, ", "(").Replace(page)
}

// staging is a directory laid out like the repository, in which pages are made before they replace
// those in docs.
type staging struct{ dir string }

func newStaging(root, dir string, schemas object) (staging, error) {
	w := staging{dir}
	for _, name := range []string{"templates", "examples"} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(filepath.Join(root, name))); err != nil {
			return w, fmt.Errorf("copying %s: %w", name, err)
		}
	}
	if err := w.renameExamples(); err != nil {
		return w, err
	}
	if err := w.shortenExamples(); err != nil {
		return w, err
	}
	version, err := nextVersion(filepath.Join(root, "CHANGELOG.md"))
	if err != nil {
		return w, err
	}
	if err := w.fillTemplates(version); err != nil {
		return w, err
	}
	data, err := json.Marshal(schemas)
	if err != nil {
		return w, fmt.Errorf("encoding the schema: %w", err)
	}
	return w, os.WriteFile(w.schemaFile(), data, 0o600)
}

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

func (w staging) schemaFile() string { return filepath.Join(w.dir, "schema.json") }

func (w staging) renameExamples() error {
	dirs, err := filepath.Glob(filepath.Join(w.dir, "examples", "*", otherPrefix+"*"))
	if err != nil {
		return err
	}
	for _, dir := range dirs {
		if err := os.Rename(dir, filepath.Join(filepath.Dir(dir), pageType(filepath.Base(dir)))); err != nil {
			return err
		}
	}
	return nil
}

// generate runs the pinned tfplugindocs and returns the directory of the pages it made and found
// valid.
func (w staging) generate(ctx context.Context) (string, error) {
	if err := w.tfplugindocs(ctx, "generate"); err != nil {
		return "", err
	}
	docs := filepath.Join(w.dir, "docs")
	if err := rewrite(docs, ".md", func(_, page string) string { return fixPage(page) }); err != nil {
		return "", err
	}
	return docs, w.tfplugindocs(ctx, "validate")
}

func (w staging) tfplugindocs(ctx context.Context, command string) error {
	cmd := exec.CommandContext(ctx, "go", "tool", "-modfile=internal/tools/docs/go.mod", "tfplugindocs", command,
		"--provider-dir", w.dir, "--provider-name", providerName, "--providers-schema", w.schemaFile())
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("tfplugindocs %s: %w\n%s", command, err, out)
	}
	return nil
}

// rewrite changes the files below a folder whose names have the extension.
func rewrite(folder, extension string, change func(name, text string) string) error {
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != extension {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, []byte(change(filepath.ToSlash(name), string(text))), 0o600)
	})
}

// emptyProvider ends the part of an example that is the same in all of them.
const emptyProvider = "provider \"codesign\" {}\n"

// wholeExamples are the folders whose pages show the provider block.
var wholeExamples = []string{
	"guides/getting-started",
	"guides/authenticating-from-a-pipeline",
	"guides/installing-the-provider",
	"provider",
}

// shortenExamples removes settings and the empty provider block from the examples on other pages.
// The files in the repository have them, so that a guide's example is a complete configuration.
func (w staging) shortenExamples() error {
	return rewrite(filepath.Join(w.dir, "examples"), ".tf", func(name, text string) string {
		isBelow := func(folder string) bool { return strings.HasPrefix(name, folder+"/") }
		if slices.ContainsFunc(wholeExamples, isBelow) {
			return text
		}
		return shortExample(text)
	})
}

// shortExample is an example without all that precedes its first own block. A file with a provider
// block that has arguments stays as it is.
func shortExample(text string) string {
	if _, rest, found := strings.Cut(text, emptyProvider); found && strings.TrimSpace(rest) != "" {
		return strings.TrimLeft(rest, "\n")
	}
	return text
}

var versionHeading = regexp.MustCompile(`(?m)^## \[?(\d+\.\d+\.\d+)\]?`)

// nextVersion is the version of the newest section of the changelog. Pages refer to files of the
// repository at the tag of this version.
func nextVersion(changelog string) (string, error) {
	text, err := os.ReadFile(changelog)
	if err != nil {
		return "", err
	}
	m := versionHeading.FindSubmatch(text)
	if m == nil {
		return "", fmt.Errorf("%s has no section for a version, such as \"## 0.1.0\"", changelog)
	}
	return string(m[1]), nil
}
