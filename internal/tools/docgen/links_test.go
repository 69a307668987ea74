package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

const root = "../../.."

var (
	fenced  = regexp.MustCompile("(?s)\n```.*?\n```")
	heading = regexp.MustCompile(`(?m)^#{1,6} +(.*)$`)
	anchor  = regexp.MustCompile(`<a id="([^"]+)">`)
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
)

// page is a Markdown page without its code.
func page(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return fenced.ReplaceAllString(string(text), "")
}

// slug is the anchor of a heading, as the hosts of the repository and of the registry make it.
func slug(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			return unicode.ToLower(r)
		case r == ' ':
			return '-'
		default:
			return -1
		}
	}, heading)
}

func anchors(text string) map[string]bool {
	there := map[string]bool{"": true}
	for _, m := range heading.FindAllStringSubmatch(text, -1) {
		there[slug(m[1])] = true
	}
	for _, m := range anchor.FindAllStringSubmatch(text, -1) {
		there[m[1]] = true
	}
	return there
}

func TestPages_Links(t *testing.T) {
	t.Parallel()
	pages := pagesBelow(t, "docs", "internal", ".github", "README.md", "CHANGELOG.md")
	for _, name := range pages {
		for _, m := range link.FindAllStringSubmatch(page(t, name), -1) {
			path, fragment, _ := strings.Cut(m[1], "#")
			if strings.Contains(path, ":") {
				continue // another host
			}
			target := name
			if path != "" {
				target = filepath.Join(filepath.Dir(name), path)
			}
			info, err := os.Stat(target)
			switch {
			case err != nil:
				t.Errorf("%s: %s leads nowhere", name, m[1])
			case !info.IsDir() && filepath.Ext(target) == ".md" && !anchors(page(t, target))[fragment]:
				t.Errorf("%s: %s has no such heading", name, m[1])
			}
		}
	}
}

var (
	picture = regexp.MustCompile(`!\[[^\]]*\]\(([^)]*)\)`)
	tagged  = regexp.MustCompile(
		`^https://raw\.githubusercontent\.com/codesign-tf/terraform-provider-codesign/v([^/]+)/([^?]+)(?:\?sanitize=true)?$`)
)

// The registry shows a picture only by an absolute URL. The URL has the tag of the page's version,
// so that the picture does not change after the release.
func TestPages_PicturesAtTag(t *testing.T) {
	t.Parallel()
	version, err := nextVersion(filepath.Join(root, "CHANGELOG.md"))
	if err != nil {
		t.Fatal(err)
	}
	pictures := 0
	for _, name := range pagesBelow(t, "docs") {
		for _, m := range picture.FindAllStringSubmatch(page(t, name), -1) {
			pictures++
			url := tagged.FindStringSubmatch(m[1])
			if len(url) != 3 || url[1] != version {
				t.Errorf("%s: %s is not a URL at the tag v%s", name, m[1], version)
				continue
			}
			if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(url[2]))); err != nil {
				t.Errorf("%s: the repository has no picture %s", name, url[2])
			}
		}
	}
	if pictures < 2 {
		t.Errorf("only %d pictures were found", pictures)
	}
}

func pagesBelow(t *testing.T, places ...string) []string {
	t.Helper()
	var pages []string
	for _, place := range places {
		err := filepath.WalkDir(filepath.Join(root, place), func(path string, entry fs.DirEntry, err error) error {
			if os.IsNotExist(err) {
				return nil
			}
			if err == nil && !entry.IsDir() && filepath.Ext(path) == ".md" {
				pages = append(pages, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(pages) < 20 {
		t.Fatalf("only %d pages were found", len(pages))
	}
	return pages
}

func TestPages_InternalMapListsPackages(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(root, "internal", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	packages, err := os.ReadDir(filepath.Join(root, "internal"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range packages {
		if p.IsDir() && !strings.Contains(string(text), "\n  "+p.Name()+"/") {
			t.Errorf("internal/README.md does not list %s", p.Name())
		}
	}
}
