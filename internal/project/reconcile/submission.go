package reconcile

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// submission describes a project's submission. It identifies the flow ticket of the submission
// among others on the same DN.
type submission struct {
	dn      string
	planned int64   // the ticket that the plan showed, 0 if it showed none
	own     bool    // this run made the submission, and earlier is complete
	earlier []int64 // tickets from before a submission of this run
	// since is when the project was last submitted, zero if the server does not report it.
	since  time.Time
	noZone bool // since came without a zone
}

// ticketAge compares the creation of a ticket with the submission.
type ticketAge int

const (
	ageUnknown   ticketAge = iota // one of the times is not reported
	ageUncertain                  // the ticket looks older, but one of the times has no zone
	older
	notOlder
)

const (
	// zones is how far two times of one server can differ because one of them has no zone.
	zones = 15 * time.Hour
	// raisedWithin is how long after a submission the server may create its ticket.
	raisedWithin = time.Minute
)

// products is where tickets are searched. The product code of project flows is not published, so
// first among those of code signing, then among all.
var products = []int64{client.ProductCodeSigning, everyProduct}

const everyProduct = 0

// findTicket finds the pending flow ticket of a submission among those that the caller may see; nil
// if there is none yet. The exact spelling of the DN has precedence. Several tickets are an error:
// one of them could be the project's deletion or an update of it.
func findTicket(ctx context.Context, api API, of submission) (*client.FlowTicket, error) {
	var similar []client.FlowTicket
	for _, product := range products {
		tickets, err := api.FlowTickets(ctx, product)
		if err != nil {
			return nil, err
		}
		found := filter(tickets, of.mayRaise)
		exact := filter(found, func(t client.FlowTicket) bool { return t.ObjectDN() == of.dn })
		if len(exact) > 0 {
			return of.choose(exact)
		}
		known := ids(similar)
		others := filter(found, func(t client.FlowTicket) bool { return !slices.Contains(known, t.ID) })
		similar = append(similar, others...)
	}
	return of.choose(similar)
}

func filter(tickets []client.FlowTicket, keep func(client.FlowTicket) bool) []client.FlowTicket {
	return slices.DeleteFunc(slices.Clone(tickets), func(t client.FlowTicket) bool { return !keep(t) })
}

// mayRaise reports whether the submission can have raised the ticket. A key-use ticket lets a
// person sign and never counts.
func (s submission) mayRaise(t client.FlowTicket) bool {
	switch {
	case !dn.Equal(t.ObjectDN(), s.dn), t.ProductCode == client.ProductCodeKeyUse, t.RejectionStatus != 0,
		slices.Contains(s.earlier, t.ID):
		return false
	case t.ID == s.planned:
		return true
	default:
		return s.age(t) != older
	}
}

func (s submission) choose(found []client.FlowTicket) (*client.FlowTicket, error) {
	if i := slices.IndexFunc(found, func(t client.FlowTicket) bool { return t.ID == s.planned }); i >= 0 {
		return &found[i], nil
	}
	if slices.ContainsFunc(found, s.isCertainlyNotOlder) {
		found = filter(found, func(t client.FlowTicket) bool { return s.age(t) != ageUncertain })
	}
	switch len(found) {
	case 0:
		return nil, nil
	case 1:
		return &found[0], nil
	default:
		return nil, ambiguousError(s.dn, ids(found), spellingsOf(found))
	}
}

// age ignores fractions of a second, which servers show in one of the times only. For the
// submission of this run the times do not matter: its ticket is known to be new.
func (s submission) age(t client.FlowTicket) ticketAge {
	created, since := t.CreationTime.Truncate(time.Second), s.since.Truncate(time.Second)
	switch {
	case s.own, t.CreationTime.IsZero(), s.since.IsZero():
		return ageUnknown
	case !created.Before(since):
		return notOlder
	case !t.CreationNoZone && !s.noZone, created.Add(zones).Before(since):
		return older
	default:
		return ageUncertain
	}
}

func (s submission) isCertainlyNotOlder(t client.FlowTicket) bool {
	return s.age(t) == notOlder && !t.CreationNoZone && !s.noZone
}

// isTooNew is true for a ticket that was created long after the submission. It may belong to an
// update, whose approvers are others than those of the submission.
func (s submission) isTooNew(t client.FlowTicket) bool {
	limit := raisedWithin
	if t.CreationNoZone || s.noZone {
		limit = zones
	}
	return !s.since.IsZero() && t.CreationTime.After(s.since.Add(limit))
}

