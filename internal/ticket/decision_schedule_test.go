package ticket_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// subsecond is a window that each rounding changes.
const subsecond = `schedule = { start = "2126-12-01T20:17:30.5Z", stop = "2126-12-02T01:17:30.5Z" }`

// showingSchedules is a server that shows schedules in another form.
func showingSchedules(style string) func(*simulator.World) {
	return settings(func(s *simulator.Settings) {
		switch style {
		case "omitted":
			s.DetailsOmitSchedule = true
		case "local":
			s.DetailsTimes, s.DetailsClock = "zoneless", 2*60*60*1000
		default:
			s.DetailsTimes = style
		}
	})
}

func TestAccTicketDecision_ScheduleShownDifferently(t *testing.T) {
	const moved = `schedule = { start = "2126-12-01T20:17:40.5Z", stop = "2126-12-02T01:17:30.5Z" }`
	for _, style := range []string{"minutes", "local", "omitted"} {
		t.Run(style, func(t *testing.T) {
			env, provider := start(t, world(showingSchedules(style)))
			config := provider + block("Approved Between", subsecond)
			acctest.Test(t, env,
				acctest.Applies(config, attribute("current_status", "Approved Between")),
				plans(config, plancheck.ResourceActionNoop),
				plans(provider+block("Approved Between", moved), plancheck.ResourceActionUpdate),
				plans(provider+block("Approved After", `schedule = { start = "2126-12-01T20:17:30Z" }`),
					plancheck.ResourceActionUpdate),
				after(func() { env.Server.SetWorkflowTicket(guid, "Rejected") },
					resource.TestStep{RefreshState: true, ExpectNonEmptyPlan: true}),
				plans(provider+block("Approved Between", subsecond), plancheck.ResourceActionUpdate),
			)
			wantSent(t, env, 4)
		})
	}
}

func TestAccTicketDecision_AdoptsScheduleOfKilledRun(t *testing.T) {
	for _, style := range []string{"minutes", "local", "omitted"} {
		t.Run(style, func(t *testing.T) {
			env, provider := start(
				t, world(showingSchedules(style), decided("Approved Between", "2126-12-01T20:17:30.500000Z",
					"2126-12-02T01:17:30.500000Z")),
			)
			config := provider + block("Approved Between", subsecond, `explanation = "by hand"`)
			acctest.Test(t, env, acctest.Applies(config), plans(config, plancheck.ResourceActionNoop))
			wantSent(t, env, 0)
		})
	}
}

func TestAccTicketDecision_OtherPersonsScheduleNotAdopted(t *testing.T) {
	for _, style := range []string{"minutes", "local"} {
		t.Run(style, func(t *testing.T) {
			env, provider := start(
				t, world(showingSchedules(style), decided("Approved Between", "2126-12-01T20:17:30.500000Z",
					"2126-12-02T01:17:30.500000Z")),
			)
			acctest.Test(t, env, failsPlan(provider+block("Approved Between", subsecond, `explanation = "mine"`),
				"has another decision", "does not show whether"))
			wantSent(t, env, 0)
		})
	}
}

func TestAccTicketDecision_MovedWindowIsDrift(t *testing.T) {
	env, provider := start(t, world())
	config := provider + block("Approved Between", subsecond)
	acctest.Test(t, env,
		acctest.Applies(config),
		after(func() {
			env.Server.SetWorkflowTicket(guid, "Approved Between", "2126-12-01T20:17:00Z", "2126-12-02T01:17:00Z")
		}, plans(config, plancheck.ResourceActionUpdate)),
	)
	wantSent(t, env, 2)
}

// Each row is what the server shows, and how it is configured.
type importRow struct {
	status, configured, schedule string
	window                       []string
	sent                         int
}

func TestAccTicketDecision_ImportSchedule(t *testing.T) {
	const from = `schedule = { start = "2126-12-01T23:00:00+01:00" }`
	window := []string{opens, closes}
	for style, rows := range map[string][]importRow{
		"": {
			{"Approved Between", "Approved Between", schedule, window, 0},
			{"Approved", "Approved Between", schedule, window, 0}, // the short form
			{"Approved After", "Approved After", from, []string{opens, ""}, 0},
			{"Approved", "Approved After", from, []string{opens, ""}, 0},
			{"Approved", "Approved", "", nil, 0},
			{"Rejected", "Rejected", "", nil, 0},
			{"Rejected", "Rejected", "", window, 0}, // a leftover
			{"Approved Between", "Approved After", from, window, 1},
			{"Approved After", "Approved Between", schedule, []string{opens, ""}, 1},
			{"Approved Between", "Approved Between", schedule, []string{opens, closes2}, 1},
		},
		"minutes": {{
			"Approved Between", "Approved Between", subsecond, []string{
				"2126-12-01T20:17:30.5Z", "2126-12-02T01:17:30.5Z",
			}, 0,
		}},
		"local":   {{"Approved Between", "Approved Between", schedule, window, 0}},
		"omitted": {{"Approved Between", "Approved Between", schedule, window, 0}},
	} {
		t.Run(style, func(t *testing.T) { testImports(t, style, rows) })
	}
}

