package messages

import (
	"go/ast"
	"slices"
	"strconv"
	"strings"
)

// taker is a function that takes the summary of a diagnostic. Methods are told
// apart by their name alone.
type taker struct{ directory, name string }

// sought is a walk through the source for summaries. A parameter that ends up as
// one makes its function a taker, whose calls are looked at in turn.
type sought struct {
	*Source
	takers map[taker]int // which argument
	found  map[Message]bool
}

// Summaries are the first lines of the diagnostics, sorted.
func (s *Source) Summaries() []Message {
	w := &sought{Source: s, takers: map[taker]int{}, found: map[Message]bool{}}
	for before := -1; before != len(w.takers); {
		before = len(w.takers)
		for directory, p := range s.packages {
			for _, file := range p.files {
				w.file(directory, p, file)
			}
		}
	}
	return sorted(w.found)
}

func sorted(found map[Message]bool) []Message {
	list := make([]Message, 0, len(found))
	for m := range found {
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b Message) int { return strings.Compare(a.Text+a.At, b.Text+b.At) })
	return list
}

func (w *sought) file(directory string, p *parsed, file *ast.File) {
	for _, d := range file.Decls {
		f, is := d.(*ast.FuncDecl)
		if !is || f.Body == nil {
			continue
		}
		ast.Inspect(f.Body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if i, takes := w.argument(directory, file, n); takes && i < len(n.Args) {
					w.summary(directory, p, f, n.Args[i])
				}
			case *ast.CompositeLit:
				if value := summaryOf(n); value != nil {
					w.summary(directory, p, f, value)
				}
			}
			return true
		})
	}
}

// argument is the position of the summary in a call.
func (w *sought) argument(directory string, file *ast.File, call *ast.CallExpr) (int, bool) {
	name, owner := nameOf(call), directory
	if selected, is := call.Fun.(*ast.SelectorExpr); is {
		imported := importedAs(file, selected.X)
		if i := methods[name+strconv.Itoa(len(call.Args))]; i > 0 && imported == "" {
			return i - 1, true
		}
		if imported != "" {
			owner = imported
		}
	}
	i, takes := w.takers[taker{owner, name}]
	return i, takes
}

// methods of diag.Diagnostics by name and number of arguments, and the position
// of the summary, counted from 1.
var methods = map[string]int{"AddError2": 1, "AddWarning2": 1, "AddAttributeError3": 2, "AddAttributeWarning3": 2}

// importedAs is the directory of the package of this module that an expression
// names, empty for anything else.
func importedAs(file *ast.File, x ast.Expr) string {
	name, is := x.(*ast.Ident)
	if !is {
		return ""
	}
	for _, i := range file.Imports {
		imported, _ := strconv.Unquote(i.Path.Value)
		if directory, ours := strings.CutPrefix(imported, module); ours && (directory == name.Name || strings.HasSuffix(directory, "/"+name.Name)) {
			return directory
		}
	}
	return ""
}

// summaryOf is the member Summary of something that also has a Detail.
func summaryOf(l *ast.CompositeLit) ast.Expr {
	members := map[string]ast.Expr{}
	for _, element := range l.Elts {
		if pair, is := element.(*ast.KeyValueExpr); is {
			if key, is := pair.Key.(*ast.Ident); is {
				members[key.Name] = pair.Value
			}
		}
	}
	if members["Detail"] == nil {
		return nil
	}
	return members["Summary"]
}

// summary keeps a text, or finds out where it comes from.
func (w *sought) summary(directory string, p *parsed, f *ast.FuncDecl, e ast.Expr) {
	if name, is := e.(*ast.Ident); is {
		if i := parameter(f, name.Name); i >= 0 {
			w.takers[taker{directory, f.Name.Name}] = i
			return
		}
		for _, assigned := range assignedTo(f, name.Name) {
			w.keep(p, assigned)
		}
	}
	w.keep(p, e)
}

func (w *sought) keep(p *parsed, e ast.Expr) {
	if text := Plain(p.render(e)); says(text) {
		w.found[Message{text, w.at(e)}] = true
	}
}

// parameter is the position of a parameter, -1 for any other name.
func parameter(f *ast.FuncDecl, name string) int {
	i := 0
	for _, field := range f.Type.Params.List {
		for _, n := range field.Names {
			if n.Name == name {
				return i
			}
			i++
		}
	}
	return -1
}

// assignedTo are the values that a function gives to a variable of its own.
func assignedTo(f *ast.FuncDecl, name string) []ast.Expr {
	var values []ast.Expr
	ast.Inspect(f.Body, func(n ast.Node) bool {
		a, is := n.(*ast.AssignStmt)
		if !is || len(a.Lhs) != len(a.Rhs) {
			return true
		}
		for i, to := range a.Lhs {
			if ident, is := to.(*ast.Ident); is && ident.Name == name {
				values = append(values, a.Rhs[i])
			}
		}
		return true
	})
	return values
}
