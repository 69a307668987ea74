package main

import (
	"context"
	"time"
)

// row is one line of the table: everything in it was measured in turn.
type row struct {
	work             string
	at               setting
	cli, loop, empty sample
	plan, apply      sample // the two parts of cli, for works that change something
	changes, alone   bool   // alone: the empty plan, which has no loop
}

// ratio is what the work takes by the CLI, over what has to be: the plain loop
// and a CLI that has nothing to do.
func (r row) ratio() float64 { return over(r.cli.wall, r.loop.wall+r.empty.wall) }

func over(a, b time.Duration) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// runsOfGrid is how often each cell is measured; with goals in the same run there
// is no time for more than one.
func (o options) runsOfGrid() int {
	if o.repeat <= 3 {
		return 1
	}
	return o.repeat
}

func (l *lab) grid(ctx context.Context, o options) ([]row, error) {
	var rows []row
	for _, n := range o.n.of {
		for _, latency := range o.latency.of {
			for _, parallelism := range o.parallelism.of {
				cells, err := l.cells(ctx, o.works(), setting{n, latency, parallelism}, o.runsOfGrid())
				if err != nil {
					return nil, err
				}
				rows = append(rows, cells...)
			}
		}
	}
	return rows, nil
}

// cells measures all works under the same circumstances, in turn.
func (l *lab) cells(ctx context.Context, list []work, at setting, runs int) ([]row, error) {
	taken := make([]rounds, len(list))
	var empties []sample
	for range runs {
		empty, _, err := l.provider(ctx, emptyWork, at)
		if err != nil {
			return nil, err
		}
		empties = append(empties, empty)
		for i, w := range list {
			l.say("%s: n=%d, %s, parallelism %d", w.title, at.n, at.latency, at.parallelism)
			if err := taken[i].add(ctx, l, w, at, empty); err != nil {
				return nil, err
			}
		}
	}
	rows := []row{{work: emptyWork.title, at: at, cli: typical(empties), alone: true}}
	for i, w := range list {
		rows = append(rows, taken[i].row(w, at))
	}
	return rows, nil
}

// rounds are the samples of one row.
type rounds struct{ plan, apply, cli, loop, empty []sample }

func (r *rounds) add(ctx context.Context, l *lab, w work, at setting, empty sample) error {
	plan, apply, err := l.provider(ctx, w, at)
	if err != nil {
		return err
	}
	loop, err := l.plain(ctx, w, at)
	if err != nil {
		return err
	}
	r.plan, r.apply, r.cli = append(r.plan, plan), append(r.apply, apply), append(r.cli, plan.plus(apply))
	r.loop, r.empty = append(r.loop, loop), append(r.empty, empty)
	return nil
}

func (r *rounds) row(w work, at setting) row {
	return row{
		work: w.title, at: at, changes: w.changes,
		cli: typical(r.cli), plan: typical(r.plan), apply: typical(r.apply), loop: typical(r.loop), empty: typical(r.empty),
	}
}
