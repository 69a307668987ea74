package simulator

import (
	"cmp"
	"fmt"
	"maps"
	"time"
)

// flowAnswer is the envelope of the flow family.
func (c *call) flowAnswer(result int, message string, extra object) answer {
	body := object{"Message": message}
	maps.Copy(body, extra)
	a := withResult(result, body)
	if result == flowSuccess && c.settings.FlowOmitResult {
		a.body = body
	}
	return a
}

// mine lists the tickets in a state that the caller is an approver of.
func (c *call) mine(state string) []*flowTicket {
	product, _ := c.number("ProductCode")
	return kept(c.flow, func(t *flowTicket) bool {
		return t.State == state && sameProduct(product, t.ProductCode) &&
			!c.now.Before(t.VisibleFrom) && c.who().includes(t.Approvers)
	})
}

// sameProduct: 0 filters nothing, a code without low half is a whole component.
func sameProduct(filter, code int64) bool {
	return filter == 0 || filter == code || filter&0xffff == 0 && filter == code&^0xffff
}

func enumerateFlow(state string) func(*call) answer {
	return func(c *call) answer { return c.enumerateFlow(state) }
}

func (c *call) enumerateFlow(state string) answer {
	tickets := c.mine(state)
	size, paged := c.number("TicketPageSize")
	page, numbered := c.number("TicketPageNumber")
	if _, filtered := c.raw("ProductCode"); !filtered || !paged || !numbered {
		c.remark("Flow/Tickets", "product code, page size or page number left out")
	}
	c.stopIf(size < 0 || page < 0 || paged && size == 0,
		badRequest("TicketPageSize and TicketPageNumber are out of range."))
	if paged && !c.settings.IgnorePaging {
		tickets = pageOf(tickets, page, size)
	}
	if len(tickets) == 0 && c.settings.FlowEmptyNull {
		return answer{body: object{"Message": "", "Tickets": nil}}
	}
	return c.flowAnswer(flowSuccess, "", object{"Tickets": mapped(tickets, c.flowObject)})
}

// pageOf cuts a page out of a list; one behind the end is empty.
func pageOf[T any](list []T, page, size int64) []T {
	if page > int64(len(list))/size {
		return nil
	}
	rest := list[page*size:]
	return rest[:min(size, int64(len(rest)))]
}

func countFlow(state string) func(*call) answer {
	return func(c *call) answer { return c.flowAnswer(flowSuccess, "", object{"Count": len(c.mine(state))}) }
}

// ticketsAsked finds the tickets by TicketId or TicketIds.
func (c *call) ticketsAsked() (found []*flowTicket, invalid []int64) {
	var ids []int64
	c.into(&ids, "TicketIds", "TicketIDs")
	if id, ok := c.number("TicketId"); ok {
		ids = append(ids, id)
	}
	c.stopIf(len(ids) == 0, badRequest("TicketId is required."))
	for _, id := range ids {
		t := c.flowTicket(id)
		if t == nil || c.now.Before(t.VisibleFrom) {
			invalid = append(invalid, id)
			continue
		}
		found = append(found, t)
	}
	return found, invalid
}

func loadFlow(c *call) answer {
	found, invalid := c.ticketsAsked()
	var list []object
	for _, t := range found {
		c.stopIf(!c.who().includes(t.Approvers),
			c.flowAnswer(flowPermission, "You are not an approver of this ticket.", nil))
		if t.State == stateUsed || t.State == stateRejected {
			invalid = append(invalid, t.ID)
			continue
		}
		list = append(list, c.flowObject(t))
	}
	if len(invalid) > 0 {
		return c.flowAnswer(flowMissing, fmt.Sprintf("Ticket %d could not be found.", invalid[0]), nil)
	}
	if _, single := c.raw("TicketId"); c.settings.FlowLoadPlural || !single || len(list) > 1 {
		return c.flowAnswer(flowSuccess, "", object{"Tickets": list})
	}
	return c.flowAnswer(flowSuccess, "", object{"Ticket": list[0]})
}

