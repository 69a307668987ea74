package main

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
)

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
