package ticket_test

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestAccADecisionChangesInPlace(t *testing.T) {
	env, provider := start(t, decisionWorld())
	acctest.Test(t, env,
		acctest.Applies(provider+block("Approved Between", schedule)),
		plans(provider+block("Approved After", `schedule = { start = "2126-12-05T00:00:00Z" }`), plancheck.ResourceActionUpdate,
			attribute("current_status", "Approved After"), attribute("created", "2026-01-02T03:04:05Z")),
		plans(provider+block("Rejected", `explanation = "too late"`), plancheck.ResourceActionUpdate, attribute("current_status", "Rejected")),
		plans(provider+block("Rejected", `explanation = "much too late"`), plancheck.ResourceActionUpdate),
		plans(provider+block("Rejected"), plancheck.ResourceActionUpdate, null("explanation")),
	)
	wantSent(t, env, 4)
	if now, _ := env.Server.WorkflowTicket(guid); now.Explanation != "much too late" {
		t.Errorf("the explanation is %q", now.Explanation)
	}
}

func TestAccEqualInstantsInTwoZonesAreNoDifference(t *testing.T) {
	env, provider := start(t, decisionWorld())
	acctest.Test(t, env,
		acctest.Applies(provider+block("Approved Between", schedule)),
		plans(provider+block("Approved Between", `schedule = { start = "2126-12-02T07:30:00.000+09:30", stop = "2126-12-02T01:00:00Z" }`), plancheck.ResourceActionNoop),
		plans(provider+block("Approved Between", `schedule = { start = "2126-12-02T07:30:00.001+09:30", stop = "2126-12-02T01:00:00Z" }`), plancheck.ResourceActionUpdate),
	)
	wantSent(t, env, 2)
}

func TestAccATicketThatVanishesAfterItsApprovalLeavesAnEmptyPlan(t *testing.T) {
	env, provider := start(t, decisionWorld())
	config := provider + block("Approved", `explanation = "x"`)
	acctest.Test(t, env,
		acctest.Applies(config, attribute("current_status", "Processed"), attribute("created", "2026-01-02T03:04:05Z"), attribute("approval_reason", "needs review")),
		plans(config, plancheck.ResourceActionNoop),
		failsPlan(provider+block("Rejected"), `status   = "Rejected"`, "has consumed"),
		failsPlan(provider+block("Approved", `explanation = "y"`), `explanation = "y"`, "has consumed"),
		plans(provider+block("Approved", `explanation = "x"`, `reopen_on_destroy = true`), plancheck.ResourceActionUpdate),
		plans(provider+block("Approved"), plancheck.ResourceActionUpdate),
	)
	wantSent(t, env, 1)
}

func TestAccATicketThatIsConsumedLaterIsNotDrift(t *testing.T) {
	env, provider := start(t, decisionWorld())
	config := provider + block("Approved Between", schedule)
	acctest.Test(t, env,
		acctest.Applies(config, attribute("current_status", "Approved Between")),
		after(func() { env.Server.RemoveWorkflowTicket(guid) }, plans(config, plancheck.ResourceActionNoop)),
		resource.TestStep{RefreshState: true, Check: resource.TestCheckResourceAttr(decisionAddress, "current_status", "Processed")},
		after(env.Server.ResetLog, plans(config, plancheck.ResourceActionNoop)),
	)
	if n := env.Server.Count("Permissions/Refresh") + env.Server.Count("Workflow/Ticket/Exists"); n != 0 {
		t.Errorf("a ticket that is known to be consumed was looked for with %d more requests", n)
	}
}

func TestAccDriftIsShownAndPutRight(t *testing.T) {
	for name, c := range map[string]struct {
		status         string
		decisionWindow []string
	}{
		"rejected":       {"Rejected", nil},
		"reopened":       {"Pending", nil},
		"another window": {"Approved Between", []string{opens, closes2}},
		"at once":        {"Approved", []string{opens, closes2}},
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, decisionWorld())
			config := provider + block("Approved Between", schedule)
			somebody := func() { env.Server.SetWorkflowTicket(guid, c.status, c.decisionWindow...) }
			acctest.Test(t, env,
				acctest.Applies(config),
				after(somebody, resource.TestStep{
					RefreshState: true, ExpectNonEmptyPlan: true,
					Check: resource.TestCheckResourceAttr(decisionAddress, "current_status", c.status),
				}),
				plans(config, plancheck.ResourceActionUpdate, attribute("current_status", "Approved Between")),
			)
			wantSent(t, env, 2)
			wantTicket(t, env, guid, "Approved Between")
		})
	}
}

func TestAccDriftThatIsConsumedBeforeItWasPutRight(t *testing.T) {
	env, provider := start(t, decisionWorld())
	config := provider + block("Approved Between", schedule)
	acctest.Test(t, env,
		acctest.Applies(config),
		after(func() { env.Server.SetWorkflowTicket(guid, "Rejected") }, resource.TestStep{RefreshState: true, ExpectNonEmptyPlan: true}),
		after(func() { env.Server.RemoveWorkflowTicket(guid) }, plans(config, plancheck.ResourceActionUpdate, attribute("current_status", "Processed"))),
	)
	wantSent(t, env, 1)
}

func TestAccAConfigurationThatFollowsAnotherDecision(t *testing.T) {
	env, provider := start(t, decisionWorld())
	followed := provider + block("Rejected")
	acctest.Test(t, env,
		acctest.Applies(provider+block("Approved Between", schedule)),
		after(func() { env.Server.SetWorkflowTicket(guid, "Rejected") }, plans(followed, plancheck.ResourceActionNoop)),
		after(func() { env.Server.RemoveWorkflowTicket(guid) }, plans(followed, plancheck.ResourceActionNoop)),
	)
	wantSent(t, env, 1)
}

