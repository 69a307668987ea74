package ticketdata_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/simulator"
)

func TestAccEverythingThatTheServerTellsOfATicket(t *testing.T) {
	env := acctest.Start(t, world())
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("bob")+ticket(strings.ToUpper("{"+first+"}")),
		is("guid", text(strings.ToUpper("{"+first+"}"))), is("status", text("Pending")), is("schedule", knownvalue.Null()),
		is("approvers", acctest.Strings(jane, bob)), is("blocking", text(shop)), is("issued_due_to", text(`\VED\Workflow\Second pair of eyes`)),
		is("created", text("2026-01-02T03:04:05Z")), is("approval_reason", text("needs review")),
		is("explanation", knownvalue.Null()), is("approval_from", knownvalue.Null()),
	))
}

func TestAccADecidedTicketTellsItsWindow(t *testing.T) {
	env := acctest.Start(t, world())
	env.Server.SetWorkflowTicket(first, "Approved Between", "2126-12-01T22:00:00Z", "2126-12-02T02:00:00Z")
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("bob")+ticket(first), is("status", text("Approved Between")),
		is("schedule", knownvalue.ObjectExact(map[string]knownvalue.Check{"start": text("2126-12-01T22:00:00Z"), "stop": text("2126-12-02T02:00:00Z")})),
	))
}

func TestAccATicketYoungerThanTheSessionIsSeenAfterARefresh(t *testing.T) {
	w := world()
	for i := range w.WorkflowTickets {
		w.WorkflowTickets[i].HiddenUntilRefresh = true
	}
	for name, config := range map[string]string{"one": ticket(first), "all": tickets(fmt.Sprintf("object_dn = %q", shop)) + `
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
		fmt.Sprintf("object_dn = %q", strings.ToLower(shop)):                          {first, second, rejected},
		fmt.Sprintf("object_dn = %q\n statuses = [\"Pending\"]", shop):                {first, second},
		fmt.Sprintf("object_dn = %q\n statuses = [\"Rejected\", \"Approved\"]", shop): {rejected},
		`user_data = "batch 7"`: {first, second, mail},
		fmt.Sprintf("object_dn = %q\n user_data = \"batch 7\"", shop): {first, second},
	} {
		t.Run(arguments, func(t *testing.T) {
			env := acctest.Start(t, world())
			const address = "data.workflow_tickets.it"
			last := len(want) - 1
			acctest.Test(t, env, acctest.Applies(env.ProviderConfig("bob")+tickets(arguments),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("guids"), acctest.Strings(want...)),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("tickets").AtSliceIndex(last).AtMapKey("guid"), text(want[last])),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("by_guid"), knownvalue.MapSizeExact(len(want))),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("by_guid").AtMapKey(want[0]).AtMapKey("approvers"), acctest.Strings(jane, bob)),
			))
		})
	}
}

func TestAccWhatCannotBeReadIsAnErrorAtItsArgument(t *testing.T) {
	env := acctest.Start(t, world())
	bob := env.ProviderConfig("bob")
	for name, c := range map[string]struct {
		config string
		words  []string
	}{
		"no such ticket":     {bob + ticket("9ede0e12-f7c0-4068-9977-001076205c84"), []string{"guid", "does not exist", "consumed it"}},
		"no guid":            {bob + ticket("CHG0012345"), []string{"Invalid GUID", "guid"}},
		"neither":            {bob + tickets(""), []string{"object_dn", "user_data"}},
		"no such object":     {bob + tickets(fmt.Sprintf("object_dn = %q", shop+"!")), []string{"object_dn", "ObjectDoesNotExist (6)"}},
		"a bare name":        {bob + tickets(`object_dn = "shop"`), []string{"object_dn", "bare name"}},
		"an empty user data": {bob + tickets(`user_data = ""`), []string{"user_data"}},
	} {
		t.Run(name, func(t *testing.T) { acctest.Test(t, env, acctest.Fails(c.config, c.words...)) })
	}
}

func TestATicketThatIsConsumedMeanwhileIsLeftOut(t *testing.T) {
	env := acctest.Start(t, world())
	env.Server.OnRequest(func(r simulator.Request) {
		if r.Path == "Workflow/Ticket/Details" {
			env.Server.RemoveWorkflowTicket(second)
		}
	})
	state, diags := env.ReadDataSource(t, env.Server.Token("bob", ""), "workflow_tickets", acctest.Arguments{"object_dn": acctest.String(shop)})
	if want := acctest.StringList(first, rejected); len(diags) != 0 || !state["guids"].Equal(want) {
		t.Errorf("%s %q", state["guids"], diags)
	}
}

func TestATicketThatCannotBeReadFailsTheWholeList(t *testing.T) {
	env := acctest.Start(t, world())
	env.Server.Inject(simulator.Fault{Path: "Workflow/Ticket/Details", Kind: simulator.Other500, Status: 200, Body: `{"Result":4}`, Count: 1})
	_, diags := env.ReadDataSource(t, env.Server.Token("bob", ""), "workflow_tickets", acctest.Arguments{"object_dn": acctest.String(shop)})
	if len(diags) != 1 || !strings.HasPrefix(diags[0], "ERROR: Could not list the workflow tickets") || !strings.HasSuffix(diags[0], "[object_dn]") {
		t.Errorf("diagnostics: %q", diags)
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
			env := acctest.Start(t, world())
			state, diags := env.ReadDataSource(t, env.Server.Token("bob", ""), "workflow_tickets", c.arguments)
			got := strings.Join(diags, "; ")
			if !strings.Contains(got, c.says) || !strings.HasSuffix(got, c.at) || (c.says == "") != (got == "") || strings.Contains(got, "ERROR") {
				t.Errorf("diagnostics: %q", diags)
			}
			if !state["guids"].Equal(acctest.StringList()) {
				t.Errorf("guids: %s", state["guids"])
			}
		})
	}
}
