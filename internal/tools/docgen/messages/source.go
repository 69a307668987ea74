// Package messages collects from the provider's source what it says when
// something is wrong, so that the documentation can be held against it.
package messages

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

const module = "github.com/codesign-tf/terraform-provider-codesign/internal/"

// Source is the code of the provider: the package that wires it, and all of this
// module that this one imports.
type Source struct {
	positions *token.FileSet
	packages  map[string]*parsed // by their directory below internal
}

type parsed struct {
	name      string
	files     []*ast.File
	constants map[string]ast.Expr
}

// Load parses the package in a directory below internal, which is the root, and
// what it imports.
func Load(internal fs.FS, directory string) (*Source, error) {
	s := &Source{positions: token.NewFileSet(), packages: map[string]*parsed{}}
	return s, s.load(internal, directory)
}

func (s *Source) load(internal fs.FS, directory string) error {
	if s.packages[directory] != nil {
		return nil
	}
	p := &parsed{constants: map[string]ast.Expr{}}
	s.packages[directory] = p
	names, err := fs.Glob(internal, path.Join(directory, "*.go"))
	if err != nil {
		return err
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		if err := s.parse(internal, p, name); err != nil {
			return err
		}
	}
	for _, imported := range p.imports() {
		if err := s.load(internal, imported); err != nil {
			return err
		}
	}
	return nil
}

func (s *Source) parse(internal fs.FS, p *parsed, name string) error {
	text, err := fs.ReadFile(internal, name)
	if err != nil {
		return err
	}
	file, err := parser.ParseFile(s.positions, name, text, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	p.name = file.Name.Name
	p.files = append(p.files, file)
	p.keepConstants(file)
	return nil
}

// imports are the directories of the imported packages of this module.
func (p *parsed) imports() []string {
	var directories []string
	for _, file := range p.files {
		for _, i := range file.Imports {
			name, _ := strconv.Unquote(i.Path.Value)
			if directory, ours := strings.CutPrefix(name, module); ours {
				directories = append(directories, directory)
			}
		}
	}
	return directories
}

// keepConstants keeps those of the package and those of its functions: names of
// texts are not used twice.
func (p *parsed) keepConstants(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		if g, is := n.(*ast.GenDecl); is && g.Tok == token.CONST {
			for _, spec := range g.Specs {
				p.keep(spec)
			}
		}
		return true
	})
}

func (p *parsed) keep(spec ast.Spec) {
	values, is := spec.(*ast.ValueSpec)
	if !is || len(values.Names) != len(values.Values) {
		return
	}
	for i, name := range values.Names {
		p.constants[name.Name] = values.Values[i]
	}
}

func (s *Source) at(n ast.Node) string {
	p := s.positions.Position(n.Pos())
	return p.Filename + ":" + strconv.Itoa(p.Line)
}
