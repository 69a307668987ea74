package rights

import (
	"regexp"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// inert is text in which neither Markdown nor a code host finds anything: words, blanks, and signs
// between letters. Everything else may be active somewhere.
var inert = regexp.MustCompile(`^\\?[\p{L}\p{Nd}](?:[\p{L}\p{Nd}]|[ _|\\-]\p{L}|[ _|\\]\p{Nd})*$`)

// hash is a word that may be the start of a commit hash.
var hash = regexp.MustCompile(`(?i)(?:^|[^\p{L}\p{Nd}_])[0-9a-f]{7,}(?:$|[^\p{L}\p{Nd}_])`)

// cellText renders a name for a cell of a table. Code hosts find URLs, mentions (@team), references
// (#1, !1, GH-1), commit hashes and emoji after they have rendered the Markdown, so that escapes do
// not stop them; they leave code alone.
func cellText(name string) string {
	text := redact.Visible(name)
	if inert.MatchString(text) && !hash.MatchString(text) {
		return strings.ReplaceAll(text, "|", `\|`)
	}
	return code(text)
}

// code renders text as code spans. A pipe ends a cell even within a code span, and how a backslash
// before it is read differs: it stands outside, as an entity.
func code(text string) string {
	parts := strings.Split(text, "|")
	for i, part := range parts {
		parts[i] = span(part)
	}
	return strings.Join(parts, "&#124;")
}

// span delimits text by more backticks than there are in a row within it (CommonMark 6.1).
func span(text string) string {
	if strings.Trim(text, " ") == "" {
		return ""
	}
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	edges := text[:1] + text[len(text)-1:]
	if strings.Contains(edges, "`") || edges == "  " { // one blank at each end is not part of it
		text = " " + text + " "
	}
	return fence + text + fence
}
