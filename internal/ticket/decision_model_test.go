package ticket

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func shown(status string, window ...string) *client.WorkflowTicket {
	t := &client.WorkflowTicket{Status: status, ApprovalExplanation: "theirs"}
	for i, moment := range window {
		*[]*time.Time{&t.ScheduledStart, &t.ScheduledStop}[i] = at(moment)
	}
	return t
}

func (m *model) text() string {
	return m.Status.ValueString() + "|" + m.instant("start").ValueString() + "|" + m.instant("stop").ValueString()
}

func TestRefresh(t *testing.T) {
	own := &record{Decision: schedule.Decision{Status: "Approved Between", Start: at(opensToo), Stop: at(closes)}}
	ours := "Approved Between|" + opensToo + "|" + closes
	drifted := window(opens, closes2)
	for name, c := range map[string]struct {
		state model
		told  *client.WorkflowTicket
		want  string
	}{
		"complete":       {window(opensToo, closes), shown("Approved Between", opens, closes), ours},
		"without window": {window(opensToo, closes), shown("Approved Between"), ours},
		"short form":     {window(opensToo, closes), shown("Approved"), ours},
		"moved elsewhere": {
			window(opensToo, closes), shown("Approved Between", opens, closes2), "Approved Between|" + opens + "|" +
				closes2,
		},
		"rejected elsewhere": {window(opensToo, closes), shown("Rejected", opens, closes), "Rejected||"},
		"reopened elsewhere": {window(opensToo, closes), shown("Pending"), "Pending||"},
		"restored elsewhere": {drifted, shown("Approved Between", opens, closes), ours},
		"changed in short form": {
			window(opensToo, closes), shown("Approved", opens, closes2), "Approved Between|" + opens + "|" + closes2,
		},
	} {
		state := c.state
		state.refresh(c.told, own)
		if got := state.text(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if state.CurrentStatus.ValueString() != c.told.Status {
			t.Errorf("%s: current_status %s", name, state.CurrentStatus)
		}
		if !state.Explanation.IsNull() {
			t.Errorf("%s: the other explanation is in the state", name)
		}
	}
}

func TestRefresh_AwaitsOtherApprovers(t *testing.T) {
	for status, want := range map[string]string{
		"Pending": "Approved||", "Approved": "Approved||", "Rejected": "Rejected||",
	} {
		own := &record{Decision: schedule.Decision{Status: "Approved"}, AwaitsOthers: true}
		state := model{request: request{Status: types.StringValue("Approved")}}
		state.refresh(shown(status), own)
		if got := state.text(); got != want || state.CurrentStatus.ValueString() != status {
			t.Errorf("%s: %s with current_status %s, want %s", status, got, state.CurrentStatus, want)
		}
	}
}

func TestImportFrom(t *testing.T) {
	for want, told := range map[string]*client.WorkflowTicket{
		"Approved Between|" + opens + "|" + closes: shown("Approved", opens, closes),
		"Approved After|" + opens + "|":            shown("Approved", opens),
		"Rejected||":                               shown("Rejected", opens),
		"Pending||":                                shown("Pending"),
	} {
		state := bare("")
		state.Status = types.StringNull()
		own := state.importFrom(told)
		if got := state.text(); got != want || state.Explanation.ValueString() != "theirs" {
			t.Errorf("got %s with %s, want %s", got, state.Explanation, want)
		}
		if isDecided := told.Status != "Pending"; (own != nil) != isDecided ||
			isDecided && (!own.Imported || !own.Decision.Equal(state.decision())) {
			t.Errorf("%s: got record %+v", want, own)
		}
	}
}

func TestChangesTo_ConsumedTicket(t *testing.T) {
	own := &record{Decision: schedule.Decision{Status: "Approved Between", Start: at(opensToo), Stop: at(closes)}}
	for name, c := range map[string]struct {
		seen, configured model
		changes          string
		overruled        bool
	}{
		"recorded decision":              {window(opensToo, closes), window(opens, closes), "", false},
		"overruled and configured":       {bare("Rejected"), window(opens, closes), "", true},
		"overruled and followed":         {bare("Rejected"), bare("Rejected"), "", false},
		"third decision":                 {window(opens, closes), bare("Rejected"), "status", false},
		"overruled, then third decision": {bare("Rejected"), bare("Approved"), "status", false},
	} {
		state, plan := c.seen, c.configured
		if state.isOverruled(&plan, own) {
			t.Errorf("%s: got overruled before the ticket was consumed", name)
		}
		state.setConsumed()
		if got := names(state.changesTo(&plan, own)); got != c.changes {
			t.Errorf("%s: changes %q, want %q", name, got, c.changes)
		}
		if got := state.isOverruled(&plan, own); got != c.overruled {
			t.Errorf("%s: got overruled %t", name, got)
		}
	}
}

func TestSetOutcome_KeepsPlannedValues(t *testing.T) {
	plan := bare("Approved")
	plan.Blocking, plan.IssuedDueTo = types.StringValue(`\VED\before`), types.StringUnknown()
	for _, computed := range []*types.String{&plan.Updated, &plan.ApprovalReason, &plan.CurrentStatus} {
		*computed = types.StringUnknown()
	}
	plan.setOutcome(decide.Outcome{
		Ticket: &client.WorkflowTicket{
			Status: "Approved", Blocking: `\VED\renamed`, IssuedDueTo: `\VED\w`, Updated: at(closes2),
		},
	})
	if plan.Blocking.ValueString() != `\VED\before` || plan.IssuedDueTo.ValueString() != `\VED\w` ||
		plan.Updated.ValueString() != closes2 {
		t.Errorf("got %s, %s, %s", plan.Blocking, plan.IssuedDueTo, plan.Updated)
	}
	if !plan.ApprovalReason.IsNull() {
		t.Errorf("got approval reason %s, want null", plan.ApprovalReason)
	}
}

func TestSetFailedOutcome(t *testing.T) {
	for want, outcome := range map[string]decide.Outcome{
		"Rejected": {Ticket: shown("Rejected")},
		processed:  {Processed: true},
		"Approved": {},
	} {
		state := bare("Approved")
		state.CurrentStatus = types.StringValue("Approved")
		state.setFailedOutcome(outcome)
		if got := state.CurrentStatus.ValueString(); got != want || state.Status.ValueString() != "Approved" {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
