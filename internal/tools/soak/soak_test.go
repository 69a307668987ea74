package main

import (
	"strings"
	"testing"
)

// TestAccSoak_FewRounds has a fixed seed, so that it is the same each time as far as processes
// allow.
func TestAccSoak_FewRounds(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	s := &soak{seed: 8, rounds: 10, out: &out}
	if err := s.run(t.Context()); err != nil {
		t.Errorf("%v\n%s", err, out.String())
	}
	t.Log(out.String())
	if s.faults == 0 || s.actions == 0 || s.scenarioCount == 0 || s.applies < 10 {
		t.Errorf("%d faults, %d actions, %d situations and %d applies are too few", s.faults, s.actions,
			s.scenarioCount, s.applies)
	}
}
