package messages

import (
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Message is a text that a user can meet.
type Message struct {
	Text string // with Gap where something is filled in
	At   string // file:line
}

// Gap stands for what a message fills in.
const Gap = "…"

var verb = regexp.MustCompile(`%[-+# 0]*[\d.]*[a-zA-Z]`)

// render is a string expression as text. What is only known at run time is a Gap.
func (p *parsed) render(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		if err != nil || e.Kind != token.STRING {
			return Gap
		}
		return formatted(text)
	case *ast.BinaryExpr:
		return p.render(e.X) + p.render(e.Y)
	case *ast.ParenExpr:
		return p.render(e.X)
	case *ast.Ident:
		if value := p.constants[e.Name]; value != nil {
			return p.render(value)
		}
	case *ast.CallExpr:
		if len(e.Args) > 0 && isFormat(e) {
			return p.render(e.Args[0])
		}
	}
	return Gap
}

// isFormat is true for what turns a format into a text or an error.
func isFormat(e *ast.CallExpr) bool {
	name := nameOf(e)
	return strings.EqualFold(name, "sprintf") || name == "Errorf" || name == "bad"
}

// formatted puts gaps in place of verbs.
func formatted(format string) string {
	return strings.ReplaceAll(verb.ReplaceAllString(format, Gap), "%%", "%")
}

// nameOf is the last name of what is called.
func nameOf(e *ast.CallExpr) string {
	switch f := e.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

var spaces = regexp.MustCompile(`\s+`)

// Plain is a text as it is compared: white space folded, without marks of code
// and emphasis, and without what a message only joins to others by.
func Plain(text string) string {
	text = spaces.ReplaceAllString(strings.NewReplacer("`", "", "*", "", `\|`, "|").Replace(text), " ")
	return strings.Trim(text, " -.,;:()"+Gap)
}

// Page is a text to look for messages in.
type Page string

// NewPage folds what does not matter for the search.
func NewPage(text string) Page { return Page(strings.ToLower(Plain(text))) }

// Has tells whether the page has a message, whatever stands there in place of
// its gaps and in whichever case: a sentence begins with a capital.
func (p Page) Has(m Message) bool {
	pieces := strings.Split(strings.ToLower(m.Text), Gap)
	for i, piece := range pieces {
		pieces[i] = strings.TrimSpace(piece)
	}
	for rest := string(p); ; {
		_, after, found := strings.Cut(rest, pieces[0])
		if !found || follow(after, pieces[1:]) {
			return found
		}
		rest = after
	}
}

// follow tells whether the pieces come next, with little between them.
func follow(text string, pieces []string) bool {
	const filled = 40 // bytes in a gap
	for _, piece := range pieces {
		near := text[:min(len(text), filled+len(piece))]
		i := strings.Index(near, piece)
		if i < 0 {
			return false
		}
		text = text[i+len(piece):]
	}
	return true
}

// says is false for a text that is nothing but glue.
func says(text string) bool {
	return strings.ContainsFunc(text, unicode.IsLetter) && strings.ContainsAny(text, " -")
}
