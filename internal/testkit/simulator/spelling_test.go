package simulator

import (
	"strings"
	"testing"
)

// answerText is the raw text of an answer.
func (c *client) answerText(op string, body any) string {
	c.t.Helper()
	return string(mustJSON(c.post(op, body)))
}

func TestEverySpellingChangesItsAnswer(t *testing.T) {
	dn := mustJSON(dnOf("P"))
	for _, c := range []struct {
		name     string
		settings Settings
		op       string
		has      []string
		hasNot   []string
	}{
		{"default", Settings{}, "Flow/Tickets/Enumerate", []string{`"Environment":[{"Key":"ObjectDn","Value":` + string(dn) + `}]`, `"Approvers":["local:{`, `"Result":0`}, nil},
		{"map", Settings{FlowEnvironmentSpelling: "map"}, "Flow/Tickets/Enumerate", []string{`"Environment":{"ObjectDn":` + string(dn) + `}`}, nil},
		{"blank", Settings{FlowEnvironmentSpelling: "Object DN"}, "Flow/Tickets/Enumerate", []string{`"Key":"Object DN"`}, nil},
		{"objects", Settings{FlowApproversAsObjects: true}, "Flow/Tickets/Enumerate", []string{`"Approvers":[{`, `"PrefixedUniversal":"local:{`}, nil},
		{"no result", Settings{FlowOmitResult: true}, "Flow/Tickets/Enumerate", nil, []string{`"Result"`}},
		{"plural", Settings{FlowLoadPlural: true}, "Flow/Tickets/Load", []string{`"Tickets":[{`}, []string{`"Ticket":{`}},
		{"singular", Settings{}, "Flow/Tickets/Load", []string{`"Ticket":{`}, []string{`"Tickets":[`}},
		{"braces", Settings{}, "Codesign/GetProject", []string{`"Guid":"{`, `"Status":3`, `"CreatedOn":"/Date(`}, nil},
		{"bare guid", Settings{GUIDStyle: "none"}, "Codesign/GetProject", nil, []string{`"Guid":"{`}},
		{"no status", Settings{ProjectStatusOmitted: true}, "Codesign/GetProject", nil, []string{`"Status":3`}},
		{"quoted status", Settings{ProjectStatusQuoted: true}, "Codesign/GetProject", []string{`"Status":"3"`}, nil},
		{"offset", Settings{DateStyle: "offset"}, "Codesign/GetProject", []string{`+0200)/"`}, nil},
		{"iso", Settings{DateStyle: "iso"}, "Codesign/GetProject", nil, []string{`/Date(`}},
		{"lower case", Settings{LowerCaseMembers: true}, "Codesign/GetProject", []string{`"project":{`, `"status":3`, `"owners":{"items":[`}, []string{`"Project"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := New(World{Users: []User{{Name: "a", Admin: true}}, Projects: []Project{{Name: "P", Status: "Pending"}}, Settings: c.settings})
			body := object{"TicketId": s.FlowTickets("P")[0].ID, "Dn": dnOf("P")}
			text := as(t, s, "a", "").answerText(c.op, body)
			for _, part := range c.has {
				if !strings.Contains(text, part) {
					t.Errorf("no %s in %s", part, text)
				}
			}
			for _, part := range c.hasNot {
				if strings.Contains(text, part) {
					t.Errorf("%s in %s", part, text)
				}
			}
		})
	}
}
