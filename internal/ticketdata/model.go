package ticketdata

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/decisions"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

// ticketDataTicket is what both data sources show of a ticket.
type ticketDataTicket struct {
	Guid           tfkit.GuidValue   `tfsdk:"guid"`
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
	ObjectDn   tfkit.DnValue               `tfsdk:"object_dn"`
	UserData   types.String                `tfsdk:"user_data"`
	Statuses   []string                    `tfsdk:"statuses"`
	AllowEmpty types.Bool                  `tfsdk:"allow_empty"`
	Guids      []string                    `tfsdk:"guids"`
	Tickets    []ticketDataTicket          `tfsdk:"tickets"`
	ByGuid     map[string]ticketDataTicket `tfsdk:"by_guid"`
}

func (l *list) query() decisions.Query {
	return decisions.Query{ObjectDn: l.ObjectDn.ValueString(), UserData: l.UserData.ValueString(), Statuses: l.Statuses}
}

// show fills what the server tells; no tickets are empty lists, never null.
func (l *list) show(found []*api.WorkflowTicket) {
	l.Guids, l.Tickets, l.ByGuid = []string{}, []ticketDataTicket{}, map[string]ticketDataTicket{}
	for _, t := range found {
		described := describe(t)
		l.Guids, l.Tickets, l.ByGuid[t.GUID] = append(l.Guids, t.GUID), append(l.Tickets, described), described
	}
}

func describe(t *api.WorkflowTicket) ticketDataTicket {
	shown := ticketDataTicket{
		Guid: tfkit.NewGuidValue(t.GUID), Status: types.StringValue(t.Status),
		Approvers: append([]string{}, t.Approvers...),
		Blocking:  tfkit.StringOrNull(t.Blocking), IssuedDueTo: tfkit.StringOrNull(t.IssuedDueTo),
		Created: tfkit.TimeOrNull(t.Created), Updated: tfkit.TimeOrNull(t.Updated),
		ApprovalReason: tfkit.StringOrNull(t.ApprovalReason), ApprovalFrom: tfkit.StringOrNull(t.ApprovalFrom),
		Explanation: tfkit.StringOrNull(t.ApprovalExplanation),
	}
	slices.Sort(shown.Approvers)
	if !t.ScheduledStart.IsZero() || !t.ScheduledStop.IsZero() {
		shown.Schedule = &ticketDataWindow{tfkit.TimeOrNull(t.ScheduledStart), tfkit.TimeOrNull(t.ScheduledStop)}
	}
	return shown
}
