package reconcile

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// Limits of a message, and of the requests for the names in it.
const (
	maxNames      = 10
	maxNameLength = 80 // characters
)

// TicketView describes a flow ticket in a message.
type TicketView struct {
	ID                  int64
	Required, Approvals int
	Approvers           []string // the first ones, as "Jane Doe (local:{…})", or the identity without a name
	More                int      // approvers beyond these
	Older               bool     // than the submission that it should belong to
}

// String is "flow ticket 917, 1 of 2 approvals given, approvers: …".
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

// viewOf describes a ticket with the names of its first approvers.
func viewOf(ctx context.Context, names identityNames, ticket *client.FlowTicket) *TicketView {
	shown := ticket.Approvers[:min(len(ticket.Approvers), maxNames)]
	view := &TicketView{
		ID: ticket.ID, Required: ticket.RequiredApprovals, Approvals: len(ticket.Approvals),
		More: len(ticket.Approvers) - len(shown),
	}
	for _, approver := range shown {
		view.Approvers = append(view.Approvers, names.describe(ctx, approver))
	}
	return view
}

// IdentityValidator is the part of the client that resolves identities.
type IdentityValidator interface {
	ValidateIdentity(ctx context.Context, prefixed string) (*client.Identity, error)
}

// DescribeIdentities returns a function that adds the name of a person or group to an identity.
func DescribeIdentities(api IdentityValidator) func(ctx context.Context, trustee string) string {
	return identityNames{api: api, known: map[string]string{}}.describe
}

// DescribeTicket describes a ticket for a message.
func DescribeTicket(ctx context.Context, api IdentityValidator, ticket *client.FlowTicket) *TicketView {
	return viewOf(ctx, identityNames{api: api, known: map[string]string{}}, ticket)
}

// identityNames reads the name of each identity once.
type identityNames struct {
	api   IdentityValidator
	known map[string]string // descriptions by identity
}

// describe adds the name of a person or group to an identity, if the server knows it.
func (n identityNames) describe(ctx context.Context, trustee string) string {
	if description, known := n.known[trustee]; known {
		return description
	}
	identity, err := n.api.ValidateIdentity(ctx, trustee)
	if err != nil {
		return shortened(trustee)
	}
	description := shortened(trustee)
	if identity.Name != "" {
		description = fmt.Sprintf("%s (%s)", shortened(identity.Name), description)
	}
	n.known[trustee] = description
	return description
}

func shortened(s string) string {
	if runes := []rune(s); len(runes) > maxNameLength {
		return string(runes[:maxNameLength]) + "…"
	}
	return s
}
