package ticket_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// refusedWith returns a result code for all paths with a prefix.
func refusedWith(path string, code int) simulator.Fault {
	return simulator.Fault{Path: path, Kind: simulator.Other500, Status: 200, Body: fmt.Sprintf(`{"Result":%d}`, code)}
}

// refusal is the attribute and the advice of an error.
type refusal struct{ at, advice string }

const (
	noAttribute = ""
	tryAgain    = "Run again. If the error persists"
	beApprover  = "Only approvers of a ticket can decide it"
	noObject    = "was blocking no longer exists"
	noWorkflow  = "The workflow that created the ticket no longer exists"
	otherValues = "the status, the times of the schedule and the explanation"
)

func (want refusal) found(t *testing.T, diagnostics []string) {
	t.Helper()
	if len(diagnostics) != 1 {
		t.Fatalf("got diagnostics %q", diagnostics)
	}
	text, at := strings.TrimSuffix(diagnostics[0], "]"), noAttribute
	if i := strings.LastIndex(text, " ["); i >= 0 && text != diagnostics[0] {
		text, at = text[:i], text[i+2:]
	}
	if at != want.at || !strings.Contains(text, want.advice) || !strings.HasPrefix(text, "ERROR: ") {
		t.Errorf("at %q: %s\nwant at %q: %s", at, text, want.at, want.advice)
	}
}

func TestRefusedRead_Attribute(t *testing.T) {
	for code, want := range map[int]refusal{
		0: {noAttribute, tryAgain},
		2: {noAttribute, tryAgain},
		3: {"guid", "The ticket never existed"},
		4: {"guid", beApprover},
		5: {"guid", "does not accept this GUID"},
		6: {"guid", noObject},
		7: {noAttribute, tryAgain},
		8: {"guid", noWorkflow},
		9: {noAttribute, tryAgain},
	} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			env := acctest.Start(t, world())
			env.Server.Inject(refusedWith("Workflow/Ticket/", code))
			want.found(t, protocol(t, env, "bob").PlanAction(decideTicket, decision("Rejected")))
		})
	}
}

func TestRefusedDecision_Attribute(t *testing.T) {
	t.Parallel()
	object := acctest.Arguments{"object_dn": acctest.String(`\VED\Policy\Web\shop.example.test`)}
	reason := acctest.Arguments{"reason": acctest.String("17")}
	both := acctest.Arguments{"reason": acctest.String("17"), "user_data": acctest.String("u")}
	for name, c := range map[string]struct {
		code int
		more acctest.Arguments
		want refusal
	}{
		"None":                     {0, nil, refusal{noAttribute, tryAgain}},
		"GenericFailure":           {2, nil, refusal{noAttribute, tryAgain}},
		"TicketDoesNotExist":       {3, nil, refusal{"guid", "A consumed ticket cannot be decided again"}},
		"InsufficientPrivileges":   {4, nil, refusal{"guid", beApprover}},
		"BadArguments":             {5, nil, refusal{"status", otherValues}},
		"BadArguments with reason": {5, reason, refusal{"reason", "documents reason. Remove what"}},
		"BadArguments with two optional values": {
			5, both, refusal{"status", "documents reason, user_data. Remove what"},
		},
		"ObjectDoesNotExist":                {6, nil, refusal{"guid", noObject}},
		"ObjectDoesNotExist with object_dn": {6, object, refusal{"object_dn", "Compare object_dn with the ticket"}},
		"RemoteError":                       {7, nil, refusal{noAttribute, tryAgain}},
		"WorkflowObjectDoesNotExist":        {8, nil, refusal{"guid", noWorkflow}},
		"undocumented code":                 {9, nil, refusal{noAttribute, tryAgain}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // each row waits for the consistency window
			env := acctest.Start(t, world())
			env.Server.Inject(refusedWith(update, c.code))
			arguments := decision("Rejected")
			maps.Copy(arguments, c.more)
			_, diagnostics := protocol(t, env, "bob").InvokeAction(decideTicket, arguments)
			c.want.found(t, diagnostics)
			wantTicket(t, env, guid, "Pending")
		})
	}
}

func TestAccTicketDecision_RefusedRefresh(t *testing.T) {
	env, provider := start(t, world())
	s := acctest.OpenShell(t, provider)
	s.Configure(block("Rejected"))
	s.Run("apply", "-auto-approve")
	env.Server.Inject(refusedWith("Workflow/Ticket/Details", 8))
	s.Fails([]string{
		"Unable to read workflow ticket", "guid     =", "WorkflowObjectDoesNotExist (8)", "This block can be removed",
		"remove its block or destroy, with -refresh=false",
	}, "destroy", "-auto-approve")
	s.Configure("")
	s.Run("apply", "-auto-approve", "-refresh=false")
	s.ExpectEmptyState()
}

