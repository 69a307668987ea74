package main

import "strings"

// aboutTicket classifies a flow ticket of the list.
func aboutTicket(classify func(ticket any) string) func(*evidence) string {
	return func(ev *evidence) string {
		if ev.flowTicket() == nil {
			return ""
		}
		return classify(ev.flowTicket())
	}
}

var flowQuestions = []question{
	{
		"flow-environment", "Which form has the Environment of a flow ticket?",
		[]string{"pairs", "a map", absent},
		"flow.all", "any",
		aboutTicket(func(t any) string {
			value, _, _ := lookUp(t, "Environment")
			switch value.(type) {
			case []any:
				return "pairs"
			case map[string]any:
				return "a map"
			default:
				return absent
			}
		}),
	},
	{
		"flow-object", "Which key has the DN of the object?",
		[]string{"ObjectDn", "Object DN", another},
		"flow.all", "any",
		aboutTicket(objectKey),
	},
	{
		"flow-approvers", "Which form do Approvers have?",
		[]string{"texts", "objects"},
		"flow.all", "any",
		aboutTicket(func(t any) string {
			value, _, _ := lookUp(t, "Approvers", "0")
			switch value.(type) {
			case string:
				return "texts"
			case map[string]any:
				return "objects"
			default:
				return ""
			}
		}),
	},
	{
		"flow-approval", "How does an approval name the approver?",
		[]string{"a prefixed universal", "in upper case", "without a prefix", "a prefixed name", another},
		"flow.all", "any",
		aboutTicket(approvalForm),
	},
	{
		"flow-time", "How is CreationTime written?", dateForms, "flow.all", "any",
		aboutTicket(func(t any) string {
			created, _, _ := lookUp(t, "CreationTime")
			return dateForm(textOf(created))
		}),
	},
	{
		"flow-load", "In which member does Load return the ticket?",
		[]string{"Ticket", "Tickets"},
		"flow.load", "any",
		func(ev *evidence) string {
			ticket, _, found := ev.of("flow.load").get("Ticket")
			return ifAny(ev.of("flow.load"), found && ticket != nil, "Ticket", "Tickets")
		},
	},
	{
		"flow-result", "Does a successful answer have Result?",
		[]string{yes, no},
		"flow.all", "any",
		func(ev *evidence) string {
			if len(ev.of("flow.all").list("Tickets")) == 0 {
				return ""
			}
			_, _, found := ev.of("flow.all").get("Result")
			return ifAny(ev.of("flow.all"), found, yes, no)
		},
	},
	{
		"flow-empty", "What is the answer without tickets?",
		[]string{"an empty list", "null", absent},
		"flow.beyond", "any",
		func(ev *evidence) string {
			e := emptyPage(ev)
			value, _, found := e.get("Tickets")
			switch {
			case e == nil:
				return ""
			case !found:
				return absent
			case value == nil:
				return "null"
			default:
				return ifAny(e, true, "an empty list", "")
			}
		},
	},
	{
		"flow-paging", "Are TicketPageSize and TicketPageNumber respected?",
		[]string{yes, no},
		"flow.second",
		"any", paging,
	},
}

func objectKey(ticket any) string {
	value, _, _ := lookUp(ticket, "Environment")
	keys := []string{}
	if m, isMap := value.(map[string]any); isMap {
		for key := range m {
			keys = append(keys, key)
		}
	}
	for _, pair := range listOf(value) {
		key, _, _ := lookUp(pair, "Key")
		keys = append(keys, textOf(key))
	}
	for _, key := range keys {
		switch {
		case key == "Object DN", key == "object dn":
			return "Object DN"
		case strings.EqualFold(key, "ObjectDn"):
			return "ObjectDn"
		}
	}
	return another
}

func approvalForm(ticket any) string {
	value, _, _ := lookUp(ticket, "Approvals", "0", "Universal")
	name := textOf(value)
	_, universal, prefixed := strings.Cut(name, ":")
	letters := strings.Trim(universal, "{}0123456789-")
	switch {
	case name == "":
		return ""
	case !prefixed:
		return "without a prefix"
	case !strings.HasPrefix(classOf(name), "universal"):
		return "a prefixed name"
	case letters != "" && name == strings.ToUpper(name):
		return "in upper case"
	default:
		return "a prefixed universal"
	}
}

