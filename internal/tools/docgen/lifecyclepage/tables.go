package lifecyclepage

import (
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// Goals is a table in Markdown of what an apply does, from each status to each
// goal.
func Goals() string {
	var b strings.Builder
	b.WriteString("| It is | and should be `" + strings.Join(lifecycle.DesiredNames(), "` | `") + "` |\n")
	b.WriteString(strings.Repeat("|---", len(lifecycle.DesiredNames())+1) + "|\n")
	for current := lifecycle.Disabled; current.Known(); current++ {
		b.WriteString("| `" + current.String() + "` |")
		for _, name := range lifecycle.DesiredNames() {
			goal, _ := lifecycle.ParseDesired(name)
			b.WriteString(" " + done(current, goal) + " |")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// done is what an apply does, in few words.
func done(current, goal lifecycle.Status) string {
	route, err := lifecycle.Route(current, goal)
	switch {
	case err != nil:
		return "refused at plan"
	case len(route) == 0:
		return "nothing"
	}
	var steps []string
	for _, step := range route {
		steps = append(steps, action(step))
	}
	return strings.Join(steps, ", then ")
}

func action(step lifecycle.Transition) string {
	switch {
	case !step.Documented:
		return "tried once, with a warning"
	case step.Action == lifecycle.Approve:
		return "wait for the approvers"
	case step.Action == lifecycle.Submit:
		return "submit"
	default:
		return "set"
	}
}
