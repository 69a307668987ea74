package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// banned lists words that the documentation, the messages and the comments do not use, with the
// usual words for them.
var banned = []struct{ pattern, instead string }{
	{`whoever`, "the person who, the identity that"},
	{`somebody|someone else`, "another person"},
	{`nobody`, "no trustee, no approver, or the sentence in the active voice"},
	{`told|tells`, "says, reports, shows"},
	{`mend|mends|mended|mending`, "fix, correct, change"},
	{`wants`, "requires, needs, expects"},
	{`heed|heeds|heeded`, "use, follow"},
	{`turn(?:s|ed) up|turns out`, "appears, is"},
	{`on its way`, "name the current and the desired status"},
	{`way out`, "next step, remedy"},
	{`(?:for )?want of`, "without, because ... is missing"},
	{`none of`, "not one of, or a positive sentence"},
	{`is no (?:[a-km-z]|l[a-np-z])`, "is not a"}, // "is no longer" is usual
	{`com(?:es|e|ing) along`, "is included, follows"},
	{`ha(?:s|ve) (?:its|their) say`, "decides"},
	{`save for`, "except"},
	{`lest`, "so that ... not"},
	{`thereof`, "of it"},
	{`begets?`, "causes"},
	{`nothing (?:is|was) concluded`, "the resource stays in the state"},
	{`stands? in no way`, "is not an obstacle"},
	{`time (?:is|was) up`, "timed out"},
	{`c(?:o|a)mes? about`, "a verb, such as connect"},
	{`lets? (?:it )?go`, "is removed from the state"},
	{`belongs? into`, "is part of, needs"},
	{`driven to|drives? \w+ to`, "bring to, set to"},
	{`enough of it`, "a verb, such as closes, ends"},
	{`than nothing`, "positive"},
	{`as can be seen`, "probably"},
	{`look(?:s|ed)? at the`, "read, check"},
	{`has its way`, "a positive sentence"},
	{`no more than`, "at most"},
	{`in order to`, "to"},
	{`thereby|therein|whereby|wherein|whereof|hereby|herewith`, "two sentences"},
	{`please|simply|obviously|of course`, "the sentence without it"},
	{`e\.g|i\.e`, "for example, that is"},
}

// bannedWords has an expression for each row, and anyBanned is one for all of them, which is much faster.
var bannedWords, anyBanned = func() (each []*regexp.Regexp, one *regexp.Regexp) {
	var all []string
	for _, b := range banned {
		expression := `\b(?:` + b.pattern + `)` + end(b.pattern)
		each, all = append(each, regexp.MustCompile(`(?i)`+expression)), append(all, expression)
	}
	return each, regexp.MustCompile(`(?i)(?:` + strings.Join(all, "|") + `)`)
}()

// end closes a pattern at the end of a word, except a pattern that ends within the next word.
func end(pattern string) string {
	if strings.HasSuffix(pattern, "])") {
		return ""
	}
	return `\b`
}

// findings are the banned words in a text, with the usual words.
func findings(text string) []string {
	text = usual.ReplaceAllString(blanks.ReplaceAllString(text, " "), "")
	if !anyBanned.MatchString(text) {
		return nil
	}
	var all []string
	for i, word := range bannedWords {
		if found := word.FindString(text); found != "" {
			all = append(all, strconv.Quote(found)+": write "+banned[i].instead)
		}
	}
	return all
}

// usual are phrases that contain a banned word, but are usual English.
var usual = regexp.MustCompile(`(?i)\bthere is no\b`)

var blanks = regexp.MustCompile(`\s+(?://|#|\*)?\s*`)

func TestStyle_Findings(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"Fix the path.":                               0,
		"The project is no longer in the state.":      0,
		"The recommended value is 30s.":               0,
		"7 is no number":                              1,
		"Mend it, or somebody\n// else is on its way": 3,
	} {
		if got := findings(text); len(got) != want {
			t.Errorf("%q: got %q, want %d findings", text, got, want)
		}
	}
}

// prose are the folders and files that people read, from the root of the repository. docs/ is
// generated from them and from the strings in Go code.
var prose = []string{
	"templates", "examples", "README.md", "CHANGELOG.md", "GNUmakefile", ".golangci.yml", ".goreleaser.yml",
	".github", ".make", ".ci", "internal/README.md", "internal/tools/release", "internal/tools/cli",
}

func TestStyle_Prose(t *testing.T) {
	t.Parallel()
	files := 0
	for _, place := range prose {
		walk(t, place, func(path, name string) {
			if ext := filepath.Ext(path); ext == ".sum" || ext == ".png" {
				return
			}
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files++
			for i, paragraph := range strings.Split(string(text), "\n\n") {
				for _, finding := range findings(paragraph) {
					t.Errorf("%s, paragraph %d: %s", name, i+1, finding)
				}
			}
		})
	}
	if files < 100 {
		t.Errorf("only %d files were found", files)
	}
}

func TestStyle_Go(t *testing.T) {
	t.Parallel()
	walk(t, "internal", func(path, name string) {
		if filepath.Ext(path) != ".go" || name == "internal/tools/docgen/style_test.go" {
			return
		}
		for at, found := range goFindings(t, path) {
			t.Errorf("%s:%d: %s", name, at, strings.Join(found, "; "))
		}
	})
}

// goFindings checks the comments and strings of a Go file, by line.
func goFindings(t *testing.T, path string) map[int][]string {
	t.Helper()
	positions := token.NewFileSet()
	file, err := parser.ParseFile(positions, path, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	found := map[int][]string{}
	check := func(at token.Pos, text string) {
		if words := findings(text); words != nil {
			found[positions.Position(at).Line] = words
		}
	}
	for _, comment := range file.Comments {
		check(comment.Pos(), comment.Text())
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			if text, err := strconv.Unquote(literal.Value); err == nil {
				check(literal.Pos(), text)
			}
		}
		return true
	})
	return found
}

// walk calls visit for each file below a place in the repository.
func walk(t *testing.T, place string, visit func(path, name string)) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(root, place), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			name, _ := filepath.Rel(root, path)
			visit(path, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