// emptyPage is an answer with no ticket: a page after the last one, or the list itself.
func emptyPage(ev *evidence) *exchange {
	for _, probe := range []string{"flow.beyond", "flow.second", "flow.all"} {
		if e := ev.of(probe); e.succeeded() && len(e.list("Tickets")) == 0 {
			return e
		}
	}
	return nil
}

// paging is settled by two tickets: one on each page, or both on the first.
func paging(ev *evidence) string {
	all, first := ev.of("flow.all").list("Tickets"), ev.of("flow.first").list("Tickets")
	switch {
	case len(ev.of("flow.beyond").list("Tickets")) > 0, len(first) > 1:
		return no
	case len(all) > 1 && len(first) == 1:
		return yes
	case len(all) == 1 && len(first) == 1 && len(ev.of("flow.second").list("Tickets")) == 0:
		return yes
	default:
		return ""
	}
}

var workflowQuestions = []question{
	{
		"ticket-missing", "What is the answer for a workflow ticket that does not exist?",
		[]string{"result 3", "HTTP 400 with result 3", another},
		"workflow.missing", "any", func(ev *evidence) string {
			e := ev.of("workflow.missing")
			code, there := e.result()
			switch {
			case e == nil || !there:
				return ""
			case code == 3 && e.status == 200:
				return "result 3"
			case code == 3 && e.status == 400:
				return "HTTP 400 with result 3"
			default:
				return another
			}
		},
	},
	{
		"ticket-foreign", "What is the answer for a workflow ticket of other approvers?",
		[]string{"the ticket", "result 4", "HTTP 401 with result 4", "result 3"},
		"workflow.foreign", "any", foreignTicket,
	},
	{
		"ticket-schedule", "Does Details have ScheduledStart and ScheduledStop?",
		[]string{present, absent},
		"workflow.details",
		"any", func(ev *evidence) string {
			_, _, found := ev.of("workflow.details").get("ScheduledStart")
			return ifAny(ev.of("workflow.details"), found, present, absent)
		},
	},
	{
		"ticket-times", "How are the times of Details written?", dateForms, "workflow.details", "any",
		func(ev *evidence) string { return dateForm(ev.of("workflow.details").text("Created")) },
	},
	{
		"ticket-precision", "Do the times of Details have seconds?",
		[]string{yes, "whole minutes"},
		"workflow.details", "any",
		precision,
	},
	{
		"ticket-status", "Does Status know the scheduled approvals?",
		[]string{yes, "Approved only"},
		"workflow.status", "any",
		func(ev *evidence) string {
			details, status := ev.of("workflow.details").text("Status"), ev.of("workflow.status").text("Status")
			switch {
			case !strings.HasPrefix(details, "Approved "):
				return ""
			case status == details:
				return yes
			case status == "Approved":
				return "Approved only"
			default:
				return ""
			}
		},
	},
}

func foreignTicket(ev *evidence) string {
	e := ev.of("workflow.foreign")
	code, there := e.result()
	switch {
	case e == nil || !there:
		return ""
	case code == 4 && e.status == 401:
		return "HTTP 401 with result 4"
	case code == 4:
		return "result 4"
	case code == 3:
		return "result 3"
	case code == 1:
		return "the ticket"
	default:
		return ""
	}
}

// precision reads the milliseconds or the seconds of two times.
func precision(ev *evidence) string {
	settled := ""
	for _, member := range []string{"Created", "Updated"} {
		text := ev.of("workflow.details").text(member)
		switch form := dateForm(text); form {
		case "":
		case "/Date(ms)/", "/Date(ms+zone)/":
			digits := strings.TrimLeft(text[strings.Index(text, "(")+1:], "-")
			end := strings.IndexAny(digits, ")+-")
			if end >= 0 && !isWholeMinute(digits[:end]) {
				return yes
			}
			settled = "whole minutes"
		default:
			if len(text) < 19 || text[17:19] == "00" {
				settled = "whole minutes"
				continue
			}
			return yes
		}
	}
	return settled
}

func isWholeMinute(milliseconds string) bool {
	remainder := 0
	for _, digit := range milliseconds {
		remainder = (remainder*10 + int(digit-'0')) % 60000
	}
	return remainder == 0
}
