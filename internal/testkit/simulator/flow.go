package simulator

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

const (
	statePending  = "pending"
	stateApproved = "approved"
	stateRejected = "rejected"
	stateUsed     = "used" // consumed, or decided by another user
)

// flowMessages are the texts of results.
var flowMessages = map[int]string{
	flowPermission: "You are not an approver of this ticket.", flowMissing: "The ticket could not be found.",
	flowApproveFails: "The ticket has already been approved.", flowRejectFails: "The ticket has already been approved.",
}

func (s *Server) addFlowTicket(t FlowTicket) *FlowTicket {
	t.Approvers = s.people.trustees(t.Approvers)
	t.State = cmp.Or(t.State, statePending)
	t.ProductCode = cmp.Or(t.ProductCode, ProjectFlow)
	t.ID = cmp.Or(t.ID, max(900, s.lastFlow)+1)
	s.lastFlow = max(s.lastFlow, t.ID)
	t.RequiredApprovals = max(1, t.RequiredApprovals)
	t.Created = cmp.Or(t.Created, s.now)
	s.flow = append(s.flow, &t)
	return &t
}

// raise creates the flow ticket of a project, which shows after the delay; its approvers are fixed
// now.
func (s *Server) raise(p *project, product int64) *FlowTicket {
	approvers := p.Approvers
	if len(approvers) == 0 {
		approvers = s.people.holders(rightAdmin | rightProjectApproval)
	}
	return s.addFlowTicket(FlowTicket{
		DN: p.dn, ProductCode: product, Approvers: slices.Clone(approvers),
		RequiredApprovals: cmp.Or(p.RequiredApprovals, s.settings.RequiredApprovals),
		submittedBy:       s.actor, visibleFrom: s.now.Add(milliseconds(s.settings.TicketDelay)),
	})
}

// openTickets are the undecided tickets of a DN for one product code, the oldest first; 0 is every
// project flow.
func (s *Server) openTickets(dn string, product int64) []*FlowTicket {
	return kept(s.flow, func(t *FlowTicket) bool {
		return t.State == statePending && foldDN(t.DN) == foldDN(dn) && t.ProductCode != KeyUseFlow &&
			(product == 0 || t.ProductCode == product)
	})
}

// closeTickets ends the undecided tickets of a DN.
func (s *Server) closeTickets(dn string, product int64) {
	for _, t := range s.openTickets(dn, product) {
		t.State = stateUsed
	}
}

// approve records one approval and, once there are enough, what follows from it. The code is a flow
// result.
func (s *Server) approve(t *FlowTicket, comment string) (result int) {
	who := s.actor
	switch {
	case !who.includes(t.Approvers) || s.settings.SubmitterMayNotApprove && t.submittedBy == who:
		return flowPermission
	case t.State == stateApproved || t.approvedBy(who):
		return flowApproveFails
	}
	t.Approvals = append(t.Approvals, Approval{Universal: who.prefixed, Comment: comment, Time: s.now})
	s.note(Event{Kind: EventFlowApproved, Object: t.DN, Ticket: t.ID, Detail: comment})
	if len(t.Approvals) >= t.RequiredApprovals {
		s.granted(t)
	}
	return flowSuccess
}

// granted carries out what a fully approved ticket was for.
func (s *Server) granted(t *FlowTicket) {
	t.State = stateApproved
	p := s.projectAt(t.DN)
	if p == nil || t.ProductCode == KeyUseFlow {
		return
	}
	t.State = stateUsed
	switch {
	case t.ProductCode == ProjectDeleteFlow:
		s.removeProject(p)
	case t.ProductCode == ProjectUpdateFlow:
		if t.change != nil {
			s.apply(p, *t.change)
		}
	case p.status == pending:
		s.setStatus(p, enabled)
	}
}

func (t *FlowTicket) approvedBy(who *identity) bool {
	return slices.ContainsFunc(t.Approvals, func(a Approval) bool { return a.Universal == who.prefixed })
}

// reject ends a ticket; the project goes back to Draft, a refused deletion leaves it Disabled, and a
// refused update leaves it as it is.
func (s *Server) reject(t *FlowTicket, comment string, level int) (result int) {
	switch {
	case !s.actor.includes(t.Approvers):
		return flowPermission
	case t.State == stateApproved:
		return flowRejectFails
	}
	s.rejected(t, comment, level)
	return flowSuccess
}

// rejected ends a ticket without what it was for.
func (s *Server) rejected(t *FlowTicket, comment string, level int) {
	t.State, t.RejectionStatus, t.RejectionComment = stateRejected, level, comment
	s.note(Event{Kind: EventFlowRejected, Object: t.DN, Ticket: t.ID, Detail: comment})
	p := s.projectAt(t.DN)
	if p == nil || t.ProductCode == KeyUseFlow || t.ProductCode == ProjectUpdateFlow {
		return
	}
	s.setStatus(p, choose(t.ProductCode == ProjectDeleteFlow, disabled, draft))
}

func (s *Server) removeProject(p *project) {
	for _, e := range p.environments {
		s.objects.remove(e.item)
	}
	s.objects.remove(p.item)
	s.closeTickets(p.dn, 0)
	s.note(Event{Kind: EventRemoved, Object: p.dn})
}

func (c *call) flowApprovers(t *FlowTicket) any {
	if !c.settings.FlowApproversAsObjects {
		return notNil(t.Approvers)
	}
	return mapped(t.Approvers, func(a string) object {
		if i := c.people.find(a); i != nil {
			return i.entry()
		}
		return object{"PrefixedUniversal": a}
	})
}

func (c *call) flowEnvironment(t *FlowTicket) any {
	values := map[string]string{}
	maps.Copy(values, t.Environment)
	if t.DN != "" {
		values[choose(hasWord(c.settings.FlowEnvironmentSpelling, "Object DN"), "Object DN", "ObjectDn")] = t.DN
	}
	if hasWord(c.settings.FlowEnvironmentSpelling, "map") {
		return values
	}
	return mapped(sortedKeys(values), func(k string) object { return object{"Key": k, "Value": values[k]} })
}

// flowApprover is who gave an approval, the way the settings say.
func (c *call) flowApprover(universal string) string {
	i := c.people.find(universal)
	switch spelling := c.settings.FlowApprovalSpelling; {
	case spelling == "upper":
		return strings.ToUpper(universal)
	case spelling == "name" && i != nil:
		return i.prefixedName()
	case spelling == "bare":
		_, universal, _ = strings.Cut(universal, ":")
	}
	return universal
}
