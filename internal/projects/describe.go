package projects

import (
	"context"
	"fmt"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
)

// TicketView is what a message tells of a flow ticket.
type TicketView struct {
	Id                  int64
	Required, Approvals int
	Approvers           []string // "Jane Doe (local:{…})", the identity alone where it has no name
}

// String is the ticket in words: "flow ticket 917, 1 of 2 approvals, approvers: …".
func (v *TicketView) String() string {
	text := fmt.Sprintf("flow ticket %d", v.Id)
	if v.Required > 0 {
		text += fmt.Sprintf(", %d of %d approvals given", v.Approvals, v.Required)
	}
	if len(v.Approvers) > 0 {
		text += ", approvers: " + strings.Join(v.Approvers, ", ")
	}
	return text
}

// describeTicket asks, after time is up, for the ticket that was waited for;
// nil where the caller may not see it.
func (r *run) describeTicket(ctx context.Context) *TicketView {
	detached, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.Grace)
	defer cancel()
	ticket, err := findTicket(detached, r.API, r.seen.Dn)
	if ticket == nil || err != nil {
		return nil
	}
	view := &TicketView{Id: ticket.Id, Required: ticket.RequiredApprovals, Approvals: len(ticket.Approvals)}
	for _, approver := range ticket.Approvers {
		view.Approvers = append(view.Approvers, named(detached, r.API, approver))
	}
	return view
}

// named adds a person's or group's name to an identity, if it can be learned.
func named(ctx context.Context, client API, trustee string) string {
	identity, err := client.ValidateIdentity(ctx, trustee)
	if err != nil {
		return trustee
	}
	name := identity.FullName
	if name == "" {
		name = identity.Name
	}
	if name == "" {
		return trustee
	}
	return fmt.Sprintf("%s (%s)", name, trustee)
}

var _ API = (*api.Client)(nil)
