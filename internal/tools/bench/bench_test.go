package main

import (
	"strings"
	"testing"
)

func TestWriteTable_FitsTerminal(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	u := usage{wall: 184_000_000_000, cpu: 159_000_000_000, memory: 153 << 20}
	err := writeTable(&out, []row{
		ratioRow("1000 rights data sources, parallelism 50", "1.15 (loop + empty plan)", 1.15, 12, 10, u.String()),
		{scenario: "memory", limit: "75 MB more than without", measured: "61.0 MB", reached: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if len(line) > 121 {
			t.Errorf("%d columns: %s", len(line), line)
		}
	}
	for _, want := range []string{"1.20      NOT reached\n", "61.0 MB   reached\n", u.String()} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, out.String())
		}
	}
}
