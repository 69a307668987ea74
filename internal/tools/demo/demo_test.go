package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

func needCLI(t *testing.T) {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("runs a real CLI: set TF_ACC=1, or use make test")
	}
}

func TestAccDemo_RunsToEnd(t *testing.T) {
	t.Parallel()
	needCLI(t)
	var out bytes.Buffer
	d := &demo{temp: t.TempDir(), out: &out}
	if err := d.run(t.Context()); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	for _, want := range []string{
		`codesign_project" "telemetry" {`, `"Approved Between"`, "Plan: 5 to add, 0 to change, 0 to destroy.",
		"approved by bruno.keller", "Release Managers", `"Disabled" -> "Enabled"`, "mateo.rossi",
		"Plan: 0 to add, 2 to change, 0 to destroy.", "only the Build Machines sign with Telemetry",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the demo does not show %q:\n%s", want, out.String())
		}
	}
	for line := range strings.SplitSeq(out.String(), "\n") {
		if n := utf8.RuneCountInString(line); n > 100 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	nothingLeft(t, d.temp)
}

func TestChangesOf_CutsProseAndRefreshes(t *testing.T) {
	t.Parallel()
	printed := "data.x.y: Reading...\n\nTerraform used the selected providers\n\nOpenTofu will perform the following " +
		"actions:\n\n" +
		"  # a.b will be created\n\nPlan: 1 to add.\n\nWarning: w\n\n─────\n\nSaved the plan to: first.tfplan\n"
	want := "OpenTofu will perform the following actions:\n\n  # a.b will be created\n\nPlan: 1 to add.\n\nWarning: w"
	if got := changesOf(printed); got != want {
		t.Errorf("got %q", got)
	}
}

func TestAccDemo_Interrupted(t *testing.T) {
	t.Parallel()
	needCLI(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	d := &demo{temp: t.TempDir(), out: writerFunc(func(line []byte) {
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

func TestTable_ShowsGrantedRights(t *testing.T) {
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