// scheduleLines is a schedule on separate lines, without a time that is "".
func scheduleLines(start, stop string) string {
	lines := "schedule = {\n"
	if start != "" {
		lines += "    start = \"" + start + "\"\n"
	}
	if stop != "" {
		lines += "    stop  = \"" + stop + "\"\n"
	}
	return lines + "  }"
}

// errorLines are schedules whose error shows the line at fault.
func errorLines() map[string]struct {
	status, window string
	words          []string
} {
	const zoneless, past, longPast = "2126-12-01T22:00:00", "2020-01-02T00:00:00Z", "2020-01-01T00:00:00Z"
	return map[string]struct {
		status, window string
		words          []string
	}{
		"start without offset": {"Approved After", scheduleLines(zoneless, ""), []string{
			`start = "` + zoneless + `"`, "Invalid value for schedule.start", "no offset",
		}},
		"stop without offset": {"Approved Between", scheduleLines(opens, zoneless), []string{
			`stop  = "` + zoneless + `"`, "Invalid value for schedule.stop", "no offset",
		}},
		"reversed window": {"Approved Between", scheduleLines(closes, opens), []string{
			`stop  = "` + opens + `"`, "Attribute schedule.stop: The window closes before it opens",
		}},
		"missing stop": {"Approved Between", scheduleLines(opens, ""), []string{
			"schedule = {", `Attribute schedule.stop: The status "Approved Between" needs a stop`,
		}},
		"ended window": {"Approved Between", scheduleLines(longPast, past), []string{
			`stop  = "` + past + `"`, "Attribute schedule.stop: the window closed at " + past,
		}},
		"window from local": {
			"Approved Between", "schedule = local.reversed\n}\nlocals {\n  reversed = { start = \"" + closes +
				"\", stop = \"" + opens + "\" }",
			[]string{"schedule = local.reversed", "Attribute schedule.stop: The window closes before it opens"},
		},
	}
}

func TestAccTicketDecision_InvalidConfigurations(t *testing.T) {
	env, provider := start(t, world())
	steps := map[string]resource.TestStep{}
	for name, c := range errorLines() {
		steps["error line: "+name] = acctest.Fails(provider+block(c.status, c.window), c.words...)
	}
	for name, c := range map[string]struct {
		config string
		words  []string
	}{
		"not a decision":      {block("Pending"), []string{`"Approved"`, `"Rejected"`}},
		"undocumented status": {block("Approved Before"), []string{"status", "one of"}},
		"invalid GUID":        {blockFor("6ede0e12", "Approved"), []string{"8-4-4-4-12"}},
		"time without offset": {
			block("Approved After", `schedule = { start = "2126-12-01T22:00:00" }`), []string{"start", "local zone"},
		},
		"invalid time":  {block("Approved After", `schedule = { start = "tomorrow" }`), []string{"RFC 3339"}},
		"unused window": {block("Approved", schedule), []string{"schedule", "takes effect immediately"}},
		"empty window": {
			block("Approved Between", "schedule = {}"), []string{"needs a start", "needs a stop"},
		},
		"missing window": {
			block("Approved Between"), []string{`status = "Approved Between"`, "Attribute status", "needs a schedule"},
		},
		"missing start": {
			block("Approved After", `schedule = { stop = "2126-12-01T22:00:00Z" }`), []string{"needs a start"},
		},
		"reversed window": {
			block(
				"Approved Between", `schedule = { start = "2126-12-01T22:00:00Z", stop = "2126-12-01T22:30:00+01:00" }`,
			), []string{"closes before it opens"},
		},
		"bare name as DN":       {block("Approved", `object_dn = "shop"`), []string{"only a name"}},
		"null approver":         {block("Approved", `approvers = [null]`), []string{"Null", "approvers = [null]"}},
		"bare name as approver": {block("Approved", `approvers = ["bob"]`), []string{"prefixed universal"}},
	} {
		steps[name] = acctest.Fails(provider+c.config, c.words...)
	}
	acctest.Refused(t, env, steps)
	wantSent(t, env, 0)
}

func TestTicketDecision_ApprovedAfterWithStop(t *testing.T) {
	env, _ := start(t, world())
	env.ExpectRemarks()
	applies(t, withoutCLI(t, env), request("Approved After", opens, closes),
		attribute("current_status", "Approved After"))
	wantSent(t, env, 1)
	if now, _ := env.Server.WorkflowTicket(guid); now.ScheduledStop != "2126-12-02T01:00:00.000000Z" {
		t.Errorf("got stop %q", now.ScheduledStop)
	}
}
