package ticket

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/datasource"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

// NewDataSource returns workflow_ticket.
var NewDataSource = datasource.New("workflow_ticket", ticketSchema, readTicket)

// ticketModel is a ticket in both data sources.
type ticketModel struct {
	details

	GUID         attr.GUIDValue `tfsdk:"guid"`
	Status       types.String   `tfsdk:"status"`
	Schedule     *scheduleModel `tfsdk:"schedule"`
	Approvers    []string       `tfsdk:"approvers"`
	ApprovalFrom types.String   `tfsdk:"approval_from"`
	Explanation  types.String   `tfsdk:"explanation"`
}

type scheduleModel struct {
	Start types.String `tfsdk:"start"`
	Stop  types.String `tfsdk:"stop"`
}

func readTicket(ctx context.Context, api *client.Client, m *ticketModel, diagnostics *diag.Diagnostics) {
	guid := m.GUID.ValueString()
	found, err := decide.New(api).Get(ctx, dn.CanonicalGUID(guid))
	if err != nil {
		diags.AddError(diagnostics, diags.AttributeFor(path.Root("guid"), err), readSummary(guid), err)
		return
	}
	*m = newTicketModel(found)
}

func newTicketModel(t *client.WorkflowTicket) ticketModel {
	m := ticketModel{
		GUID: attr.NewGUIDValue(t.GUID), Status: types.StringValue(t.Status),
		Approvers:    append([]string{}, t.Approvers...),
		ApprovalFrom: attr.StringOrNull(t.ApprovalFrom), Explanation: attr.StringOrNull(t.ApprovalExplanation),
	}
	m.show(t)
	slices.Sort(m.Approvers)
	if !t.ScheduledStart.IsZero() || !t.ScheduledStop.IsZero() {
		m.Schedule = &scheduleModel{attr.TimeOrNull(t.ScheduledStart), attr.TimeOrNull(t.ScheduledStop)}
	}
	return m
}

const needsProvider = " Blocks of this type need `provider = codesign`."

func ticketSchema() schema.Schema {
	attributes := ticketAttributes()
	attributes["guid"] = attr.GUID(attr.Required, guidDescription)
	return schema.Schema{
		MarkdownDescription: "One workflow ticket: its status, its approvers, and the object that waits for it." +
			needsProvider,
		Attributes: attributes,
	}
}

// ticketAttributes are the computed attributes.
func ticketAttributes() map[string]schema.Attribute {
	const unseen = " Null if the server does not show it."
	text := func(description string) schema.Attribute { return attr.String(attr.Computed, description+unseen) }
	all := map[string]schema.Attribute{
		"status": attr.String(attr.Computed, "Status of the ticket: `Pending`, `Approved`, `Approved After`, "+
			"`Approved Between` or `Rejected`. "+shortStatusDescription),
		"schedule": schema.SingleNestedAttribute{
			Computed: true,
			MarkdownDescription: "The window of a scheduled approval. Null without a window, or if the server does " +
				"not show it.",
			Attributes: map[string]schema.Attribute{
				"start": text("Start of the window, in RFC 3339, UTC."),
				"stop":  text("End of the window, in RFC 3339, UTC."),
			},
		},
		"approvers":     attr.List(attr.Computed, "The approvers of the ticket, as prefixed universals, sorted."),
		"approval_from": text("Who decided the ticket, which newer servers do not report."),
		"explanation":   text("Explanation of the decision."),
	}
	for name, attribute := range detailAttributes(unseen) {
		all[name] = attribute
	}
	return all
}

// NewList returns workflow_tickets.
var NewList = datasource.New("workflow_tickets", ticketsSchema, readTickets,
	datasourcevalidator.AtLeastOneOf(path.MatchRoot("object_dn"), path.MatchRoot("user_data")))

