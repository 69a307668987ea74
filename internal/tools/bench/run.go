package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// setting is under what circumstances a work is measured.
type setting struct {
	n           int
	latency     time.Duration
	parallelism int
}

// provider measures what the CLI and the provider take. For a work that changes
// something these are the plan and the apply of what was planned.
func (l *lab) provider(ctx context.Context, w work, at setting) (plan, apply sample, err error) {
	p, err := l.ready(ctx, w, at)
	if err != nil {
		return plan, apply, err
	}
	s, err := open(at.n, at.latency)
	if err != nil {
		return plan, apply, err
	}
	defer s.server.Close()
	parallelism := fmt.Sprintf("-parallelism=%d", at.parallelism)
	if !w.changes {
		plan, err = p.run(ctx, s, 0, "plan", "-input=false", parallelism, "-detailed-exitcode")
		return plan, apply, err
	}
	plan, err = p.run(ctx, s, 2, "plan", "-input=false", parallelism, "-detailed-exitcode", "-out=tfplan")
	if err != nil {
		return plan, apply, err
	}
	apply, err = p.run(ctx, s, 0, "apply", "-input=false", parallelism, "tfplan")
	return plan, apply, err
}

// ready is the folder of a work, with the state that comes before.
func (l *lab) ready(ctx context.Context, w work, at setting) (*prepared, error) {
	p, err := l.prepare(ctx, fmt.Sprintf("%s-%d", w.key, at.n), codesign(at.parallelism)+w.config(at.n))
	if err != nil {
		return nil, err
	}
	if w.before != nil && p.state == nil {
		if p.state, err = l.applied(ctx, "before-"+w.key, codesign(at.parallelism)+w.before(1), at.n); err != nil {
			return nil, err
		}
	}
	return p, p.reset()
}

// applied is the state with n instances of what a configuration has one of.
func (l *lab) applied(ctx context.Context, key, config string, n int) ([]byte, error) {
	p, err := l.prepare(ctx, key, config)
	if err != nil {
		return nil, err
	}
	s, err := open(1, 0)
	if err != nil {
		return nil, err
	}
	defer s.server.Close()
	if _, err := p.run(ctx, s, 0, "apply", "-input=false", "-auto-approve"); err != nil {
		return nil, err
	}
	file, err := os.ReadFile(filepath.Join(p.cli.Dir, "terraform.tfstate"))
	if err != nil {
		return nil, err
	}
	return cloned(file, n)
}

// plain measures the loop over net/http that does the least the same work needs.
func (l *lab) plain(ctx context.Context, w work, at setting) (sample, error) {
	s, err := open(at.n, at.latency)
	if err != nil {
		return sample{}, err
	}
	defer s.server.Close()
	workers := at.parallelism
	if w.loop == loopMatrix {
		workers = requestsAtOnce(at.parallelism)
	}
	cmd, err := loop{Kind: w.loop, URL: s.url, Token: s.token, N: at.n, Workers: workers}.command(ctx)
	if err != nil {
		return sample{}, err
	}
	one, err := measure(ctx, cmd, 0)
	one.requests = s.arrived()
	return one, err
}

// idle is a configuration of the provider that does nothing.
type idle struct {
	key      string
	config   func(n int) string
	resource bool // it has a state
}

var (
	smallest = idle{"things", func(n int) string { return things("resource", n) }, true}
	likeOurs = idle{"likenesses", likenesses, true}
	idleData = idle{"data", func(n int) string { return things("data", n) }, false}
)

// nothing measures the plan of n things that a provider has nothing to do for.
func (l *lab) nothing(ctx context.Context, what idle, n, parallelism int) (sample, error) {
	p, err := l.prepare(ctx, fmt.Sprintf("%s-%d", what.key, n), what.config(n))
	if err != nil {
		return sample{}, err
	}
	if what.resource && p.state == nil {
		if p.state, err = l.applied(ctx, "before-"+what.key, what.config(1), n); err != nil {
			return sample{}, err
		}
	}
	if err := p.reset(); err != nil {
		return sample{}, err
	}
	s, err := open(0, 0)
	if err != nil {
		return sample{}, err
	}
	defer s.server.Close()
	return p.run(ctx, s, 0, "plan", "-input=false", fmt.Sprintf("-parallelism=%d", parallelism), "-detailed-exitcode")
}
