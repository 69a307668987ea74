package main

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

const (
	troubleshooting = "templates/guides/troubleshooting.md.tmpl"
	repository      = "../../../"
)

// reasonEntries has a text of the page for each code of client.Error.
var reasonEntries = map[client.Reason]string{
	client.NotFound:     "the server has no project",
	client.Forbidden:    "InsufficientPermission (2), InsufficientPrivileges (4)",
	client.BadToken:     "invalid_token",
	client.MissingScope: "insufficient_scope",
	client.WrongType:    "it is not certain that it does not exist",
	client.LoadFailed:   "it is not certain that it does not exist",
	client.NotReady:     "ObjectsPending (3005)",
	client.EmptyAnswer:  "the server's answer is incomplete",
	client.Refused:      "A result that has a name is the server's own",
	client.BadAnswer:    "malformed JSON",
	client.Unavailable:  "HTTP 429, 502, 503, 504",
	client.Unsupported:  "NotImplemented (13)",
	client.Cancelled:    "Ctrl-C",
	client.Redirected:   "redirected to …",
}

func TestTroubleshooting_HasEveryErrorCode(t *testing.T) {
	t.Parallel()
	page := plainPage(t)
	for reason := client.Unknown + 1; reason <= client.Redirected; reason++ {
		entry := reasonEntries[reason]
		if entry == "" || !strings.Contains(page, entry) {
			t.Errorf("%s has no entry %q for client.Reason %d", troubleshooting, entry, reason)
		}
	}
}

func TestTroubleshooting_HasEverySummary(t *testing.T) {
	t.Parallel()
	page := strings.ToLower(plainPage(t))
	summaries := summariesIn(t, os.DirFS(repository+"internal"))
	if len(summaries) < 60 {
		t.Fatalf("only %d summaries found: %q", len(summaries), summaries)
	}
	for summary, file := range summaries {
		if !summaryPattern(summary).MatchString(page) {
			t.Errorf("%s: no entry in %s for the summary %q", file, troubleshooting, summary)
		}
	}
}

// plainPage is the page without line breaks and Markdown emphasis.
func plainPage(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(repository + troubleshooting)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(strings.NewReplacer("`", "", "*", "").Replace(string(text))), " ")
}

// Sources of summaries: a call that adds a diagnostic (its first literal with a capital), the
// member Summary, and every literal that begins as a summary does, whatever variable it passes
// through. A summary has no full stop.
var summarySources = regexp.MustCompile(
	`(?:Add(?:Attribute)?(?:Error|Warning)|AddProblem|[rR]eport|warn)\(` +
		`(?:[^";{}]|"[^"A-Z][^"]*")*?"([A-Z][^".]* [^".]*)"` +
		`|Summary:\s*(?:\w+ \+ )?"([^"]+)"` +
		`|"((?:Unable to|Could not|Invalid) [^".]+)"`)

var comments = regexp.MustCompile(`(?m)^\s*//.*$`)

// Folders whose texts are no diagnostics of the provider.
var notServed = []string{"e2e", "functions", "testkit", "tools"}

// summariesIn returns the summaries of the provider's diagnostics, each with a file that has it.
func summariesIn(t *testing.T, internal fs.FS) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := fs.WalkDir(internal, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains(notServed, name):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		text, err := fs.ReadFile(internal, name)
		for _, match := range summarySources.FindAllStringSubmatch(comments.ReplaceAllString(string(text), ""), -1) {
			found[strings.Join(match[1:], "")] = name
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

var verb = regexp.MustCompile(`%[a-z]`)

// summaryPattern matches a summary in lower case, with anything short in the place of a formatting
// verb.
func summaryPattern(summary string) *regexp.Regexp {
	parts := verb.Split(strings.ToLower(strings.TrimSpace(summary)), -1)
	for i, part := range parts {
		parts[i] = regexp.QuoteMeta(strings.TrimSpace(part))
	}
	return regexp.MustCompile(strings.Join(parts, ".{0,40}?"))
}
