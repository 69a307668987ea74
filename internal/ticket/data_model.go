package ticket

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

// ticketDataTicket is what both data sources show of a ticket.
type ticketDataTicket struct {
	GUID           attr.GUIDValue    `tfsdk:"guid"`
	Status         types.String      `tfsdk:"status"`
	Schedule       *ticketDataWindow `tfsdk:"schedule"`
	Approvers      []string          `tfsdk:"approvers"`
	Blocking       types.String      `tfsdk:"blocking"`
	IssuedDueTo    types.String      `tfsdk:"issued_due_to"`
	Created        types.String      `tfsdk:"created"`
	Updated        types.String      `tfsdk:"updated"`
	ApprovalReason types.String      `tfsdk:"approval_reason"`
	ApprovalFrom   types.String      `tfsdk:"approval_from"`
	Explanation    types.String      `tfsdk:"explanation"`
}

type ticketDataWindow struct {
	Start types.String `tfsdk:"start"`
	Stop  types.String `tfsdk:"stop"`
}

// list is workflow_tickets.
type list struct {
	ObjectDN   attr.DNValue                `tfsdk:"object_dn"`
	UserData   types.String                `tfsdk:"user_data"`
	Statuses   []string                    `tfsdk:"statuses"`
	AllowEmpty types.Bool                  `tfsdk:"allow_empty"`
	GUIDs      []string                    `tfsdk:"guids"`
	Tickets    []ticketDataTicket          `tfsdk:"tickets"`
	ByGUID     map[string]ticketDataTicket `tfsdk:"by_guid"`
}

func (l *list) query() decide.Query {
	return decide.Query{ObjectDN: l.ObjectDN.ValueString(), UserData: l.UserData.ValueString(), Statuses: l.Statuses}
}

// show fills what the server tells; no tickets are empty lists, never null.
func (l *list) show(found []*client.WorkflowTicket) {
	l.GUIDs, l.Tickets, l.ByGUID = []string{}, []ticketDataTicket{}, map[string]ticketDataTicket{}
	for _, t := range found {
		described := describe(t)
		l.GUIDs, l.Tickets, l.ByGUID[t.GUID] = append(l.GUIDs, t.GUID), append(l.Tickets, described), described
	}
}

func describe(t *client.WorkflowTicket) ticketDataTicket {
	shown := ticketDataTicket{
		GUID: attr.NewGUIDValue(t.GUID), Status: types.StringValue(t.Status),
		Approvers: append([]string{}, t.Approvers...),
		Blocking:  attr.StringOrNull(t.Blocking), IssuedDueTo: attr.StringOrNull(t.IssuedDueTo),
		Created: attr.TimeOrNull(t.Created), Updated: attr.TimeOrNull(t.Updated),
		ApprovalReason: attr.StringOrNull(t.ApprovalReason), ApprovalFrom: attr.StringOrNull(t.ApprovalFrom),
		Explanation: attr.StringOrNull(t.ApprovalExplanation),
	}
	slices.Sort(shown.Approvers)
	if !t.ScheduledStart.IsZero() || !t.ScheduledStop.IsZero() {
		shown.Schedule = &ticketDataWindow{attr.TimeOrNull(t.ScheduledStart), attr.TimeOrNull(t.ScheduledStop)}
	}
	return shown
}
