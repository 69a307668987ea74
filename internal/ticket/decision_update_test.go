package ticket_test

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestAccTicketDecision_UpdatesInPlace(t *testing.T) {
	env, provider := start(t, world())
	opening := func(start string) string {
		return provider + block("Approved Between",
			`schedule = { start = "`+start+`", stop = "2126-12-02T01:00:00Z" }`)
	}
	acctest.Test(t, env,
		acctest.Applies(provider+block("Approved Between", schedule)),
		plans(opening("2126-12-02T07:30:00.000+09:30"), plancheck.ResourceActionNoop), // the same time in another zone
		plans(opening("2126-12-02T07:30:00.001+09:30"), plancheck.ResourceActionUpdate),
		plans(provider+block("Approved After", `schedule = { start = "2126-12-05T00:00:00Z" }`),
			plancheck.ResourceActionUpdate,
			attribute("current_status", "Approved After"), attribute("created", "2026-01-02T03:04:05Z")),
		plans(provider+block("Rejected", `explanation = "too late"`), plancheck.ResourceActionUpdate,
			attribute("current_status", "Rejected")),
		plans(provider+block("Rejected", `explanation = "much too late"`), plancheck.ResourceActionUpdate),
		plans(provider+block("Rejected"), plancheck.ResourceActionUpdate, null("explanation")),
	)
	wantSent(t, env, 5)
	if now, _ := env.Server.WorkflowTicket(guid); now.Explanation != "much too late" {
		t.Errorf("got explanation %q", now.Explanation)
	}
}

func TestAccTicketDecision_ConsumedAtOnce(t *testing.T) {
	env, provider := start(t, world())
	config := provider + block("Approved", `explanation = "x"`)
	acctest.Test(t, env,
		acctest.Applies(config, attribute("current_status", "Processed"), attribute("created", "2026-01-02T03:04:05Z"),
			attribute("approval_reason", "needs review")),
		failsPlan(provider+block("Rejected"), `status   = "Rejected"`, "has consumed"),
		failsPlan(provider+block("Approved", `explanation = "y"`), `explanation = "y"`, "has consumed"),
		plans(provider+block("Approved", `explanation = "x"`, `reopen_on_destroy = true`),
			plancheck.ResourceActionUpdate),
		plans(provider+block("Approved"), plancheck.ResourceActionUpdate),
	)
	wantSent(t, env, 1)
}

func TestAccTicketDecision_ConsumedLater(t *testing.T) {
	env, provider := start(t, world())
	config := provider + block("Approved Between", schedule)
	acctest.Test(t, env,
		acctest.Applies(config, attribute("current_status", "Approved Between")),
		after(func() { env.Server.RemoveWorkflowTicket(guid) }, plans(config, plancheck.ResourceActionNoop)),
		resource.TestStep{
			RefreshState: true, Check: resource.TestCheckResourceAttr(address, "current_status", "Processed"),
		},
		after(env.Server.ResetLog, plans(config, plancheck.ResourceActionNoop)),
	)
	if n := env.Server.Count("Permissions/Refresh") + env.Server.Count("Workflow/Ticket/Exists"); n != 0 {
		t.Errorf("got %d requests for a consumed ticket, want none", n)
	}
}

func TestAccTicketDecision_RestoresDrift(t *testing.T) {
	drifts := []struct {
		configured, status string
		window             []string
	}{
		{schedule, "Rejected", nil},
		{schedule, "Pending", nil},
		{schedule, "Approved Between", []string{opens, closes2}},
		{schedule, "Approved", []string{opens, closes2}},
		{subsecond, "Approved Between", []string{"2126-12-01T20:17:00Z", "2126-12-02T01:17:00Z"}},
	}
	env, provider := start(t, world(withRows(len(drifts))))
	var blocks strings.Builder
	var seen []resource.TestCheckFunc
	var restored []statecheck.StateCheck
	for i, drift := range drifts {
		blocks.WriteString(rowBlock(i, "Approved Between", drift.configured))
		seen = append(seen, resource.TestCheckResourceAttr(rowAddress(i), "current_status", drift.status))
		restored = append(restored, rowAttribute(i, "current_status", "Approved Between"))
	}
	config := provider + blocks.String()
	drift := func() {
		for i, drift := range drifts {
			env.Server.SetWorkflowTicket(rowGUID(i), drift.status, drift.window...)
		}
	}
	acctest.Test(t, env,
		acctest.Applies(config),
		after(drift, resource.TestStep{
			RefreshState: true, ExpectNonEmptyPlan: true, Check: resource.ComposeTestCheckFunc(seen...),
		}),
		plansRows(config, len(drifts), plancheck.ResourceActionUpdate, restored...),
	)
	for i := range drifts {
		wantRowSent(t, env, i, 2)
		wantTicket(t, env, rowGUID(i), "Approved Between")
	}
}

