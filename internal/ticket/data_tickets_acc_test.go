package ticket_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestAccEverythingThatTheServerTellsOfATicket(t *testing.T) {
	env := acctest.Start(t, ticketDataWorld())
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("bob")+ticketDataTicket(strings.ToUpper("{"+first+"}")),
		is("guid", ticketDataText(strings.ToUpper("{"+first+"}"))), is("status", ticketDataText("Pending")), is("schedule", knownvalue.Null()),
		is("approvers", acctest.Strings(jane, bob)), is("blocking", ticketDataText(shop)), is("issued_due_to", ticketDataText(`\VED\Workflow\Second pair of eyes`)),
		is("created", ticketDataText("2026-01-02T03:04:05Z")), is("approval_reason", ticketDataText("needs review")),
		is("explanation", knownvalue.Null()), is("approval_from", knownvalue.Null()),
	))
}

func TestAccADecidedTicketTellsItsWindow(t *testing.T) {
	env := acctest.Start(t, ticketDataWorld())
	env.Server.SetWorkflowTicket(first, "Approved Between", "2126-12-01T22:00:00Z", "2126-12-02T02:00:00Z")
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("bob")+ticketDataTicket(first), is("status", ticketDataText("Approved Between")),
		is("schedule", knownvalue.ObjectExact(map[string]knownvalue.Check{"start": ticketDataText("2126-12-01T22:00:00Z"), "stop": ticketDataText("2126-12-02T02:00:00Z")})),
	))
}

func TestAccATicketYoungerThanTheSessionIsSeenAfterARefresh(t *testing.T) {
	w := ticketDataWorld()
	for i := range w.WorkflowTickets {
		w.WorkflowTickets[i].HiddenUntilRefresh = true
	}
	for name, config := range map[string]string{"one": ticketDataTicket(first), "all": tickets(fmt.Sprintf("object_dn = %q", shop)) + `
check "seen" {
  assert {
    condition     = length(data.workflow_tickets.it.guids) == 3
    error_message = "tickets are hidden"
  }
}
`} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, w)
			acctest.Test(t, env, acctest.Applies(env.ProviderConfig("bob")+config))
		})
	}
}

func TestAccTicketsAreSortedAndFoundByObjectAndUserData(t *testing.T) {
	for arguments, want := range map[string][]string{
		fmt.Sprintf("object_dn = %q", strings.ToLower(shop)):                          {first, ticketDataSecond, rejected},
		fmt.Sprintf("object_dn = %q\n statuses = [\"Pending\"]", shop):                {first, ticketDataSecond},
		fmt.Sprintf("object_dn = %q\n statuses = [\"Rejected\", \"Approved\"]", shop): {rejected},
		`user_data = "batch 7"`: {first, ticketDataSecond, mail},
		fmt.Sprintf("object_dn = %q\n user_data = \"batch 7\"", shop): {first, ticketDataSecond},
	} {
		t.Run(arguments, func(t *testing.T) {
			env := acctest.Start(t, ticketDataWorld())
			const ticketDataAddress = "data.workflow_tickets.it"
			last := len(want) - 1
			acctest.Test(t, env, acctest.Applies(env.ProviderConfig("bob")+tickets(arguments),
				statecheck.ExpectKnownValue(ticketDataAddress, tfjsonpath.New("guids"), acctest.Strings(want...)),
				statecheck.ExpectKnownValue(ticketDataAddress, tfjsonpath.New("tickets").AtSliceIndex(last).AtMapKey("guid"), ticketDataText(want[last])),
				statecheck.ExpectKnownValue(ticketDataAddress, tfjsonpath.New("by_guid"), knownvalue.MapSizeExact(len(want))),
				statecheck.ExpectKnownValue(ticketDataAddress, tfjsonpath.New("by_guid").AtMapKey(want[0]).AtMapKey("approvers"), acctest.Strings(jane, bob)),
			))
		})
	}
}

