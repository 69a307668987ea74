package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
)

func needCLI(t *testing.T) {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("runs a real CLI: set TF_ACC=1, or use make test")
	}
}

func TestAccDemoEndsAsItSays(t *testing.T) {
	t.Parallel()
	needCLI(t)
	var out bytes.Buffer
	d := demo{root: "../..", temp: t.TempDir(), out: &out}
	if err := d.run(t.Context()); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	for _, want := range []string{"Draft -> Enabled", "Pending -> Approved Between", "Disabled -> Enabled", "Release Managers"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the demo does not show %q:\n%s", want, out.String())
		}
	}
	nothingLeft(t, d.temp)
}

func TestAccInterruptedDemoLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	needCLI(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	d := demo{root: "../..", temp: t.TempDir(), out: writerFunc(func(line []byte) {
		if bytes.Contains(line, []byte(" plan: ")) {
			cancel()
		}
	})}
	if err := d.run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("the interrupted demo ended with %v", err)
	}
	nothingLeft(t, d.temp)
}

type writerFunc func([]byte)

func (f writerFunc) Write(p []byte) (int, error) {
	f(p)
	return len(p), nil
}

func nothingLeft(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) > 0 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func TestTableShowsTheRightsThatSomebodyHas(t *testing.T) {
	t.Parallel()
	got := strings.Join(table([]holder{
		{Who: "Release Managers", Kind: "group", Rights: []string{"Owner"}},
		{Who: "Hugo Martin", Kind: "user", Rights: []string{"ApproveUse", "Use"}},
	}), "\n")
	want := `who                      kind   Use  Owner  ApproveUse
Release Managers         group  -    x      -
Hugo Martin              user   x    -      x`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
