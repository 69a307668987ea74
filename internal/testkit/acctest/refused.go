package acctest

import (
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

// Refused runs steps that end in an error, like those of Fails, in the order of their names. They share
// a working directory, so that a step which fails at plan costs one start of the CLI. The log of a
// failure has the name of its step.
func Refused(t *testing.T, env *Env, rows map[string]resource.TestStep) {
	t.Helper()
	last := ""
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the last step that ran: %q", last)
		}
	})
	steps := make([]resource.TestStep, 0, len(rows))
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		step := rows[name]
		if step.ExpectError == nil {
			t.Fatalf("step %q expects no error", name)
		}
		before := step.PreConfig
		step.PreConfig = func() {
			last = name
			if before != nil {
				before()
			}
		}
		steps = append(steps, step)
	}
	Test(t, env, steps...)
}
