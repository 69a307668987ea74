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

// In tells whether a text has the message, whatever stands there in place of its
// gaps and in whichever case: a sentence begins with a capital.
func (m Message) In(text string) bool {
	pieces := strings.Split(m.Text, Gap)
	for i, piece := range pieces {
		pieces[i] = regexp.QuoteMeta(strings.TrimSpace(piece))
	}
	return regexp.MustCompile("(?i)" + strings.Join(pieces, ".{0,40}?")).MatchString(Plain(text))
}

// says is false for a text that is nothing but glue.
func says(text string) bool {
	return strings.ContainsFunc(text, unicode.IsLetter) && strings.ContainsAny(text, " -")
}
