package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// status is what became of a mutant.
type status int

const (
	notRun status = iota
	invalid
	leftOut
	notReached
	survived
	killed
)

// mutant is one small change. It is text around a piece of source that stays: the change is active
// where the function mutation returns true for its number.
type mutant struct {
	id             int
	file           string
	begin, end     token.Position // of the piece
	prefix, suffix string
	what           string
	status         status
}

// finder collects the mutants of a package, file by file.
type finder struct {
	file    string
	source  []byte
	fset    *token.FileSet
	mutants []*mutant
	seen    map[string]bool
}

// find returns the mutants of a package.
func find(p pkg, files []string) ([]*mutant, error) {
	f := &finder{seen: map[string]bool{}}
	for _, name := range p.GoFiles {
		if len(files) > 0 && !slices.Contains(files, name) {
			continue
		}
		path := filepath.Join(p.Dir, name)
		source, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		f.file, f.source, f.fset = name, source, token.NewFileSet()
		parsed, err := parser.ParseFile(f.fset, path, source, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		f.functions(parsed)
	}
	return f.mutants, nil
}

// functions visits every function of a file, also those in the values of variables.
func (f *finder) functions(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Body != nil {
				f.body(n.Type, n.Body)
			}
		case *ast.FuncLit:
			f.body(n.Type, n.Body)
		}
		return true
	})
}

// body visits the statements of one function, without those of functions in it.
func (f *finder) body(signature *ast.FuncType, body *ast.BlockStmt) {
	returnsError := lastIsError(signature)
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BlockStmt:
			f.dropped(n.List)
		case *ast.CaseClause:
			f.dropped(n.Body)
		case *ast.CommClause:
			f.dropped(n.Body)
		case *ast.IfStmt:
			f.condition(n.Cond)
		case *ast.SwitchStmt:
			f.cases(n)
		case *ast.BinaryExpr:
			f.binary(n)
		case *ast.ReturnStmt:
			f.returned(n, returnsError)
		case *ast.AssignStmt:
			f.constants(n.Rhs)
		}
		return true
	})
}

// add records a mutant around a node; %m in the texts stands for the call that asks whether it is
// active.
func (f *finder) add(node ast.Node, prefix, suffix, what string) {
	begin, end := f.fset.Position(node.Pos()), f.fset.Position(node.End())
	key := fmt.Sprint(f.file, begin.Offset, end.Offset, what)
	if f.seen[key] {
		return
	}
	f.seen[key] = true
	id := len(f.mutants) + 1
	active := fmt.Sprintf("mutation(%d)", id)
	f.mutants = append(f.mutants, &mutant{
		id: id, file: f.file, begin: begin, end: end, what: what,
		prefix: strings.ReplaceAll(prefix, "%m", active), suffix: strings.ReplaceAll(suffix, "%m", active),
	})
}

// text is the source of a node. Where it has several lines, a directive after it keeps the numbers
// of the lines.
func (f *finder) text(node ast.Node) (text, resume string) {
	begin, end := f.fset.Position(node.Pos()), f.fset.Position(node.End())
	text = string(f.source[begin.Offset:end.Offset])
	if strings.Contains(text, "\n") {
		resume = fmt.Sprintf("/*line %s:%d:%d*/", begin.Filename, begin.Line, begin.Column)
	}
	return text, resume
}

// leaveOut leaves all valid mutants out, except for a sample of n; 0 keeps all. The sample is random,
// because the two mutants of a condition follow each other, and it is the same each time.
func leaveOut(mutants []*mutant, n int) {
	valid := slices.DeleteFunc(slices.Clone(mutants), func(m *mutant) bool { return m.status == invalid })
	if n <= 0 || n >= len(valid) {
		return
	}
	random := rand.New(rand.NewPCG(1, 1))
	random.Shuffle(len(valid), func(i, j int) { valid[i], valid[j] = valid[j], valid[i] })
	for _, m := range valid[n:] {
		m.status = leftOut
	}
}

func lastIsError(signature *ast.FuncType) bool {
	if signature.Results == nil {
		return false
	}
	last, ok := signature.Results.List[len(signature.Results.List)-1].Type.(*ast.Ident)
	return ok && last.Name == "error"
}