func TestAccWhatCannotBeReadIsAnErrorAtItsArgument(t *testing.T) {
	env := acctest.Start(t, ticketDataWorld())
	bob := env.ProviderConfig("bob")
	for name, c := range map[string]struct {
		config string
		words  []string
	}{
		"no such ticket":     {bob + ticketDataTicket("9ede0e12-f7c0-4068-9977-001076205c84"), []string{"guid", "does not exist", "consumed it"}},
		"no guid":            {bob + ticketDataTicket("CHG0012345"), []string{"Invalid GUID", "guid"}},
		"neither":            {bob + tickets(""), []string{"object_dn", "user_data"}},
		"no such object":     {bob + tickets(fmt.Sprintf("object_dn = %q", shop+"!")), []string{"object_dn", "ObjectDoesNotExist (6)"}},
		"a bare name":        {bob + tickets(`object_dn = "shop"`), []string{"object_dn", "bare name"}},
		"an empty user data": {bob + tickets(`user_data = ""`), []string{"user_data"}},
	} {
		t.Run(name, func(t *testing.T) { acctest.Test(t, env, acctest.Fails(c.config, c.words...)) })
	}
}

func TestATicketThatIsConsumedMeanwhileIsLeftOut(t *testing.T) {
	env := acctest.Start(t, ticketDataWorld())
	env.Server.OnRequest(func(r simulator.Request) {
		if r.Path == "Workflow/Ticket/Details" {
			env.Server.RemoveWorkflowTicket(ticketDataSecond)
		}
	})
	state, diagnostics := env.ReadDataSource(t, env.Server.Token("bob", ""), "workflow_tickets", acctest.Arguments{"object_dn": acctest.String(shop)})
	if want := acctest.StringList(first, rejected); len(diagnostics) != 0 || !state["guids"].Equal(want) {
		t.Errorf("%s %q", state["guids"], diagnostics)
	}
}

func TestATicketThatCannotBeReadFailsTheWholeList(t *testing.T) {
	env := acctest.Start(t, ticketDataWorld())
	env.Server.Inject(simulator.Fault{Path: "Workflow/Ticket/Details", Kind: simulator.Other500, Status: 200, Body: `{"Result":4}`, Count: 1})
	_, diagnostics := env.ReadDataSource(t, env.Server.Token("bob", ""), "workflow_tickets", acctest.Arguments{"object_dn": acctest.String(shop)})
	if len(diagnostics) != 1 || !strings.HasPrefix(diagnostics[0], "ERROR: Could not list the workflow tickets") || !strings.HasSuffix(diagnostics[0], "[object_dn]") {
		t.Errorf("diagnostics: %q", diagnostics)
	}
}

func TestAQueryThatMatchesNothingSaysSoUnlessThatIsFine(t *testing.T) {
	approved := acctest.StringList("Approved")
	for name, c := range map[string]struct {
		arguments acctest.Arguments
		says, at  string
	}{
		"statuses":  {acctest.Arguments{"object_dn": acctest.String(shop), "statuses": approved}, "No workflow ticket that is Approved blocks " + shop, "[statuses]"},
		"user data": {acctest.Arguments{"user_data": acctest.String("batch 9")}, `No workflow ticket has the user data "batch 9"`, "[user_data]"},
		"allowed": {
			acctest.Arguments{"object_dn": acctest.String(shop), "statuses": approved, "allow_empty": tftypes.NewValue(tftypes.Bool, true)}, "", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, ticketDataWorld())
			state, diagnostics := env.ReadDataSource(t, env.Server.Token("bob", ""), "workflow_tickets", c.arguments)
			got := strings.Join(diagnostics, "; ")
			if !strings.Contains(got, c.says) || !strings.HasSuffix(got, c.at) || (c.says == "") != (got == "") || strings.Contains(got, "ERROR") {
				t.Errorf("diagnostics: %q", diagnostics)
			}
			if !state["guids"].Equal(acctest.StringList()) {
				t.Errorf("guids: %s", state["guids"])
			}
		})
	}
}