type ticketsModel struct {
	ObjectDN   attr.DNValue           `tfsdk:"object_dn"`
	UserData   types.String           `tfsdk:"user_data"`
	Statuses   []string               `tfsdk:"statuses"`
	AllowEmpty types.Bool             `tfsdk:"allow_empty"`
	GUIDs      []string               `tfsdk:"guids"`
	Tickets    []ticketModel          `tfsdk:"tickets"`
	ByGUID     map[string]ticketModel `tfsdk:"by_guid"`
}

func readTickets(ctx context.Context, api *client.Client, m *ticketsModel, diagnostics *diag.Diagnostics) {
	found, err := decide.List(ctx, api, m.ObjectDN.ValueString(), m.UserData.ValueString(), m.Statuses)
	if err != nil {
		diags.AddError(diagnostics, diags.AttributeFor(m.queryPath(), err), "Unable to list workflow tickets", err)
		return
	}
	m.GUIDs, m.Tickets, m.ByGUID = []string{}, []ticketModel{}, map[string]ticketModel{} // never null
	for _, t := range found {
		ticket := newTicketModel(t)
		m.GUIDs, m.Tickets, m.ByGUID[t.GUID] = append(m.GUIDs, t.GUID), append(m.Tickets, ticket), ticket
	}
	if len(found) == 0 && !m.AllowEmpty.ValueBool() {
		m.warnEmpty(diagnostics)
	}
}

// queryPath is the argument by which the server searches.
func (m *ticketsModel) queryPath() path.Path {
	if m.ObjectDN.IsNull() {
		return path.Root("user_data")
	}
	return path.Root("object_dn")
}

// warnEmpty points to the argument that is applied last.
func (m *ticketsModel) warnEmpty(diagnostics *diag.Diagnostics) {
	at, text := m.queryPath(), "No workflow ticket"
	if len(m.Statuses) > 0 {
		at, text = path.Root("statuses"), text+" with the status "+strings.Join(m.Statuses, " or ")
	}
	if !m.ObjectDN.IsNull() {
		text += " blocks " + m.ObjectDN.ValueString()
	}
	if !m.UserData.IsNull() {
		text += fmt.Sprintf(" has the user data %q", m.UserData.ValueString())
	}
	diagnostics.AddAttributeWarning(at, "No workflow tickets found", text+". The server deletes a ticket after it "+
		"has consumed the decision. "+
		"If an empty list is expected, set allow_empty = true.")
}

func ticketsSchema() schema.Schema {
	const oneRequired = " Configure at least one of `object_dn` and `user_data`; with both, a ticket must match both."
	element := ticketAttributes()
	element["guid"] = attr.GUID(attr.Computed, "GUID of the ticket, without braces.")
	object := schema.NestedAttributeObject{Attributes: element}
	return schema.Schema{
		MarkdownDescription: "The workflow tickets of an object or with given user data, without those that the " +
			"server has consumed." + needsProvider,
		Attributes: map[string]schema.Attribute{
			"object_dn": attr.DN(attr.Optional, "DN of the object that waits for the tickets, such as "+
				"`\\VED\\Policy\\Web\\shop.example.test` (in HCL, write each backslash twice)."+oneRequired),
			"user_data": attr.String(attr.Optional, "User data with which the tickets were created."+oneRequired,
				stringvalidator.LengthAtLeast(1)),
			"statuses": attr.List(attr.Optional, "Statuses of the tickets: `Pending`, `Approved`, `Approved After`, "+
				"`Approved Between`, `Rejected`. Default: all.", stringvalidator.LengthAtLeast(1)),
			"allow_empty": attr.Bool(attr.Optional, "Accept an empty list without a warning. Default: `false`."),
			"guids":       attr.List(attr.Computed, "GUIDs of the tickets, sorted. Empty if there are none."),
			"tickets": schema.ListNestedAttribute{
				Computed: true, NestedObject: object,
				MarkdownDescription: "The tickets, sorted by `guid`. Empty if there are none.",
			},
			"by_guid": schema.MapNestedAttribute{
				Computed: true, NestedObject: object,
				MarkdownDescription: "The same tickets by GUID, for `for_each`.",
			},
		},
	}
}
