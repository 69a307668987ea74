package main

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// large is about as much as anything costs.
var large = sample{wall: 184 * time.Second, cpu: 159 * time.Second, own: 138 * time.Second, cli: 435 << 20, provider: 153 << 20, requests: 30001}

func largeRows() []row {
	at := setting{thousands, farAway, 50}
	return []row{
		{work: emptyWork.title, at: at, cli: large, alone: true},
		{work: "ticket decisions", at: at, cli: large, loop: large, empty: large, apply: large, changes: true},
	}
}

func fits(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > 120 {
			t.Errorf("%d characters: %s", n, line)
		}
	}
}

func TestTheTableFitsATerminal(t *testing.T) {
	got := table(largeRows())
	fits(t, got)
	for _, want := range []string{
		"wall    CPU  CLI MB prov. MB requests", "ticket decisions   10000    50ms  50     184    159   435.0    153.0    30001     184    159  435.0    30001   0.50", "  its apply alone", "0.50",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing:\n%s", want, got)
		}
	}
}

func TestTheTableOfGoalsFitsATerminal(t *testing.T) {
	got := goalTable([]goal{
		{work: "rights matrix of 1000 objects, 50 ms, 16 at a time", want: "wall <= 1.1 (loop + empty plan)", got: "1.08", reached: true, figures: made(large)},
		{work: "memory", want: "<= 60 MB", got: "61.0", figures: "x"},
		{want: "for comparison", got: "1.27", uncounted: true, figures: made(large)},
	})
	fits(t, got)
	lines := strings.Split(got, "\n")
	if !strings.HasSuffix(lines[1], "1.08 reached") || !strings.HasSuffix(lines[3], "61.0 NOT reached") || !strings.HasSuffix(lines[5], "1.27") ||
		lines[4] != "  x" {
		t.Error(got)
	}
}
