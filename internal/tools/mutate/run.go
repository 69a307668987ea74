package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

const (
	jobs   = 2 // changes that are tested at the same time
	memory = 8 // GB of address space for one test process
)

// runner runs the tests, first as they are and then with each mutant.
type runner struct {
	options options
	build   *build
	tests   []test
}

// test is one test function and the mutants that it reaches.
type test struct {
	binary  binary
	name    string
	took    time.Duration
	reaches map[int]bool
}

var testName = regexp.MustCompile(`^(Test|Example|Fuzz)`)

// baseline runs each test by itself without a mutant; all have to pass.
func (r *runner) baseline(ctx context.Context) error {
	for _, b := range r.build.binaries {
		out, err := r.command(ctx, b, nil, "-test.list="+cmp.Or(r.options.run, ".")).Output()
		if err != nil {
			return fmt.Errorf("listing the tests: %w", err)
		}
		for name := range strings.FieldsSeq(string(out)) {
			if testName.MatchString(name) {
				r.tests = append(r.tests, test{binary: b, name: name})
			}
		}
	}
	if len(r.tests) == 0 {
		return errors.New("no test matches")
	}
	workers, ctx := errgroup.WithContext(ctx)
	workers.SetLimit(jobs)
	for i := range r.tests {
		workers.Go(func() error { return r.measure(ctx, &r.tests[i], i) })
	}
	return workers.Wait()
}

// measure records the time of a test, and what it reaches.
func (r *runner) measure(ctx context.Context, t *test, i int) error {
	reached := filepath.Join(r.build.dir, fmt.Sprintf("reached%d", i))
	start := time.Now()
	out, err := r.command(ctx, t.binary, []string{"MUTATE_REACHED=" + reached},
		"-test.run="+exactly(t.name)).CombinedOutput()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("%s fails without any change: %w\n%s", t.name, err, out)
	}
	t.took, t.reaches = time.Since(start), map[int]bool{}
	content, err := os.ReadFile(reached)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for line := range strings.FieldsSeq(string(content)) {
		if id, err := strconv.Atoi(line); err == nil {
			t.reaches[id] = true
		}
	}
	return err
}

// runAll gives every mutant its status.
func (r *runner) runAll(ctx context.Context) {
	var workers errgroup.Group
	workers.SetLimit(jobs)
	for _, m := range r.build.mutants {
		if m.status == notRun {
			workers.Go(func() error {
				m.status = r.try(ctx, m)
				return nil
			})
		}
	}
	_ = workers.Wait() // there is no error to return
}

// try runs the tests that reach a mutant until one fails.
func (r *runner) try(ctx context.Context, m *mutant) status {
	result := notReached
	for _, b := range r.build.binaries {
		var names []string
		var took time.Duration
		for _, t := range r.tests {
			if t.binary == b && t.reaches[m.id] {
				names, took = append(names, t.name), took+t.took
			}
		}
		if len(names) == 0 {
			continue
		}
		limit := 10*time.Second + 5*took
		result = survived
		limited, stop := context.WithTimeout(ctx, limit+10*time.Second)
		cmd := r.command(limited, b, []string{fmt.Sprintf("MUTATE_ACTIVE=%d", m.id)},
			"-test.failfast", "-test.timeout="+limit.String(), "-test.run="+exactly(names...))
		err := cmd.Run()
		stop()
		if ctx.Err() != nil {
			return notRun
		}
		if err != nil {
			return killed
		}
	}
	return result
}

// command runs a test binary in the folder of its package, with a limit of memory for endless
// loops.
func (r *runner) command(ctx context.Context, b binary, env []string, args ...string) *exec.Cmd {
	script := fmt.Sprintf(`ulimit -v %d 2>/dev/null; exec "$0" "$@"`, memory<<20)
	cmd := exec.CommandContext(ctx, "sh", append([]string{"-c", script, b.path}, args...)...)
	cmd.Dir, cmd.Env, cmd.WaitDelay = b.dir, append(os.Environ(), env...), time.Second
	return cmd
}

func exactly(names ...string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = regexp.QuoteMeta(name)
	}
	return "^(" + strings.Join(quoted, "|") + ")$"
}
