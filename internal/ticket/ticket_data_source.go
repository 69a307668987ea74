package ticket

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
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
	GUID           attr.GUIDValue `tfsdk:"guid"`
	Status         types.String   `tfsdk:"status"`
	Schedule       *scheduleModel `tfsdk:"schedule"`
	Approvers      []string       `tfsdk:"approvers"`
	Blocking       types.String   `tfsdk:"blocking"`
	IssuedDueTo    types.String   `tfsdk:"issued_due_to"`
	Created        types.String   `tfsdk:"created"`
	Updated        types.String   `tfsdk:"updated"`
	ApprovalReason types.String   `tfsdk:"approval_reason"`
	ApprovalFrom   types.String   `tfsdk:"approval_from"`
	Explanation    types.String   `tfsdk:"explanation"`
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
		Approvers: append([]string{}, t.Approvers...),
		Blocking:  attr.StringOrNull(t.Blocking), IssuedDueTo: attr.StringOrNull(t.IssuedDueTo),
		Created: attr.TimeOrNull(t.Created), Updated: attr.TimeOrNull(t.Updated),
		ApprovalReason: attr.StringOrNull(t.ApprovalReason), ApprovalFrom: attr.StringOrNull(t.ApprovalFrom),
		Explanation: attr.StringOrNull(t.ApprovalExplanation),
	}
	slices.Sort(m.Approvers)
	if !t.ScheduledStart.IsZero() || !t.ScheduledStop.IsZero() {
		m.Schedule = &scheduleModel{attr.TimeOrNull(t.ScheduledStart), attr.TimeOrNull(t.ScheduledStop)}
	}
	return m
}

const needsProvider = " Blocks of this type need `provider = codesign`."

func ticketSchema() schema.Schema {
	attributes := ticketAttributes()
	attributes["guid"] = schema.StringAttribute{
		CustomType: attr.GUIDType{}, Required: true,
		Validators:          []validator.String{attr.ValidGUID()},
		MarkdownDescription: guidDescription,
	}
	return schema.Schema{
		MarkdownDescription: "One workflow ticket: its status, its approvers, and the object that waits for it." +
			needsProvider,
		Attributes: attributes,
	}
}

// ticketAttributes are the computed attributes.
func ticketAttributes() map[string]schema.Attribute {
	text := func(description string) schema.Attribute {
		return datasource.ComputedString(description + " Null if the server does not show it.")
	}
	return map[string]schema.Attribute{
		"status": datasource.ComputedString("Status of the ticket: `Pending`, `Approved`, `Approved After`, " +
			"`Approved Between` or `Rejected`. " + shortStatusDescription),
		"schedule": schema.SingleNestedAttribute{
			Computed: true,
			MarkdownDescription: "The window of a scheduled approval. Null without a window, or if the server does " +
				"not show it.",
			Attributes: map[string]schema.Attribute{
				"start": text("Start of the window, in RFC 3339, UTC."),
				"stop":  text("End of the window, in RFC 3339, UTC."),
			},
		},
		"approvers":       datasource.ComputedStrings("The approvers of the ticket, as prefixed universals, sorted."),
		"blocking":        text(blockingDescription),
		"issued_due_to":   text(issuedDueToDescription),
		"created":         text(createdDescription),
		"updated":         text(updatedDescription),
		"approval_reason": text(approvalReasonDescription),
		"approval_from":   text("Who decided the ticket, which newer servers do not report."),
		"explanation":     text("Explanation of the decision."),
	}
}
