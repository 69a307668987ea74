package main

import (
	"context"
	"fmt"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// violations are what may never be, judged by the server's own journal.
func (s *soak) violations() []string {
	submissions, drafts := map[string]int{}, map[string]int{}
	approvals, decided, created := map[int64]int{}, map[string]int{}, map[string]int{}
	for dn, status := range s.initial {
		if status == "Draft" {
			drafts[dn] = 1
		}
	}
	for _, e := range s.server.Journal() {
		switch {
		case e.Kind == simulator.EventStatus && e.To == "Draft":
			drafts[e.Object]++
		case e.User != robot:
		case e.Kind == simulator.EventSubmitted:
			submissions[e.Object]++
		case e.Kind == simulator.EventFlowApproved:
			approvals[e.Ticket]++
		case e.Kind == simulator.EventDecided:
			decided[e.Object]++
		case e.Kind == simulator.EventCreated:
			created[e.Object]++
		}
	}
	var found []string
	for dn, n := range submissions {
		if n > drafts[dn] {
			found = append(found, fmt.Sprintf("%s was submitted %d times and was a draft %d times", dn, n, drafts[dn]))
		}
	}
	found = append(found, moreThanOnce("flow ticket %v was approved %d times", approvals)...)
	found = append(found, moreThanOnce("workflow ticket %v was decided %d times", decided)...)
	found = append(found, moreThanOnce("%v was created %d times", created)...)
	return append(found, s.settingsViolations()...)
}

func moreThanOnce[K comparable](text string, counts map[K]int) []string {
	var found []string
	for key, n := range counts {
		if n > 1 {
			found = append(found, fmt.Sprintf(text, key, n))
		}
	}
	return found
}

// checkState compares what an apply that succeeded left in the state with the server. What another
// person touched meanwhile may differ.
func (r *round) checkState(ctx context.Context) {
	if r.err != nil {
		return
	}
	var state tfjson.State
	if r.err = r.cli.Decode(ctx, &state, "show", "-json"); r.err != nil || state.Values == nil {
		return
	}
	for _, resource := range state.Values.RootModule.Resources {
		r.checkSettings(resource.Type, resource.AttributeValues)
		dn, _ := resource.AttributeValues["dn"].(string)
		current := resource.AttributeValues["current_status"]
		if resource.Type != "codesign_project_status" || r.people.wasTouched(dn) {
			continue
		}
		if server := r.server.ProjectStatus(dn); server != current {
			r.fail("the state says %s is %v, the server says %s", dn, current, server)
		}
	}
}
