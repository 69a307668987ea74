package main

import (
	"fmt"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// stepTable lists the documented steps in Markdown.
func stepTable() string {
	var b strings.Builder
	b.WriteString("| | From | To | Step | Who may take it |\n|---|---|---|---|---|\n")
	for i, t := range lifecycle.Transitions() {
		fmt.Fprintf(&b, "| %d | `%s` | `%s` | %s | %s |\n", i+1, t.From, t.To, stepName(t), t.Who)
	}
	return b.String()
}

// applyTable lists in Markdown what an apply does for each current and desired status.
func applyTable() string {
	var b strings.Builder
	b.WriteString("| Current status | desired `" + strings.Join(lifecycle.DesiredNames(), "` | `") + "` |\n")
	b.WriteString(strings.Repeat("|---", len(lifecycle.DesiredNames())+1) + "|\n")
	for current := lifecycle.Disabled; current.Known(); current++ {
		b.WriteString("| `" + current.String() + "` |")
		for _, name := range lifecycle.DesiredNames() {
			desired, _ := lifecycle.ParseDesired(name)
			b.WriteString(" " + applySteps(current, desired) + " |")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func applySteps(current, desired lifecycle.Status) string {
	route, err := lifecycle.Route(current, desired)
	switch {
	case err != nil:
		return "error at plan"
	case len(route) == 0:
		return "nothing"
	}
	var steps []string
	for _, step := range route {
		steps = append(steps, applyStep(step))
	}
	return strings.Join(steps, ", then ")
}

func applyStep(step lifecycle.Transition) string {
	switch {
	case !step.Documented:
		return "try once"
	case step.Action == lifecycle.Approve:
		return "wait for the approvers"
	default:
		return stepName(step)
	}
}

// stepName is the verb for a step. The server has one call for two of them.
func stepName(t lifecycle.Transition) string {
	switch {
	case t.Action != lifecycle.Update:
		return t.Action.String()
	case t.To == lifecycle.Enabled:
		return "enable"
	default:
		return "disable"
	}
}
