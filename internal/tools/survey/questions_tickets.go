package main

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

func flowQuestions(ev *evidence) []observation {
	ticket, load, all := ev.flowTicket(), ev.of("flow.load"), ev.of("flow.all")
	visible := ticket.value != nil
	environment := map[string]string{"list": "pairs", "object": "a map"}[ticket.get("Environment").kind()]
	approvers := map[string]string{"text": "texts", "object": "objects"}[ticket.get("Approvers", "0").kind()]
	return []observation{
		ev.ask("flow-environment", "Which form has the Environment of a flow ticket?", "flow.all",
			oneOf(cmp.Or(environment, absent), "pairs", "a map", absent).provided(visible)),
		ev.ask("flow-object", "Which key has the DN of the object?", "flow.all",
			oneOf(objectKey(ticket.get("Environment")), "ObjectDn", "Object DN", another).provided(visible)),
		ev.ask("flow-approvers", "Which form do Approvers have?", "flow.all", oneOf(approvers, "texts", "objects")),
		ev.ask("flow-approval", "How does an approval name the approver?", "flow.all",
			oneOf(approvalForm(ticket.text("Approvals", "0", "Universal")), "a prefixed universal",
				"in upper case", "without a prefix", "a prefixed name", another)),
		ev.ask("flow-time", "How is CreationTime written?", "flow.all", dateForm(ticket.text("CreationTime"))),
		ev.ask("flow-load", "In which member does Load return the ticket?", "flow.load",
			either("Ticket", "Tickets", load, load.get("Ticket").value != nil)),
		ev.ask("flow-result", "Does a successful answer have Result?", "flow.all",
			either(yes, no, all, all.get("Result").found).provided(len(all.list("Tickets")) > 0)),
		ev.ask("flow-empty", "What is the answer without tickets?", "flow.beyond",
			oneOf(emptyList(ev), "an empty list", "null", absent)),
		ev.ask("flow-paging", "Are TicketPageSize and TicketPageNumber respected?", "flow.second",
			oneOf(paging(ev), yes, no)),
	}
}

func objectKey(environment node) string {
	asMap, _ := environment.value.(map[string]any)
	keys := slices.Collect(maps.Keys(asMap))
	for _, pair := range environment.list() {
		keys = append(keys, pair.text("Key"))
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

func approvalForm(name string) string {
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

// emptyList is the form of the list on a page without tickets: one after the last page, or the first.
func emptyList(ev *evidence) string {
	for _, probe := range []string{"flow.beyond", "flow.second", "flow.all"} {
		e := ev.of(probe)
		switch tickets := e.get("Tickets"); {
		case !e.succeeded() || len(tickets.list()) > 0:
		case !tickets.found:
			return absent
		case tickets.value == nil:
			return "null"
		default:
			return "an empty list"
		}
	}
	return ""
}

// paging is settled by two tickets: one on each page, or both on the first.
func paging(ev *evidence) string {
	count := func(probe string) int { return len(ev.of(probe).list("Tickets")) }
	all, first := count("flow.all"), count("flow.first")
	switch {
	case count("flow.beyond") > 0, first > 1:
		return no
	case first == 1 && (all > 1 || all == 1 && count("flow.second") == 0):
		return yes
	default:
		return ""
	}
}

func workflowQuestions(ev *evidence) []observation {
	details, status := ev.of("workflow.details"), ev.of("workflow.status").text("Status")
	scheduled := details.text("Status")
	return []observation{
		ev.ask("ticket-missing", "What is the answer for a workflow ticket that does not exist?", "workflow.missing",
			oneOf(resultForm(ev.of("workflow.missing")), "result 3", "HTTP 400 with result 3", another).orAnother()),
		ev.ask("ticket-foreign", "What is the answer for a workflow ticket of other approvers?", "workflow.foreign",
			oneOf(ticketAccess(ev.of("workflow.foreign"), "the ticket"), "the ticket", "result 4",
				"HTTP 401 with result 4", "result 3")),
		ev.ask("ticket-schedule", "Does Details have ScheduledStart and ScheduledStop?", "workflow.details",
			either(present, absent, details, details.get("ScheduledStart").found)),
		ev.ask("ticket-times", "How are the times of Details written?", "workflow.details",
			dateForm(details.text("Created"))),
		ev.ask("ticket-precision", "Do the times of Details have seconds?", "workflow.details",
			oneOf(precision(details), yes, "whole minutes")),
		ev.ask("ticket-status", "Does Status know the scheduled approvals?", "workflow.status",
			oneOf(map[string]string{scheduled: yes, "Approved": "Approved only"}[status], yes, "Approved only").
				provided(strings.HasPrefix(scheduled, "Approved "))),
	}
}

// resultForm is the result code of an answer, with an HTTP status that is not a success.
func resultForm(e *exchange) string {
	code, there := e.result()
	switch {
	case !there:
		return ""
	case e.status == 200:
		return fmt.Sprintf("result %d", code)
	default:
		return fmt.Sprintf("HTTP %d with result %d", e.status, code)
	}
}

// ticketAccess is the answer about a workflow ticket of other approvers.
func ticketAccess(e *exchange, granted string) string {
	switch code, coded := e.result(); {
	case !coded:
		return ""
	case code == 1:
		return granted
	case code == 4 && e.status == 401:
		return "HTTP 401 with result 4"
	case code == 3 || code == 4:
		return fmt.Sprintf("result %d", code)
	default:
		return another
	}
}

var milliseconds = regexp.MustCompile(`\((-?\d+)`)

// precision reads the milliseconds or the seconds of two times.
func precision(details *exchange) string {
	settled := ""
	for _, member := range []string{"Created", "Updated"} {
		text := details.text(member)
		if text == "" {
			continue
		}
		settled = "whole minutes"
		if found := milliseconds.FindStringSubmatch(text); found != nil {
			if n, err := strconv.ParseInt(found[1], 10, 64); err == nil && n%60_000 != 0 {
				return yes
			}
		} else if len(text) >= 19 && text[17:19] != "00" {
			return yes
		}
	}
	return settled
}
