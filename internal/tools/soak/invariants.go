package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// violations are what may never be, judged by the server's own journal.
func (s *soak) violations() []string {
	submissions, drafts := map[string]int{}, map[string]int{}
	approvals, decided := map[int64]int{}, map[string]int{}
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

// stateAgrees compares what an apply that succeeded left in the state with the server. What
// another person touched meanwhile may differ.
func (s *soak) stateAgrees(ctx context.Context, cli *realcli.CLI) ([]string, error) {
	shown, err := cli.Do(ctx, "show", "-json")
	if err != nil {
		return nil, err
	}
	var state struct {
		Values struct {
			Root struct {
				Resources []struct {
					Type   string
					Values map[string]any
				}
			} `json:"root_module"`
		}
	}
	if err := json.Unmarshal([]byte(shown.Stdout), &state); err != nil {
		return nil, err
	}
	var found []string
	for _, r := range state.Values.Root.Resources {
		dn, _ := r.Values["dn"].(string)
		found = append(found, s.settingsAgree(r.Type, r.Values)...)
		if r.Type != "codesign_project_status" || s.actor.wasTouched(dn) {
			continue
		}
		if server := s.server.ProjectStatus(dn); server != r.Values["current_status"] {
			found = append(found, fmt.Sprintf("the state says %s is %v, the server says %s", dn,
				r.Values["current_status"], server))
		}
	}
	return found, nil
}