// isRaisedByAnother is true for a ticket that the submission certainly did not raise.
func (s submission) isRaisedByAnother(t client.FlowTicket) bool {
	return s.age(t) == older || s.isTooNew(t)
}

// ticketIDs are the pending tickets of a project before a submission. Complete is false if a list
// could not be read.
type ticketIDs struct {
	ids      []int64
	complete bool
}

// pendingTickets lists the tickets of a project that is about to be submitted: they do not belong
// to the submission.
func pendingTickets(ctx context.Context, api API, project string) ticketIDs {
	var found []int64
	complete := true
	for _, product := range products {
		tickets, err := api.FlowTickets(ctx, product)
		complete = complete && err == nil
		found = append(found, ids(filter(tickets, submission{dn: project}.mayRaise))...)
	}
	slices.Sort(found)
	return ticketIDs{slices.Compact(found), complete}
}

// ProjectTickets lists the pending flow tickets of the project with this DN that the caller may see,
// except those of key use. It reads the tickets of all products in one list.
func ProjectTickets(ctx context.Context, api API, project string) ([]client.FlowTicket, error) {
	tickets, err := api.FlowTickets(ctx, everyProduct)
	return filter(tickets, submission{dn: project}.mayRaise), err
}

// UpdateTickets lists the pending flow tickets of a project that an update can have raised. For a
// submitted project, it leaves out the ticket of the submission.
func UpdateTickets(ctx context.Context, api API, p *client.Project) ([]client.FlowTicket, error) {
	found, err := ProjectTickets(ctx, api, p.DN)
	if p.Status != lifecycle.Pending {
		return found, err
	}
	of := submission{dn: p.DN, since: p.ApprovalSubmissionDate, noZone: p.SubmissionNoZone}
	if others := filter(found, of.isRaisedByAnother); len(others) > 0 {
		return others, err
	}
	slices.SortFunc(found, func(a, b client.FlowTicket) int { return cmp.Compare(a.ID, b.ID) })
	return found[min(1, len(found)):], err // the first one is the submission's
}

// UpdatesNeedApproval is false only if the server certainly has no flow for updates of projects. It
// is true together with an error.
func UpdatesNeedApproval(ctx context.Context, api API) (bool, error) {
	configuration, err := api.GetGlobalConfigurationCached(ctx)
	if err != nil {
		return true, err
	}
	return configuration.ProjectUpdateFlowDN != nil && *configuration.ProjectUpdateFlowDN != "", nil
}

func ids(tickets []client.FlowTicket) []int64 {
	list := make([]int64, 0, len(tickets))
	for _, t := range tickets {
		list = append(list, t.ID)
	}
	return list
}

// spellingsOf returns the spellings of the DN on the tickets.
func spellingsOf(tickets []client.FlowTicket) []string {
	var list []string
	for _, t := range tickets {
		if name := t.ObjectDN(); !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// Limits of a message, and of the requests for the names in it.
const (
	maxNames      = 10
	maxNameLength = 80 // characters
)

// DescribeTicket is "flow ticket 917, 1 of 2 approvals given, approvers: …", with the first approvers
// as nameOf describes them.
func DescribeTicket(
	ctx context.Context, nameOf func(context.Context, string) string, ticket *client.FlowTicket,
) string {
	text := fmt.Sprintf("flow ticket %d", ticket.ID)
	if ticket.RequiredApprovals > 0 {
		text += fmt.Sprintf(", %d of %d approvals given", len(ticket.Approvals), ticket.RequiredApprovals)
	}
	var names []string
	for _, approver := range ticket.Approvers[:min(len(ticket.Approvers), maxNames)] {
		names = append(names, nameOf(ctx, approver))
	}
	if len(names) > 0 {
		text += ", approvers: " + failure.List(names, len(ticket.Approvers))
	}
	return text
}

// DescribeIdentities returns a function that adds the name of a person or group to an identity, as in
// "Jane Doe (local:{…})", if the server knows it. It reads each name once.
func DescribeIdentities(api API) func(ctx context.Context, trustee string) string {
	known := map[string]string{}
	return func(ctx context.Context, trustee string) string {
		if description, found := known[trustee]; found {
			return description
		}
		description := failure.Shorten(trustee, maxNameLength)
		identity, err := api.ValidateIdentity(ctx, trustee)
		if err != nil {
			return description
		}
		if identity.Name != "" {
			description = fmt.Sprintf("%s (%s)", failure.Shorten(identity.Name, maxNameLength), description)
		}
		known[trustee] = description
		return description
	}
}
