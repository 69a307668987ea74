package simulator

import (
	"maps"
	"time"
)

// flowAnswer is the envelope of the flow family.
func (c *call) flowAnswer(result int, extra object) answer {
	body := object{"Message": flowMessages[result]}
	maps.Copy(body, extra)
	a := withResult(result, body)
	if result == flowSuccess && c.settings.FlowOmitResult {
		a.body = body
	}
	return a
}

// waiting lists the undecided tickets that the caller is an approver of.
func (c *call) waiting() []*FlowTicket {
	product, _ := c.number("ProductCode")
	return kept(c.flow, func(t *FlowTicket) bool {
		return t.State == statePending && sameProduct(product, t.ProductCode) &&
			!c.now.Before(t.visibleFrom) && c.who().includes(t.Approvers)
	})
}

// sameProduct: 0 filters nothing, a code without low half is a whole component.
func sameProduct(filter, code int64) bool {
	return filter == 0 || filter == code || filter&0xffff == 0 && filter == code&^0xffff
}

func enumerateFlow(c *call) answer {
	tickets := c.waiting()
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
	return c.flowAnswer(flowSuccess, object{"Tickets": mapped(tickets, c.flowObject)})
}

// pageOf cuts a page out of a list; one behind the end is empty.
func pageOf[T any](list []T, page, size int64) []T {
	if page > int64(len(list))/size {
		return nil
	}
	rest := list[page*size:]
	return rest[:min(size, int64(len(rest)))]
}

// asked finds the tickets that a request names by TicketId, or in a list as older clients do.
func (c *call) asked() (found []*FlowTicket) {
	var ids []int64
	c.into(&ids, "TicketIds")
	c.into(&ids, "TicketIDs")
	if id, ok := c.number("TicketId"); ok {
		ids = append(ids, id)
	}
	c.stopIf(len(ids) == 0, badRequest("TicketId is required."))
	for _, id := range ids {
		t := first(c.flow, func(t *FlowTicket) bool { return t.ID == id })
		c.stopIf(t == nil || c.now.Before(t.visibleFrom) || t.State == stateUsed || t.State == stateRejected,
			c.flowAnswer(flowMissing, nil))
		found = append(found, t)
	}
	return found
}

// each changes the tickets that a request names, until a change fails.
func (c *call) each(change func(*FlowTicket) (result int)) answer {
	for _, t := range c.asked() {
		if result := change(t); result != flowSuccess {
			return c.flowAnswer(result, nil)
		}
	}
	return c.flowAnswer(flowSuccess, nil)
}

func loadFlow(c *call) answer {
	var list []object
	for _, t := range c.asked() {
		c.stopIf(!c.who().includes(t.Approvers), c.flowAnswer(flowPermission, nil))
		list = append(list, c.flowObject(t))
	}
	if _, single := c.raw("TicketId"); c.settings.FlowLoadPlural || !single || len(list) > 1 {
		return c.flowAnswer(flowSuccess, object{"Tickets": list})
	}
	return c.flowAnswer(flowSuccess, object{"Ticket": list[0]})
}

func approveFlow(c *call) answer {
	comment := c.str("Comment")
	c.stopIf(comment == "" && c.settings.CommentRequired, badRequest("Comment is required."))
	if comment == "" {
		c.remark("Flow/Tickets", "approval without comment")
	}
	return c.each(func(t *FlowTicket) int { return c.approve(t, comment) })
}

func rejectFlow(c *call) answer {
	comment := c.str("Comment")
	level, ok := c.number("RejectionLevel")
	c.stopIf(comment == "" || !ok || level != 1 && level != 2,
		badRequest("Comment and RejectionLevel (1 or 2) are required."))
	return c.each(func(t *FlowTicket) int { return c.reject(t, comment, int(level)) })
}

// flowObject spells a ticket the way the settings say.
func (c *call) flowObject(t *FlowTicket) object {
	approvals := mapped(t.Approvals, func(a Approval) object {
		return object{
			"Universal": c.flowApprover(a.Universal), "Comment": a.Comment,
			"ApprovalTime": a.Time.UTC().Format(time.RFC3339),
		}
	})
	return object{
		"Id": t.ID, "FlowId": t.ProductCode & 0xffff, "FlowProcessId": 3000 + t.ID,
		"Identifier": guidOf("flow ticket", t.Created.String(), t.DN), "ProductCode": t.ProductCode,
		"RequiredApprovals": t.RequiredApprovals, "RemainingUses": nil,
		"NotBefore": nil, "ExpiresOn": nil, "CreationTime": c.creationTime(t),
		"Approvers": c.flowApprovers(t), "Approvals": approvals, "Environment": c.flowEnvironment(t),
		"PriorEnvironment": nil, "RejectionStatus": t.RejectionStatus, "RejectionComment": orNil(t.RejectionComment),
	}
}

// creationTime has a zone unless the server writes local times.
func (c *call) creationTime(t *FlowTicket) string {
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
