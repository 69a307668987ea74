package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
)

// pkg is what go list says about a package.
type pkg struct {
	Dir, ImportPath, Name string
	GoFiles               []string
}

func list(ctx context.Context, patterns []string) ([]pkg, error) {
	cmd := exec.CommandContext(ctx, "go", append([]string{"list", "-json=Dir,ImportPath,Name,GoFiles"}, patterns...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	var packages []pkg
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var p pkg
		if err := d.Decode(&p); err != nil {
			return nil, err
		}
		packages = append(packages, p)
	}
	return packages, nil
}

// build compiles all mutants of a package into the test binaries.
type build struct {
	pkg      pkg
	dir      string
	mutants  []*mutant
	binaries []binary
}

// binary is the compiled tests of one package.
type binary struct{ path, dir string }

// selector is the file that says which mutant is active, and records which are reached.
const selector = `package %s

import (
	"os"
	"strconv"
	"sync"
)

var mutationActive, mutationReached = func() (int, *sync.Map) {
	id, _ := strconv.Atoi(os.Getenv("MUTATE_ACTIVE"))
	if os.Getenv("MUTATE_REACHED") == "" {
		return id, nil
	}
	return id, &sync.Map{}
}()

func mutation(id int) bool {
	if mutationReached != nil {
		if _, seen := mutationReached.LoadOrStore(id, true); !seen {
			f, err := os.OpenFile(os.Getenv("MUTATE_REACHED"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
			if err == nil {
				f.WriteString(strconv.Itoa(id) + "\n")
				f.Close()
			}
		}
	}
	return id == mutationActive
}
`

// compile builds the tests. A mutant that the compiler refuses is marked invalid and left out.
func (b *build) compile(ctx context.Context, packages []string) error {
	tests, err := list(ctx, packages)
	if err != nil {
		return err
	}
	for {
		refusal, err := b.compileAll(ctx, tests)
		switch {
		case err != nil || refusal == "":
			return err
		case !b.markInvalid(refusal):
			return errors.New("the tests do not compile:\n" + refusal)
		}
	}
}

// compileAll returns what the compiler says if it refuses the tests of a package.
func (b *build) compileAll(ctx context.Context, tests []pkg) (refusal string, err error) {
	overlay, err := b.write()
	if err != nil {
		return "", err
	}
	b.binaries = nil
	for i, p := range tests {
		path := filepath.Join(b.dir, fmt.Sprintf("tests%d", i))
		cmd := exec.CommandContext(ctx, "go", "test", "-c", "-gcflags=-e", "-vet=off", "-overlay", overlay, "-o", path,
			p.ImportPath)
		if out, err := cmd.CombinedOutput(); err != nil {
			return cmp.Or(string(out), err.Error()), ctx.Err()
		}
		if _, err := os.Stat(path); err == nil { // a package without tests leaves none
			b.binaries = append(b.binaries, binary{path, p.Dir})
		}
	}
	return "", nil
}

// write makes the overlay: the changed files, and the selector.
func (b *build) write() (string, error) {
	replace := map[string]string{}
	for _, name := range b.pkg.GoFiles {
		original := filepath.Join(b.pkg.Dir, name)
		source, err := os.ReadFile(original)
		if err != nil {
			return "", err
		}
		replace[original] = filepath.Join(b.dir, name)
		if err := os.WriteFile(replace[original], weave(source, name, b.mutants), 0o600); err != nil {
			return "", err
		}
	}
	chosen := filepath.Join(b.dir, "mutation_selector.go")
	replace[filepath.Join(b.pkg.Dir, "mutation_selector.go")] = chosen
	if err := os.WriteFile(chosen, fmt.Appendf(nil, selector, b.pkg.Name), 0o600); err != nil {
		return "", err
	}
	content, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(b.dir, "overlay.json")
	return overlay, os.WriteFile(overlay, content, 0o600)
}

// weave puts the texts of all valid mutants of a file around their pieces, the outer ones outside.
func weave(source []byte, file string, mutants []*mutant) []byte {
	before, after := map[int]string{}, map[int]string{}
	ordered := slices.Clone(mutants)
	slices.SortStableFunc(ordered, func(a, b *mutant) int {
		return cmp.Or(cmp.Compare(a.begin.Offset, b.begin.Offset), cmp.Compare(b.end.Offset, a.end.Offset))
	})
	for _, m := range ordered {
		if m.file == file && m.status != invalid {
			before[m.begin.Offset] += m.prefix
			after[m.end.Offset] = m.suffix + after[m.end.Offset]
		}
	}
	var out bytes.Buffer
	for i := 0; i <= len(source); i++ {
		out.WriteString(after[i])
		out.WriteString(before[i])
		if i < len(source) {
			out.WriteByte(source[i])
		}
	}
	return out.Bytes()
}

var compilerLine = regexp.MustCompile(`(?m)([^/\s:]+\.go):(\d+):\d+:`)

// markInvalid finds the mutants at the places that the compiler names: those of one line first.
func (b *build) markInvalid(refusal string) bool {
	return b.markAt(refusal, true) || b.markAt(refusal, false)
}

func (b *build) markAt(refusal string, oneLine bool) (marked bool) {
	for _, match := range compilerLine.FindAllStringSubmatch(refusal, -1) {
		line, _ := strconv.Atoi(match[2])
		for _, m := range b.mutants {
			first, last := m.begin.Line, m.end.Line
			there := m.file == match[1] && first <= line && line <= last
			if there && m.status != invalid && (first == last || !oneLine) {
				m.status, marked = invalid, true
			}
		}
	}
	return marked
}