func testImports(t *testing.T, style string, rows []importRow) {
	t.Helper()
	w := world(showingSchedules(style), settings(stays))
	for i, c := range rows {
		of := world(decided(c.status, c.window...)).WorkflowTickets[0]
		of.GUID = rowGUID(i)
		w.WorkflowTickets = append(w.WorkflowTickets, of)
	}
	env, provider := start(t, w)
	var blocks strings.Builder
	for i, c := range rows {
		blocks.WriteString(rowBlock(i, c.configured, c.schedule, `explanation = "by hand"`))
	}
	config := provider + blocks.String()
	var steps []resource.TestStep
	var checks []statecheck.StateCheck
	for i, c := range rows {
		step := importing(config, rowGUID(i))
		step.ResourceName = rowAddress(i)
		steps = append(steps, step)
		checks = append(checks, rowAttribute(i, "status", c.configured))
	}
	acctest.Test(t, env, append(steps, acctest.Applies(config, checks...))...)
	for i, c := range rows {
		wantRowSent(t, env, i, c.sent)
	}
}

// An import records the decision as a create does.
func TestAccTicketDecision_ImportDriftConsumed(t *testing.T) {
	env, provider := start(t, world(decided("Approved Between", opens, closes)))
	config := provider + block("Approved Between", schedule, `explanation = "by hand"`)
	acctest.Test(t, env,
		importing(config, guid),
		after(func() {
			env.Server.SetWorkflowTicket(guid, "Rejected")
		}, resource.TestStep{RefreshState: true, ExpectNonEmptyPlan: true}),
		after(func() {
			env.Server.RemoveWorkflowTicket(guid)
		}, plans(config, plancheck.ResourceActionUpdate, attribute("current_status", "Processed"))),
	)
	wantSent(t, env, 0)
}

const emptySchedule = "schedule = { start = null, stop = null }"

func TestAccTicketDecision_EmptySchedule(t *testing.T) {
	for _, status := range []string{"Approved", "Rejected"} {
		t.Run(status, func(t *testing.T) {
			env, provider := start(t, world(settings(stays)))
			config := provider + block(status, emptySchedule)
			acctest.Test(t, env,
				acctest.Applies(config, attribute("current_status", status)),
				plans(config, plancheck.ResourceActionNoop),
				plans(provider+block(status, "schedule = {}"), plancheck.ResourceActionNoop),
				plans(provider+block(status), plancheck.ResourceActionUpdate, null("schedule")),
				plans(config, plancheck.ResourceActionUpdate),
			)
			if got := bodies(env); len(got) != 1 || got[0] != `{"GUID":"`+guid+`","Status":"`+status+`"}` {
				t.Errorf("got requests %q", got)
			}
		})
	}
}

func TestAccTicketDecision_EmptyScheduleAfterDrift(t *testing.T) {
	env, provider := start(t, world(settings(stays)))
	config := provider + block("Rejected", emptySchedule)
	acctest.Test(t, env,
		acctest.Applies(config),
		after(func() {
			env.Server.SetWorkflowTicket(guid, "Approved")
		}, resource.TestStep{RefreshState: true, ExpectNonEmptyPlan: true}),
		after(func() { env.Server.SetWorkflowTicket(guid, "Rejected") }, plans(config, plancheck.ResourceActionNoop)),
	)
	wantSent(t, env, 1)
}

func TestAccTicketDecision_UnknownTimeBecomesNull(t *testing.T) {
	env, provider := start(t, world())
	unknown := "resource \"terraform_data\" \"stop\" {\n  input = \"\"\n}\n"
	ends := func(start string) string {
		return "schedule = {\n    start = " + start + "\n    stop  = terraform_data.stop.output == \"\" ? null : " +
			"terraform_data.stop.output\n  }"
	}
	acctest.Test(t, env,
		acctest.Fails(provider+unknown+block("Approved Between", ends(`"`+opens+`"`)), "needs a stop"),
		acctest.Applies(provider+unknown+block("Approved", ends("null")), attribute("current_status", "Processed")),
	)
	wantSent(t, env, 1)
}