func TestAccTicketDecision_ConsumedWithDrift(t *testing.T) {
	env, provider := start(t, world())
	config := provider + block("Approved Between", schedule)
	acctest.Test(t, env,
		acctest.Applies(config),
		after(func() {
			env.Server.SetWorkflowTicket(guid, "Rejected")
		}, resource.TestStep{RefreshState: true, ExpectNonEmptyPlan: true}),
		after(func() {
			env.Server.RemoveWorkflowTicket(guid)
		}, plans(config, plancheck.ResourceActionUpdate, attribute("current_status", "Processed"))),
	)
	wantSent(t, env, 1)
}

func TestAccTicketDecision_ConfigurationFollowsDrift(t *testing.T) {
	env, provider := start(t, world())
	followed := provider + block("Rejected")
	acctest.Test(t, env,
		acctest.Applies(provider+block("Approved Between", schedule)),
		after(func() { env.Server.SetWorkflowTicket(guid, "Rejected") }, plans(followed, plancheck.ResourceActionNoop)),
		after(func() { env.Server.RemoveWorkflowTicket(guid) }, plans(followed, plancheck.ResourceActionNoop)),
	)
	wantSent(t, env, 1)
}

// meanwhile acts on the server between a plan and its apply.
type meanwhile struct{ act func() }

func (m meanwhile) CheckPlan(context.Context, plancheck.CheckPlanRequest, *plancheck.CheckPlanResponse) {
	m.act()
}

func between(act func(), step resource.TestStep) resource.TestStep {
	step.ConfigPlanChecks.PreApply = []plancheck.PlanCheck{meanwhile{act}}
	return step
}

func TestAccTicketDecision_SavedPlanMeetsUnseenDecision(t *testing.T) {
	env, provider := start(t, world())
	decide := func() { env.Server.SetWorkflowTicket(guid, "Approved Between", opens, closes) }
	reject := func() { env.Server.SetWorkflowTicket(guid, "Rejected") }
	acctest.Test(t, env,
		between(reject, acctest.Fails(provider+block("Approved Between", schedule), "has another decision",
			"Rejected")),
		after(func() { env.Server.SetWorkflowTicket(guid, "Pending") },
			between(decide, acctest.Applies(provider+block("Approved Between", schedule)))), // adopts it
		between(reject, acctest.Fails(provider+block("Approved After", `schedule = { start = "2126-12-05T00:00:00Z" }`),
			"has another decision", "Rejected", "planned for a ticket that was Approved Between", "Plan again")),
	)
	wantSent(t, env, 0)
	wantTicket(t, env, guid, "Rejected")
}

func TestAccTicketDecision_SavedPlanMissingTicket(t *testing.T) {
	env, provider := start(t, world())
	gone := func() { env.Server.RemoveWorkflowTicket(guid) }
	acctest.Test(t, env, between(gone, acctest.Fails(provider+block("Approved"), "does not exist")))
	wantSent(t, env, 0)
}

