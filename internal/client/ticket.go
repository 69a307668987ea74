package client

import (
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

// WorkflowTicket is a ticket of Workflow/Ticket/*. A time is zero if the server sent none.
type WorkflowTicket struct {
	GUID                          string // without braces
	Status                        string // Pending, Approved, Approved After, Approved Between, Rejected
	ScheduledStart, ScheduledStop time.Time
	ScheduleNoZone                bool     // a time of the schedule had no zone and was read as UTC
	Approvers                     []string // prefixed universals
	Blocking                      string   // DN of the object that waits
	IssuedDueTo                   string   // DN of the workflow
	ApprovalFrom                  string   // obsolete (OAS)
	ApprovalReason                string
	ApprovalExplanation           string
	Created, Updated              time.Time
}

// TicketDecision is the request of UpdateTicketStatus. GUID and the status are required; empty
// members are left out.
type TicketDecision struct {
	GUID                                    string
	Decision                                schedule.Decision
	Explanation, Reason, UserData, ObjectDN string
	Approvers                               []string // prefixed universals
}

// Product codes that restrict an enumeration of flow tickets (OAS).
const (
	ProductCodeSigning = 1610743808 // 0x60020000, the whole component: every code signing flow
	ProductCodeKeyUse  = 1610743809 // 0x60020001, only key use
)

// FlowTicket is a ticket of Flow/Tickets/*, created for example by the submission of a project.
type FlowTicket struct {
	ID, ProductCode   int64
	RequiredApprovals int
	CreationTime      time.Time
	CreationNoZone    bool              // CreationTime had no zone and was read as UTC
	Approvers         []string          // prefixed universals; fixed when the ticket was created
	Approvals         []string          // who has approved, as the server writes them
	Environment       map[string]string // keys as sent
	RejectionStatus   int               // 0 none, 1 may be retried, 2 final
}

// ObjectDN returns the DN that the ticket is about, empty if its environment has none or several.
// The key is "ObjectDn" for code signing (vendor's Python client) and "Object DN" for teams (DOC):
// compared without case and blanks, the exact key first.
func (t FlowTicket) ObjectDN() string {
	if value := t.Environment["ObjectDn"]; value != "" {
		return value
	}
	found := ""
	for key, value := range t.Environment {
		if !dn.Equal(strings.Join(strings.Fields(key), ""), "ObjectDn") || value == "" || value == found {
			continue
		}
		if found != "" {
			return ""
		}
		found = value
	}
	return found
}