// meanwhile acts between a plan and its apply.
type meanwhile struct{ act func() }

func (m meanwhile) CheckPlan(context.Context, plancheck.CheckPlanRequest, *plancheck.CheckPlanResponse) {
	m.act()
}

func between(act func(), step resource.TestStep) resource.TestStep {
	step.ConfigPlanChecks.PreApply = []plancheck.PlanCheck{meanwhile{act}}
	return step
}

func TestAccASavedPlanDoesNotOverwriteWhatItHasNotSeen(t *testing.T) {
	env, provider := start(t, decisionWorld())
	reject := func() { env.Server.SetWorkflowTicket(guid, "Rejected") }
	acctest.Test(t, env,
		between(reject, acctest.Fails(provider+block("Approved Between", schedule), "has another decision", "Rejected")),
		after(func() { env.Server.SetWorkflowTicket(guid, "Pending") }, acctest.Applies(provider+block("Approved Between", schedule))),
		between(reject, acctest.Fails(provider+block("Approved After", `schedule = { start = "2126-12-05T00:00:00Z" }`),
			"has another decision", "Rejected", "planned for a ticket that was Approved Between", "Plan again")),
	)
	wantSent(t, env, 1)
	wantTicket(t, env, guid, "Rejected")
}

func TestAccASavedPlanWhoseDecisionIsThereByNow(t *testing.T) {
	env, provider := start(t, decisionWorld())
	there := func() { env.Server.SetWorkflowTicket(guid, "Approved Between", opens, closes) }
	acctest.Test(t, env, between(there, acctest.Applies(provider+block("Approved Between", schedule))))
	wantSent(t, env, 0)
}

func TestAccASavedPlanWhoseTicketIsGoneByNow(t *testing.T) {
	env, provider := start(t, decisionWorld())
	gone := func() { env.Server.RemoveWorkflowTicket(guid) }
	acctest.Test(t, env, between(gone, acctest.Fails(provider+block("Approved"), "does not exist")))
	wantSent(t, env, 0)
}

func TestAccAWindowThatIsOver(t *testing.T) {
	over := `schedule = { start = "2020-01-01T00:00:00Z", stop = "2020-01-02T00:00:00Z" }`
	env, provider := start(t, decisionWorld())
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

func TestAccDestroyingLeavesTheDecisionOrTakesItBack(t *testing.T) {
	for name, c := range map[string]struct {
		more, want string
		sent       int
	}{
		"by default":        {"", "Approved Between", 1},
		"reopening":         {"reopen_on_destroy = true", "Pending", 2},
		"explicitly not so": {"reopen_on_destroy = false", "Approved Between", 1},
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, decisionWorld())
			acctest.Test(t, env, acctest.Applies(provider+block("Approved Between", schedule, c.more)), acctest.Applies(provider))
			wantTicket(t, env, guid, c.want)
			wantSent(t, env, c.sent)
		})
	}
}

func TestAccReopeningATicketThatIsGone(t *testing.T) {
	env, provider := start(t, decisionWorld())
	acctest.Test(t, env, acctest.Applies(provider+block("Approved", "reopen_on_destroy = true")), acctest.Applies(provider))
	wantSent(t, env, 1)
}

func TestAccAReopeningThatFailsKeepsTheResource(t *testing.T) {
	env, provider := start(t, decisionWorld())
	var remove func()
	acctest.Test(t, env,
		acctest.Applies(provider+block("Rejected", "reopen_on_destroy = true")),
		after(func() { remove = env.Server.Inject(simulator.Fault{Path: update, Kind: simulator.InsufficientScope}) },
			acctest.Fails(provider, "set the workflow ticket back to Pending", "scope")),
		after(func() { remove() }, acctest.Applies(provider)),
	)
	wantTicket(t, env, guid, "Pending")
}

func TestAccADoubtKeepsTheResource(t *testing.T) {
	env, provider := start(t, decisionWorld())
	config := provider + block("Approved Between", schedule)
	var remove func()
	acctest.Test(t, env,
		acctest.Applies(config),
		after(func() {
			remove = env.Server.Inject(simulator.Fault{Path: "Workflow/Ticket/Details", Kind: simulator.InsufficientScope})
		},
			acctest.Fails(config, "Could not read the workflow ticket", "scope")),
		after(func() { remove() }, plans(config, plancheck.ResourceActionNoop)),
	)
	wantSent(t, env, 1)
}

func TestAccAChangeThatFailsIsMadeByTheNextApply(t *testing.T) {
	env, provider := start(t, decisionWorld(decisionTicket(func(t *simulator.WorkflowTicket) { t.Blocking, t.IssuedDueTo = "", "" })))
	changed := provider + block("Rejected", `explanation = "too late"`)
	acctest.Test(t, env,
		acctest.Applies(provider+block("Approved Between", schedule), null("blocking")),
		after(func() { env.Server.Inject(simulator.Fault{Path: update, Kind: simulator.InsufficientScope, Count: 1}) }, acctest.Fails(changed, "not carried out", "scope")),
		plans(changed, plancheck.ResourceActionUpdate, attribute("current_status", "Rejected")),
	)
	wantSent(t, env, 3)
}

func TestAccTwoDecisionsAtOnce(t *testing.T) {
	env, provider := start(t, decisionWorld())
	env.Server.OnRequest(func(r simulator.Request) {
		if r.Path == update {
			env.Server.RemoveWorkflowTicket(guid)
		}
	})
	acctest.Test(t, env, acctest.Fails(provider+block("Approved"), "another approver decided it", "was not carried out"))
	wantSent(t, env, 1)
}
