package ticket_test

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	shop = `\VED\Policy\Web\shop.northwind.example`
	// in the order of their GUIDs
	first            = "1ede0e12-f7c0-4068-9977-001076205c84"
	ticketDataSecond = "2ede0e12-f7c0-4068-9977-001076205c84"
	rejected         = "3ede0e12-f7c0-4068-9977-001076205c84"
	mail             = "4ede0e12-f7c0-4068-9977-001076205c84"
	bob              = "local:{bbbbbbbb-0000-1111-2222-bbbbbbbbbbbb}"
	jane             = "local:{aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb}"
)

// ticketDataWorld has three tickets of one object, of which one is rejected, and one of another.
func ticketDataWorld() simulator.World {
	of := func(guid, blocking string) simulator.WorkflowTicket {
		return simulator.WorkflowTicket{GUID: guid, Blocking: blocking, Approvers: []string{"bob", "jane"}, UserData: "batch 7"}
	}
	w := simulator.World{
		Users: []simulator.User{
			{Name: "bob", Universal: "bbbbbbbb-0000-1111-2222-bbbbbbbbbbbb"}, {Name: "jane", Universal: "aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb"},
		},
		WorkflowTickets: []simulator.WorkflowTicket{of(mail, `\VED\Policy\Web\mail.northwind.example`), of(ticketDataSecond, shop), of(rejected, shop), of(first, shop)},
	}
	w.WorkflowTickets[2].Status, w.WorkflowTickets[2].Explanation, w.WorkflowTickets[2].UserData = "Rejected", "too soon", "batch 8"
	w.WorkflowTickets[3].IssuedDueTo, w.WorkflowTickets[3].Reason = `\VED\Workflow\Second pair of eyes`, "needs review"
	w.WorkflowTickets[3].Created = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	return w
}

func ticketDataTicket(guid string) string {
	return fmt.Sprintf("data \"workflow_ticket\" \"it\" {\n  provider = codesign\n  guid = %q\n}\n", guid)
}

func tickets(arguments string) string {
	return fmt.Sprintf("data \"workflow_tickets\" \"it\" {\n  provider = codesign\n  %s\n}\n", arguments)
}

func is(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.workflow_ticket.it", tfjsonpath.New(attribute), want)
}

func ticketDataText(s string) knownvalue.Check { return knownvalue.StringExact(s) }
