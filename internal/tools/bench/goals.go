package main

import (
	"context"
	"fmt"
	"os"
	"time"
)

const (
	latency     = 50 * time.Millisecond // the server adds it to each answer
	parallelism = 10                    // the CLI's default
	megabyte    = 1 << 20
)

// goals in the order of the table.
var goals = []struct {
	key     string
	measure func(*lab, context.Context) ([]row, error)
}{
	{"start", (*lab).start},
	{"refresh", (*lab).refresh},
	{"settings", (*lab).settings},
	{"rights", (*lab).rights},
	{"matrix", (*lab).matrix},
	{"changes", (*lab).changes},
	{"memory", (*lab).memory},
}

// start compares the time from the start of the process to the schema with that of the baseline
// provider. It takes more runs than the other goals, because one start is shorter than the noise of
// a machine. Each run starts new copies: where the pages of a file are in memory changes the time of
// its starts by up to a tenth.
func (l *lab) start(ctx context.Context) ([]row, error) {
	const runs = 101
	var ours, baseline []startup
	for range runs {
		for binary, all := range map[string]*[]startup{l.cli.Binary(): &ours, l.baseline(): &baseline} {
			one, err := l.startCopy(ctx, binary)
			if err != nil {
				return nil, err
			}
			*all = append(*all, one)
		}
	}
	took := func(s startup) time.Duration { return s.took }
	a, b := median(ours, took).took, median(baseline, took).took
	return []row{ratioRow("start to schema", "1.1 baseline provider", 1.1, a, b, fmt.Sprintf(
		"%.1f / %.1f ms; binary %s / %s MB, schema %d / %d kB", milliseconds(a), milliseconds(b),
		fileSize(l.cli.Binary()), fileSize(l.baseline()), ours[0].schema>>10, baseline[0].schema>>10))}, nil
}

func (l *lab) refresh(ctx context.Context) ([]row, error) {
	const n = 1000
	idle := scenario{provider: baseline, config: idleResources(n), before: idleResources(n), n: n}
	return l.compareRefresh(ctx, "refresh of 1000 project statuses", refreshOfStatuses(n), idle, 0.8,
		"1000 baseline resources")
}

func refreshOfStatuses(n int) scenario {
	return scenario{config: statuses(n, "Enabled"), before: statuses(n, "Enabled"), n: n, latency: latency}
}

// settings compares a refresh of projects, roles and members, a thousand together, with that of as
// many statuses.
func (l *lab) settings(ctx context.Context) ([]row, error) {
	const n = 1000
	ours := scenario{config: settings(n), before: settings(n) + importProjects(n), n: n, latency: latency}
	return l.compareRefresh(ctx, "refresh of 1000 projects, roles, members", ours, refreshOfStatuses(n), 1.2,
		"1000 project statuses")
}

func (l *lab) compareRefresh(
	ctx context.Context, name string, ours, other scenario, limit float64, others string,
) ([]row, error) {
	m, err := l.inTurn(l.planner(ctx, ours), l.planner(ctx, other))
	if err != nil {
		return nil, err
	}
	return []row{
		{name, "5 requests", fmt.Sprint(m[0].requests), m[0].requests <= 5, m[0].String()},
		ratioRow(name, fmt.Sprintf("%g of %s", limit, others), limit, m[0].wall, m[1].wall,
			m[0].String()+" / "+m[1].String()),
	}, nil
}

// rights compares with the loop plus the CLI's own time: that of as many data sources of the
// baseline provider.
func (l *lab) rights(ctx context.Context) ([]row, error) {
	const n = 1000
	var rows []row
	for _, p := range []int{parallelism, 50} {
		ours := scenario{config: rightsDataSources(n), n: n, latency: latency, parallelism: p}
		idle := scenario{provider: baseline, config: idleDataSources(n), n: n, parallelism: p}
		r, err := l.overLoop(ctx, ours, idle, p, 1.1)
		if err != nil {
			return nil, err
		}
		r.scenario, r.limit = fmt.Sprintf("1000 rights data sources, parallelism %d", p), "1.1 (loop + CLI)"
		rows = append(rows, r)
	}
	return rows, nil
}

// matrix compares with a loop that has as many requests in flight as the provider, plus an empty
// plan.
func (l *lab) matrix(ctx context.Context) ([]row, error) {
	const n = 1000
	r, err := l.overLoop(ctx, scenario{config: rightsMatrix(n), n: n, latency: latency}, scenario{latency: latency},
		maxRequests, 1.15)
	r.scenario, r.limit = "rights matrix of 1000 objects", "1.15 (loop + empty plan)"
	return []row{r}, err
}

func (l *lab) overLoop(ctx context.Context, ours, cli scenario, workers int, limit float64) (row, error) {
	loop := func() (usage, error) { return readRightsInLoop(ctx, ours.n, ours.latency, workers) }
	m, err := l.inTurn(l.planner(ctx, ours), loop, l.planner(ctx, cli))
	if err != nil {
		return row{}, err
	}
	return ratioRow("", "", limit, m[0].wall, m[1].wall+m[2].wall, fmt.Sprintf("%s / (loop %.3f s + CLI %.3f s)",
		m[0], m[1].wall.Seconds(), m[2].wall.Seconds())), nil
}

func (l *lab) changes(ctx context.Context) ([]row, error) {
	const n, limit = 200, 3
	s := scenario{
		config: statuses(n, "Disabled"), before: statuses(n, "Enabled"), n: n, latency: latency, changes: true,
		apply: true,
	}
	plan, apply, err := l.run(ctx, s)
	if err != nil {
		return nil, err
	}
	perChange := func(name string, requests int) row {
		each := float64(requests) / n
		return row{
			scenario: name, limit: fmt.Sprintf("%d requests for each", limit), measured: fmt.Sprintf("%.2f", each),
			reached: each <= limit, figures: fmt.Sprintf("%d requests", requests),
		}
	}
	return []row{
		perChange("200 status changes, apply of a saved plan", apply.requests),
		perChange("200 status changes, plan and apply", plan.requests+apply.requests),
	}, nil
}

// memory is that of a plan that creates the resources: an apply of 10,000 takes the CLI ten minutes.
// It is measured once, because it varies little.
func (l *lab) memory(ctx context.Context) ([]row, error) {
	const n, limit = 10_000, 75
	full, _, err := l.run(ctx, scenario{config: statuses(n, "Enabled"), n: n, changes: true})
	if err != nil {
		return nil, err
	}
	empty, err := startProvider(ctx, l.cli.Binary())
	if err != nil {
		return nil, err
	}
	more := float64(full.memory-empty.memory) / megabyte
	return []row{{
		scenario: "memory with 10000 project statuses", limit: fmt.Sprintf("%d MB more than without", limit),
		measured: fmt.Sprintf("%.1f MB", more), reached: full.memory > 0 && more <= limit,
		figures: fmt.Sprintf("%s, %d requests; empty provider %.1f MB", full, full.requests,
			float64(empty.memory)/megabyte),
	}}, nil
}

func ratioRow(name, limit string, atMost float64, a, b time.Duration, figures string) row {
	ratio := float64(a) / float64(b)
	return row{name, limit, fmt.Sprintf("%.2f", ratio), ratio <= atMost, figures}
}

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1000 }

func fileSize(name string) string {
	info, err := os.Stat(name)
	if err != nil {
		return "?"
	}
	return fmt.Sprintf("%.1f", float64(info.Size())/megabyte)
}
