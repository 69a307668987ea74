// Command mutate changes a package in small ways, one at a time, and runs its tests against each
// change. A change that no test notices is a survivor, and is printed with its place.
//
// All changes are compiled into one test binary through an overlay, so the files of the package
// stay as they are. An environment variable selects the change that is active. Each test runs
// alone first and records the changes it reaches; then a change meets only those tests.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tools/program"
)

// options are the command line.
type options struct {
	files, tests, run string
	sample            int
}

func main() {
	var o options
	flag.StringVar(&o.files, "files", "", "base names of the files to change, separated by commas; all where empty")
	flag.StringVar(&o.tests, "tests", "", "packages whose tests run as well, separated by commas")
	flag.StringVar(&o.run, "run", "", "pattern of the tests to run, as in go test -run")
	flag.IntVar(&o.sample, "sample", 0, "number of changes to test, the same ones each time; 0: all")
	flag.Parse()
	os.Exit(program.Main("", func(ctx context.Context) error { return all(ctx, o, flag.Args()) }))
}

func all(ctx context.Context, o options, patterns []string) error {
	packages, err := list(ctx, patterns)
	if err != nil {
		return err
	}
	for _, p := range packages {
		r, err := mutate(ctx, o, p)
		if err != nil {
			return fmt.Errorf("%s: %w", p.ImportPath, err)
		}
		r.print(os.Stdout, p)
	}
	return nil
}

// mutate tests every change of one package.
func mutate(ctx context.Context, o options, p pkg) (report, error) {
	mutants, err := find(p, split(o.files))
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	b := &build{pkg: p, dir: dir, mutants: mutants}
	if err := b.compile(ctx, append([]string{p.ImportPath}, split(o.tests)...)); err != nil {
		return nil, err
	}
	r := &runner{options: o, build: b}
	if err := r.baseline(ctx); err != nil {
		return nil, err
	}
	leaveOut(b.mutants, o.sample)
	r.runAll(ctx)
	return b.mutants, nil
}

func split(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

// report is what became of the mutants of one package.
type report []*mutant

// print lists the survivors, and then the figures. A mutant that no test reaches survives as well.
func (r report) print(w io.Writer, p pkg) {
	folder := filepath.Base(p.Dir)
	sorted := slices.Clone(r)
	slices.SortStableFunc(sorted, func(a, b *mutant) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.begin.Offset, b.begin.Offset))
	})
	count := map[status]int{}
	for _, m := range sorted {
		count[m.status]++
		note := ""
		switch m.status {
		case notReached:
			note = " (no test reaches it)"
		case survived:
		default:
			continue
		}
		fmt.Fprintf(w, "%s/%s:%d:%d: %s%s\n", folder, m.file, m.begin.Line, m.begin.Column, m.what, note)
	}
	done := count[killed] + count[survived] + count[notReached]
	fmt.Fprintf(w, "%s: %d of %d killed", p.ImportPath, count[killed], done)
	if done > 0 {
		fmt.Fprintf(w, " (%.1f %%)", 100*float64(count[killed])/float64(done))
	}
	fmt.Fprintf(w, ", %d not reached, %d invalid, %d not run", count[notReached], count[invalid], count[notRun])
	if count[leftOut] > 0 {
		fmt.Fprintf(w, "; a sample, %d left out", count[leftOut])
	}
	fmt.Fprintln(w)
}