// each applies a change to the tickets asked for and reports the first failure.
func (c *call) each(change func(*flowTicket) (int, string)) answer {
	found, invalid := c.ticketsAsked()
	if len(invalid) > 0 {
		return c.flowAnswer(flowMissing, fmt.Sprintf("Ticket %d could not be found.", invalid[0]),
			object{"InvalidTicketIds": invalid})
	}
	for _, t := range found {
		if result, message := change(t); result != flowSuccess {
			return c.flowAnswer(result, message, nil)
		}
	}
	return c.flowAnswer(flowSuccess, "", nil)
}

func approveFlow(c *call) answer {
	comment := c.str("Comment")
	c.stopIf(comment == "" && c.settings.CommentRequired, badRequest("Comment is required."))
	if comment == "" {
		c.remark("Flow/Tickets", "approval without comment")
	}
	limit := c.limits()
	return c.each(func(t *flowTicket) (int, string) {
		result, message := c.approve(t, c.who(), comment, c.now)
		if result == flowSuccess {
			limit(t)
		}
		return result, message
	})
}

// limits reads how long and how often an approval is good.
func (c *call) limits() func(*flowTicket) {
	notBefore, expires := c.str("NotBefore", "notBefore"), c.str("Expires", "expires")
	uses, limited := c.number("UseCount", "useCount")
	return func(t *flowTicket) {
		t.NotBefore, t.ExpiresOn, t.RemainingUses = notBefore, expires, nil
		if limited {
			t.RemainingUses = new(int(uses))
		}
	}
}

func rejectFlow(c *call) answer {
	comment := c.str("Comment")
	level, ok := c.number("RejectionLevel")
	c.stopIf(comment == "" || !ok || level != 1 && level != 2,
		badRequest("Comment and RejectionLevel (1 or 2) are required."))
	return c.each(func(t *flowTicket) (int, string) {
		return c.reject(t, c.who(), comment, int(level), c.now)
	})
}

func updateFlow(c *call) answer {
	comment := c.str("Comment")
	limit := c.limits()
	return c.each(func(t *flowTicket) (int, string) {
		if t.State != stateApproved || !t.approvedBy(c.who()) {
			return flowUpdateFails, "The ticket has no approval of yours."
		}
		for i := range t.Approvals {
			if t.Approvals[i].Universal == c.who().prefixed() {
				t.Approvals[i].Comment = comment
			}
		}
		limit(t)
		return flowSuccess, ""
	})
}

// flowObject spells a ticket the way the settings say.
func (c *call) flowObject(t *flowTicket) object {
	approvals := mapped(t.Approvals, func(a Approval) object {
		return object{
			"Universal": c.flowApprover(a.Universal), "Comment": a.Comment,
			"ApprovalTime": a.Time.UTC().Format(time.RFC3339),
		}
	})
	return object{
		"Id": t.ID, "FlowId": t.FlowID, "FlowProcessId": 3000 + t.ID,
		"Identifier":        cmp.Or(t.Identifier, guidOf("flow ticket", t.Created.String(), t.DN)),
		"ProductCode":       t.ProductCode,
		"RequiredApprovals": t.RequiredApprovals, "RemainingUses": t.RemainingUses,
		"NotBefore": orNil(t.NotBefore), "ExpiresOn": orNil(t.ExpiresOn), "CreationTime": c.creationTime(t),
		"Approvers": c.flowApprovers(t), "Approvals": approvals, "Environment": c.flowEnvironment(t),
		"PriorEnvironment": nil, "RejectionStatus": t.RejectionStatus, "RejectionComment": orNil(t.RejectionComment),
	}
}

// creationTime has a zone unless the server writes local times.
func (c *call) creationTime(t *flowTicket) string {
	if c.settings.TicketClock == 0 {
		return t.Created.UTC().Format(time.RFC3339)
	}
	return t.Created.Add(milliseconds(c.settings.TicketClock)).UTC().Format("2006-01-02T15:04:05")
}

func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}
