package main

import (
	"context"
	"fmt"
	"os"
	"time"
)

// goal is one line of the second table.
type goal struct {
	work, want, got string
	reached         bool
	uncounted       bool   // it is no goal
	figures         string // what the ratio was made of
}

// wanted are the circumstances of the goals.
const (
	many       = 1000
	changed    = 200
	thousands  = 10000
	farAway    = 50 * time.Millisecond
	customary  = 10 // parallelism of the CLI
	megabyte   = 1 << 20
	mayGrow    = 60 * megabyte
	mayRequest = 5
)

// aims in the order of the table.
var aims = []struct {
	key     string
	measure func(l *lab, ctx context.Context, repeat int) ([]goal, error)
}{
	{"goal-start", (*lab).startGoal},
	{"goal-refresh", (*lab).refreshGoal},
	{"goal-rights", (*lab).rightsGoal},
	{"goal-matrix", (*lab).matrixGoal},
	{"goal-changes", (*lab).changesGoal},
	{"goal-memory", (*lab).memoryGoal},
}

func (l *lab) goals(ctx context.Context, o options) ([]goal, error) {
	var all []goal
	for _, aim := range aims {
		if !o.wants(goalsKey) && !o.wants(aim.key) {
			continue
		}
		l.say("%s", aim.key)
		found, err := aim.measure(l, ctx, o.repeat)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// inTurn measures one thing after the other, so many times, and gives the median
// of each.
func inTurn(repeat int, each ...func() (sample, error)) ([]sample, error) {
	taken := make([][]sample, len(each))
	for range repeat {
		for i, one := range each {
			s, err := one()
			if err != nil {
				return nil, err
			}
			taken[i] = append(taken[i], s)
		}
	}
	medians := make([]sample, len(each))
	for i := range each {
		medians[i] = typical(taken[i])
	}
	return medians, nil
}

// planOf is the provider's part of a goal.
func (l *lab) planOf(ctx context.Context, key string, at setting) func() (sample, error) {
	return func() (sample, error) {
		plan, apply, err := l.provider(ctx, find(key), at)
		return plan.plus(apply), err
	}
}

func (l *lab) refreshGoal(ctx context.Context, repeat int) ([]goal, error) {
	s, err := inTurn(repeat,
		l.planOf(ctx, "refresh", setting{many, farAway, customary}),
		func() (sample, error) { return l.nothing(ctx, likeOurs, many, customary) },
		func() (sample, error) { return l.nothing(ctx, smallest, many, customary) })
	if err != nil {
		return nil, err
	}
	ours, like, small := s[0], s[1], s[2]
	ratio := over(ours.wall, like.wall)
	return []goal{
		{
			work: "refresh of 1000 project statuses, 50 ms", want: "<= 5 requests", got: fmt.Sprint(ours.requests),
			reached: ours.requests <= mayRequest, figures: made(ours),
		},
		{
			work: "the same", want: "wall <= 0.8 of 1000 idle resources", got: fmt.Sprintf("%.2f", ratio), reached: ratio <= 0.8,
			figures: "idle, with the same attributes: " + made(like),
		},
		{
			work: "", want: "for comparison", got: fmt.Sprintf("%.2f", over(ours.wall, small.wall)), uncounted: true,
			figures: "idle, with two attributes: " + made(small),
		},
	}, nil
}

// made tells what a wall time was made of.
func made(s sample) string {
	return fmt.Sprintf("%s s (CPU: CLI %s, provider %s; provider %s MB)",
		seconds(s.wall), seconds(s.own), seconds(s.cpu-s.own), megabytes(s.provider))
}

func (l *lab) rightsGoal(ctx context.Context, repeat int) ([]goal, error) {
	return l.overLoop(ctx, repeat, "rights", "1000 rights data sources, 50 ms, parallelism 10", "wall <= 1.1 (loop + CLI's own)",
		func() (sample, error) { return l.nothing(ctx, idleData, many, customary) })
}

func (l *lab) matrixGoal(ctx context.Context, repeat int) ([]goal, error) {
	return l.overLoop(ctx, repeat, "matrix", "rights matrix of 1000 objects, 50 ms, 16 at a time", "wall <= 1.1 (loop + empty plan)",
		func() (sample, error) {
			empty, _, err := l.provider(ctx, emptyWork, setting{many, farAway, customary})
			return empty, err
		})
}

// overLoop compares a work with its loop and with what the CLI takes by itself.
func (l *lab) overLoop(ctx context.Context, repeat int, key, title, want string, own func() (sample, error)) ([]goal, error) {
	at := setting{many, farAway, customary}
	s, err := inTurn(repeat, l.planOf(ctx, key, at), func() (sample, error) { return l.plain(ctx, find(key), at) }, own)
	if err != nil {
		return nil, err
	}
	ratio := over(s[0].wall, s[1].wall+s[2].wall)
	return []goal{{
		work: title, want: want, got: fmt.Sprintf("%.2f", ratio), reached: ratio <= 1.1,
		figures: fmt.Sprintf("%s / (%s + %s) s", seconds(s[0].wall), seconds(s[1].wall), seconds(s[2].wall)),
	}}, nil
}

func (l *lab) changesGoal(ctx context.Context, repeat int) ([]goal, error) {
	at := setting{changed, farAway, customary}
	var plans, applies []sample
	for range repeat {
		plan, apply, err := l.provider(ctx, find("changes"), at)
		if err != nil {
			return nil, err
		}
		plans, applies = append(plans, plan), append(applies, apply)
	}
	alone := typical(applies)
	both := typical(plans).requests + alone.requests
	return []goal{
		perChange("apply of 200 status changes, 50 ms: saved plan", alone.requests),
		perChange("plan and apply together", both),
	}, nil
}

func perChange(work string, requests int) goal {
	each := float64(requests) / changed
	return goal{
		work: work, want: "<= 3 requests per change", got: fmt.Sprintf("%.2f", each), reached: each <= 3,
		figures: fmt.Sprintf("%d requests", requests),
	}
}

// memoryGoal is measured once: memory varies little, and ten thousand take a while.
func (l *lab) memoryGoal(ctx context.Context, _ int) ([]goal, error) {
	full, _, err := l.provider(ctx, find("refresh"), setting{thousands, 0, customary})
	if err != nil {
		return nil, err
	}
	empty, err := startOf(ctx, l.cli.Binary())
	if err != nil {
		return nil, err
	}
	state := len(l.cases[fmt.Sprintf("refresh-%d", thousands)].state)
	return []goal{{
		work: "memory of the provider with 10000 projects", want: "<= 60 MB above the empty provider",
		got: megabytes(full.provider - empty.memory), reached: full.provider > 0 && full.provider-empty.memory <= mayGrow,
		figures: fmt.Sprintf("%s - %s MB; %s s (CPU: CLI %s, provider %s), %d requests, %d bytes of state for each",
			megabytes(full.provider), megabytes(empty.memory), seconds(full.wall), seconds(full.own), seconds(full.cpu-full.own),
			full.requests, state/thousands),
	}}, nil
}

func (l *lab) startGoal(ctx context.Context, _ int) ([]goal, error) {
	ours, minimal, err := l.starts(ctx)
	if err != nil {
		return nil, err
	}
	ratio := over(ours.took, minimal.took)
	return []goal{{
		work: "start to schema answered", want: "<= 1.1 minimal provider", got: fmt.Sprintf("%.2f", ratio), reached: ratio <= 1.1,
		figures: fmt.Sprintf("%.1f / %.1f ms; binary %s / %s MB, schema %d / %d kB, memory %s / %s MB",
			ours.took.Seconds()*1000, minimal.took.Seconds()*1000, fileSize(l.cli.Binary()), fileSize(l.yardstick()),
			ours.schema>>10, minimal.schema>>10, megabytes(ours.memory), megabytes(minimal.memory)),
	}}, nil
}

func fileSize(name string) string {
	info, err := os.Stat(name)
	if err != nil {
		return "?"
	}
	return megabytes(info.Size())
}
