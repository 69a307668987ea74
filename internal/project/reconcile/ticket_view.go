package reconcile

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// A message stays readable, and a deadline is not outlived by looking up
// hundreds of names.
const (
	namesShown   = 10
	longestShown = 80 // characters of one name
)

// TicketView is what a message tells of a flow ticket.
type TicketView struct {
	ID                  int64
	Required, Approvals int
	Approvers           []string // "Jane Doe (local:{…})", the identity alone where it has no name; the first ones
	More                int      // approvers beyond these
	Older               bool     // than the submission that it should be about
}

// String is the ticket in words: "flow ticket 917, 1 of 2 approvals, approvers: …".
func (v *TicketView) String() string {
	text := fmt.Sprintf("flow ticket %d", v.ID)
	if v.Required > 0 {
		text += fmt.Sprintf(", %d of %d approvals given", v.Approvals, v.Required)
	}
	approvers := v.Approvers
	if v.More > 0 {
		approvers = append(slices.Clip(approvers), fmt.Sprintf("and %d more", v.More))
	}
	if len(approvers) > 0 {
		text += ", approvers: " + strings.Join(approvers, ", ")
	}
	if v.Older {
		text += "; by the server's dates it is older than the submission"
	}
	return text
}

// describeTicket asks, after time is up, for the ticket that was waited for;
// nil where the caller may not see it.
func (r *run) describeTicket(ctx context.Context) *TicketView {
	ticket, err := findTicket(ctx, r.API, r.submission())
	older := ticket == nil && err == nil
	if older {
		ticket, err = findTicket(ctx, r.API, submission{dn: r.seen.DN, earlier: r.earlier})
	}
	if ticket == nil || err != nil {
		return nil
	}
	view := viewOf(ctx, r.API, ticket)
	view.Older = older
	return view
}

// viewOf describes a ticket with the names of its first approvers.
func viewOf(ctx context.Context, api API, ticket *client.FlowTicket) *TicketView {
	view := &TicketView{ID: ticket.ID, Required: ticket.RequiredApprovals, Approvals: len(ticket.Approvals)}
	for i, approver := range ticket.Approvers {
		if i == namesShown {
			view.More = len(ticket.Approvers) - i
			break
		}
		view.Approvers = append(view.Approvers, named(ctx, api, approver))
	}
	return view
}

// named adds a person's or group's name to an identity, if it can be learned.
func named(ctx context.Context, api API, trustee string) string {
	identity, err := api.ValidateIdentity(ctx, trustee)
	if err != nil {
		return shortened(trustee)
	}
	if identity.Name == "" {
		return shortened(trustee)
	}
	return fmt.Sprintf("%s (%s)", shortened(identity.Name), shortened(trustee))
}

func shortened(s string) string {
	if runes := []rune(s); len(runes) > longestShown {
		return string(runes[:longestShown]) + "…"
	}
	return s
}

var _ API = (*client.Client)(nil)
