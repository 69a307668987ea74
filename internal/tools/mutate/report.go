package main

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
)

// report is what became of the mutants of one package.
type report struct{ mutants []*mutant }

func (r report) count(s status) int {
	n := 0
	for _, m := range r.mutants {
		if m.status == s {
			n++
		}
	}
	return n
}

// print lists the survivors, and then the figures. A mutant that no test reaches survives as well.
func (r report) print(w io.Writer, p pkg) {
	folder := filepath.Base(p.Dir)
	sorted := slices.Clone(r.mutants)
	slices.SortStableFunc(sorted, func(a, b *mutant) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column))
	})
	for _, m := range sorted {
		note := ""
		switch m.status {
		case notReached:
			note = " (no test reaches it)"
		case survived:
		default:
			continue
		}
		fmt.Fprintf(w, "%s/%s:%d:%d: %s%s\n", folder, m.file, m.line, m.column, m.what, note)
	}
	done := r.count(killed) + r.count(survived) + r.count(notReached)
	fmt.Fprintf(w, "%s: %d of %d killed", p.ImportPath, r.count(killed), done)
	if done > 0 {
		fmt.Fprintf(w, " (%.1f %%)", 100*float64(r.count(killed))/float64(done))
	}
	fmt.Fprintf(w, ", %d not reached, %d invalid, %d not run", r.count(notReached), r.count(invalid), r.count(notRun))
	if n := r.count(leftOut); n > 0 {
		fmt.Fprintf(w, "; a sample, %d left out", n)
	}
	fmt.Fprintln(w)
}