func TestAccTicketDecision_EndedWindow(t *testing.T) {
	over := `schedule = { start = "2020-01-01T00:00:00Z", stop = "2020-01-02T00:00:00Z" }`
	env, provider := start(t, world())
	acctest.Test(t, env,
		failsPlan(provider+block("Approved Between", over), "window closed at 2020-01-02T00:00:00Z"),
		after(func() {
			env.Server.SetWorkflowTicket(guid, "Approved Between", "2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z")
		},
			acctest.Applies(provider+block("Approved Between", over))),
		plans(provider+block("Approved Between", over, "reopen_on_destroy = false"), plancheck.ResourceActionUpdate),
		failsPlan(provider+block("Approved Between", over, `explanation = "again"`), "window closed"),
	)
	wantSent(t, env, 0)
}

func TestAccTicketDecision_Destroy(t *testing.T) {
	const consumed = ""
	rows := []struct {
		status, schedule, more, want string
		sent                         int
	}{
		{"Approved Between", schedule, "", "Approved Between", 1},
		{"Approved Between", schedule, "reopen_on_destroy = true", "Pending", 2},
		{"Approved Between", schedule, "reopen_on_destroy = false", "Approved Between", 1},
		{"Approved", "", "reopen_on_destroy = true", consumed, 1},
	}
	env, provider := start(t, world(withRows(len(rows))))
	var blocks strings.Builder
	for i, c := range rows {
		blocks.WriteString(rowBlock(i, c.status, c.schedule, c.more))
	}
	acctest.Test(t, env, acctest.Applies(provider+blocks.String()), acctest.Applies(provider))
	for i, c := range rows {
		now, exists := env.Server.WorkflowTicket(rowGUID(i))
		if now.Status != c.want || exists != (c.want != consumed) {
			t.Errorf("row %d: got status %q, want %q", i, now.Status, c.want)
		}
		wantRowSent(t, env, i, c.sent)
	}
}

func TestAccTicketDecision_FailedReopenKeepsState(t *testing.T) {
	env, provider := start(t, world())
	var remove func()
	acctest.Test(t, env,
		acctest.Applies(provider+block("Rejected", "reopen_on_destroy = true")),
		after(func() { remove = env.Server.Inject(simulator.Fault{Path: update, Kind: simulator.InsufficientScope}) },
			acctest.Fails(provider, "Unable to reopen workflow ticket", "scope")),
		after(func() { remove() }, acctest.Applies(provider)),
	)
	wantTicket(t, env, guid, "Pending")
}

func TestAccTicketDecision_FailedReadKeepsState(t *testing.T) {
	env, provider := start(t, world())
	config := provider + block("Approved Between", schedule)
	var remove func()
	acctest.Test(t, env,
		acctest.Applies(config),
		after(func() {
			remove = env.Server.Inject(simulator.Fault{
				Path: "Workflow/Ticket/Details", Kind: simulator.InsufficientScope,
			})
		},
			acctest.Fails(config, "Unable to read workflow ticket", "scope")),
		after(func() { remove() }, plans(config, plancheck.ResourceActionNoop)),
	)
	wantSent(t, env, 1)
}

func TestAccTicketDecision_FailedUpdateIsRepeated(t *testing.T) {
	env, provider := start(t, world(changeTicket(func(t *simulator.WorkflowTicket) {
		t.Blocking, t.IssuedDueTo = "", ""
	})))
	changed := provider + block("Rejected", `explanation = "too late"`)
	acctest.Test(t, env,
		acctest.Applies(provider+block("Approved Between", schedule), null("blocking")),
		after(func() {
			env.Server.Inject(simulator.Fault{Path: update, Kind: simulator.InsufficientScope, Count: 1})
		}, acctest.Fails(changed, "not carried out", "scope")),
		plans(changed, plancheck.ResourceActionUpdate, attribute("current_status", "Rejected")),
	)
	wantSent(t, env, 3)
}

func TestAccTicketDecision_ConcurrentDecision(t *testing.T) {
	env, provider := start(t, world())
	env.Server.OnRequest(func(r simulator.Request) {
		if r.Path == update {
			env.Server.RemoveWorkflowTicket(guid)
		}
	})
	acctest.Test(t, env, acctest.Fails(provider+block("Approved"), "another approver decided it",
		"was not carried out"))
	wantSent(t, env, 1)
}
