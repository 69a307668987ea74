package ticket_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// refusing answers a path, and what begins with it, with a result code.
func refusing(path string, code int) simulator.Fault {
	return simulator.Fault{Path: path, Kind: simulator.Other500, Status: 200, Body: fmt.Sprintf(`{"Result":%d}`, code)}
}

// refusal is where an error is reported, and what is advised there.
type refusal struct{ at, advice string }

const (
	nowhere     = ""
	tryAgain    = "does not point to the configuration. Run again"
	beApprover  = "Only approvers of a ticket can decide it"
	noObject    = "there is nothing left to decide"
	noWorkflow  = "The workflow that created the ticket no longer exists"
	otherValues = "the status, the times of the schedule and the explanation"
)

func (want refusal) found(t *testing.T, diagnostics []string) {
	t.Helper()
	if len(diagnostics) != 1 {
		t.Fatalf("diagnostics: %q", diagnostics)
	}
	text, at := strings.TrimSuffix(diagnostics[0], "]"), nowhere
	if i := strings.LastIndex(text, " ["); i >= 0 && text != diagnostics[0] {
		text, at = text[:i], text[i+2:]
	}
	if at != want.at || !strings.Contains(text, want.advice) || !strings.HasPrefix(text, "ERROR: ") {
		t.Errorf("at %q: %s\nwant at %q: %s", at, text, want.at, want.advice)
	}
}

func TestARefusedLookIsReportedAtWhatIsAtFault(t *testing.T) {
	for code, want := range map[int]refusal{
		0: {nowhere, tryAgain},
		2: {nowhere, tryAgain},
		3: {"guid", "The ticket never existed"},
		4: {"guid", beApprover},
		5: {"guid", "does not accept this GUID"},
		6: {"guid", noObject},
		7: {nowhere, tryAgain},
		8: {"guid", noWorkflow},
		9: {nowhere, tryAgain},
	} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			env := acctest.Start(t, decisionWorld())
			env.Server.Inject(refusing("Workflow/Ticket/", code))
			want.found(t, protocol(t, env, "bob").PlanAction(decideTicket, decision("Rejected")))
		})
	}
}

func TestARefusedDecisionIsReportedAtWhatIsAtFault(t *testing.T) {
	object := acctest.Arguments{"object_dn": acctest.String(`\VED\Policy\Web\shop.example.test`)}
	reason := acctest.Arguments{"reason": acctest.String("17")}
	both := acctest.Arguments{"reason": acctest.String("17"), "user_data": acctest.String("u")}
	for name, c := range map[string]struct {
		code int
		more acctest.Arguments
		want refusal
	}{
		"None":                                {0, nil, refusal{nowhere, tryAgain}},
		"GenericFailure":                      {2, nil, refusal{nowhere, tryAgain}},
		"TicketDoesNotExist":                  {3, nil, refusal{"guid", "A consumed ticket cannot be decided again"}},
		"InsufficientPrivileges":              {4, nil, refusal{"guid", beApprover}},
		"BadArguments":                        {5, nil, refusal{"status", otherValues}},
		"BadArguments, with a suspect":        {5, reason, refusal{"reason", "documents reason: leave it out"}},
		"BadArguments, with suspects":         {5, both, refusal{"status", "documents reason and user_data: leave them out"}},
		"ObjectDoesNotExist":                  {6, nil, refusal{"guid", noObject}},
		"ObjectDoesNotExist, with one":        {6, object, refusal{"object_dn", "Compare object_dn with the ticket"}},
		"RemoteError":                         {7, nil, refusal{nowhere, tryAgain}},
		"WorkflowObjectDoesNotExist":          {8, nil, refusal{"guid", noWorkflow}},
		"a code that is not documented (yet)": {9, nil, refusal{nowhere, tryAgain}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // each waits for the consistency window
			env := acctest.Start(t, decisionWorld())
			env.Server.Inject(refusing(update, c.code))
			arguments := decision("Rejected")
			maps.Copy(arguments, c.more)
			_, diagnostics := protocol(t, env, "bob").InvokeAction(decideTicket, arguments)
			c.want.found(t, diagnostics)
			wantTicket(t, env, guid, "Pending")
		})
	}
}

func TestAccARefreshThatIsRefusedTellsTheWayOut(t *testing.T) {
	env, provider := start(t, decisionWorld())
	s := acctest.OpenShell(t, provider)
	s.Configure(block("Rejected"))
	s.Run("apply", "-auto-approve")
	env.Server.Inject(refusing("Workflow/Ticket/Details", 8))
	s.Fails([]string{
		"Could not read the workflow ticket", "guid     =", "WorkflowObjectDoesNotExist (8)", "This block can be removed", "remove its block or destroy, with -refresh=false",
	}, "destroy", "-auto-approve")
	s.Configure("")
	s.Run("apply", "-auto-approve", "-refresh=false")
	s.ExpectEmptyState()
}
