package ticket_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

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

// The times of subsecond, and of a ticket that was decided with them.
const (
	opensHalf, closesHalf = "2126-12-01T20:17:30.5Z", "2126-12-02T01:17:30.5Z"
	opensSent, closesSent = "2126-12-01T20:17:30.500000Z", "2126-12-02T01:17:30.500000Z"
)

func TestAccTicketDecision_ScheduleShownInMinutes(t *testing.T) {
	const moved = `schedule = { start = "2126-12-01T20:17:40.5Z", stop = "2126-12-02T01:17:30.5Z" }`
	env, provider := start(t, world(showingSchedules("minutes")))
	acctest.Test(t, env,
		acctest.Applies(provider+block("Approved Between", subsecond), attribute("current_status", "Approved Between")),
		plans(provider+block("Approved Between", moved), plancheck.ResourceActionUpdate),
	)
	wantSent(t, env, 2)
}

func TestTicketDecision_ScheduleShownDifferently(t *testing.T) {
	for _, style := range []string{"minutes", "local", "omitted"} {
		t.Run(style, func(t *testing.T) {
			env, _ := start(t, world(showingSchedules(style)))
			r := withoutCLI(t, env)
			applies(t, r, request("Approved Between", opensHalf, closesHalf),
				attribute("current_status", "Approved Between"))
			applies(t, r, request("Approved Between", "2126-12-01T20:17:40.5Z", closesHalf))
			applies(t, r, request("Approved After", "2126-12-01T20:17:30Z", ""))
			env.Server.SetWorkflowTicket(guid, "Rejected")
			applies(t, r, request("Approved Between", opensHalf, closesHalf),
				attribute("current_status", "Approved Between"))
			wantSent(t, env, 4)
		})
	}
}

func TestTicketDecision_AdoptsScheduleOfKilledRun(t *testing.T) {
	for _, style := range []string{"minutes", "local", "omitted"} {
		t.Run(style, func(t *testing.T) {
			env, _ := start(t, world(showingSchedules(style), decided("Approved Between", opensSent, closesSent)))
			applies(t, withoutCLI(t, env), explained(request("Approved Between", opensHalf, closesHalf), "by hand"))
			wantSent(t, env, 0)
		})
	}
}

func TestTicketDecision_OtherPersonsScheduleNotAdopted(t *testing.T) {
	for _, style := range []string{"minutes", "local"} {
		t.Run(style, func(t *testing.T) {
			env, _ := start(t, world(showingSchedules(style), decided("Approved Between", opensSent, closesSent)))
			_, diagnostics := withoutCLI(t, env).
				Plan(explained(request("Approved Between", opensHalf, closesHalf), "mine"))
			wantError(t, diagnostics, "status", "has another decision", "does not show whether")
			wantSent(t, env, 0)
		})
	}
}

func TestTicketDecision_ImportSchedule(t *testing.T) {
	window := []string{opens, closes}
	for name, c := range map[string]struct {
		style, status string // what the server shows
		window        []string
		configured    acctest.Arguments
		sent          int
	}{
		"between":    {"", "Approved Between", window, request("Approved Between", opens, closes), 0},
		"short form": {"", "Approved", window, request("Approved Between", opens, closes), 0},
		"after": {
			"", "Approved After", []string{opens, ""}, request("Approved After", "2126-12-01T23:00:00+01:00", ""), 0,
		},
		"short form of after": {
			"", "Approved", []string{opens, ""}, request("Approved After", "2126-12-01T23:00:00+01:00", ""), 0,
		},
		"approved":         {"", "Approved", nil, request("Approved"), 0},
		"rejected":         {"", "Rejected", nil, request("Rejected"), 0},
		"leftover window":  {"", "Rejected", window, request("Rejected"), 0},
		"between as after": {"", "Approved Between", window, request("Approved After", opens, ""), 1},
		"after as between": {"", "Approved After", []string{opens, ""}, request("Approved Between", opens, closes), 1},
		"another window": {
			"", "Approved Between", []string{opens, closes2}, request("Approved Between", opens, closes), 1,
		},
		"shown in minutes": {
			"minutes", "Approved Between",
			[]string{opensHalf, closesHalf},
			request("Approved Between", opensHalf, closesHalf), 0,
		},
		"shown in a local zone": {"local", "Approved Between", window, request("Approved Between", opens, closes), 0},
		"omitted":               {"omitted", "Approved Between", window, request("Approved Between", opens, closes), 0},
	} {
		t.Run(name, func(t *testing.T) {
			env, _ := start(t, world(showingSchedules(c.style), settings(stays), decided(c.status, c.window...)))
			r := withoutCLI(t, env)
			if diagnostics := r.Import(guid); len(diagnostics) > 0 {
				t.Fatal(diagnostics)
			}
			applies(t, r, explained(c.configured, "by hand"))
			wantSent(t, env, c.sent)
		})
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
	statuses := []string{"Approved", "Rejected"}
	env, provider := start(t, world(settings(stays), withRows(len(statuses))))
	both := func(schedule string) string {
		return provider + rowBlock(0, statuses[0], schedule) + rowBlock(1, statuses[1], schedule)
	}
	var decided, without []statecheck.StateCheck
	for i, status := range statuses {
		decided = append(decided, rowAttribute(i, "current_status", status))
		without = append(without, statecheck.ExpectKnownValue(rowAddress(i), tfjsonpath.New("schedule"),
			knownvalue.Null()))
	}
	acctest.Test(t, env,
		acctest.Applies(both(emptySchedule), decided...),
		plansRows(both("schedule = {}"), 2, plancheck.ResourceActionNoop),
		plansRows(both(""), 2, plancheck.ResourceActionUpdate, without...),
		plansRows(both(emptySchedule), 2, plancheck.ResourceActionUpdate),
	)
	for i, status := range statuses {
		if got := rowBodies(env, i); len(got) != 1 || got[0] != `{"GUID":"`+rowGUID(i)+`","Status":"`+status+`"}` {
			t.Errorf("got requests %q", got)
		}
	}
}

func TestTicketDecision_EmptyScheduleAfterDrift(t *testing.T) {
	env, _ := start(t, world(settings(stays)))
	r := withoutCLI(t, env)
	empty := request("Rejected", "", "")
	applies(t, r, empty)
	env.Server.SetWorkflowTicket(guid, "Approved")
	if diagnostics := r.Refresh(); len(diagnostics) > 0 {
		t.Fatal(diagnostics)
	}
	r.Check(attribute("status", "Approved"))
	env.Server.SetWorkflowTicket(guid, "Rejected")
	applies(t, r, empty)
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
