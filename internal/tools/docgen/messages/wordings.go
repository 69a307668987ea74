package messages

import (
	"go/ast"
	"slices"
	"strings"
)

// Wordings are the texts of typed errors, piece by piece, sorted: those of their
// methods, those that they are made with, and the notes that go along. Of the
// rules, whose directories are named, they are all refusals of what somebody typed.
func (s *Source) Wordings(rules ...string) []Message {
	found := map[Message]bool{}
	for directory, p := range s.packages {
		for _, file := range p.files {
			s.errors(p, file, slices.Contains(rules, directory), found)
		}
	}
	return sorted(found)
}

func isErrorMethod(f *ast.FuncDecl) bool {
	return f.Recv != nil && f.Name.Name == "Error" && len(f.Type.Params.List) == 0
}

// pieces keeps the largest texts below a node.
func (s *Source) pieces(p *parsed, below ast.Node, found map[Message]bool) {
	ast.Inspect(below, func(n ast.Node) bool {
		e, is := n.(ast.Expr)
		if !is {
			return true
		}
		text := Plain(p.render(e))
		if says(text) {
			found[Message{text, s.at(e)}] = true
		}
		return text == ""
	})
}

// errors keeps the texts of the errors of a file.
func (s *Source) errors(p *parsed, file *ast.File, rules bool, found map[Message]bool) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Body != nil && isErrorMethod(n) {
				s.pieces(p, n.Body, found)
			}
		case *ast.CallExpr:
			if rules && (nameOf(n) == "Errorf" || isNewError(n)) {
				s.pieces(p, n, found)
			}
		case *ast.CompositeLit:
			for _, e := range spoken(n) {
				s.pieces(p, e, found)
			}
		}
		return true
	})
}

// spoken are the texts that a value is made with: the members of an error that
// are given without their names, and members that are there to be read.
func spoken(l *ast.CompositeLit) []ast.Expr {
	typed, is := l.Type.(*ast.Ident)
	isError := is && strings.HasSuffix(typed.Name, "Error")
	var texts []ast.Expr
	for _, e := range l.Elts {
		pair, named := e.(*ast.KeyValueExpr)
		switch {
		case !named && isError:
			texts = append(texts, e)
		case named && (isNamed(pair.Key, "Text") || isNamed(pair.Key, "Notes")):
			texts = append(texts, pair.Value)
		}
	}
	return texts
}

func isNamed(e ast.Expr, name string) bool {
	ident, is := e.(*ast.Ident)
	return is && ident.Name == name
}

func isNewError(call *ast.CallExpr) bool {
	f, is := call.Fun.(*ast.SelectorExpr)
	if !is || f.Sel.Name != "New" {
		return false
	}
	return isNamed(f.X, "errors")
}
