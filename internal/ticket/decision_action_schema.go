package ticket

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/action/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

func (a *decideAction) Schema(ctx context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	const sent = " Sent as it is."
	resp.Schema = schema.Schema{
		MarkdownDescription: "Decides a workflow ticket on demand and without a state, as the resource `workflow_ticket_decision` does: it looks at the ticket when it is planned, " +
			"sends the decision once, and tells what becomes of it. The same decision found on the server is left as it is, another one there is an error. " +
			"A ticket that the server has consumed can't be told from one that never was, which is an error too. " +
			"Blocks of this type carry `provider = codesign`. Needs Terraform 1.14.",
		Attributes: map[string]schema.Attribute{
			"guid": schema.StringAttribute{
				CustomType: attr.GUIDType{}, Required: true,
				Validators:          []validator.String{attr.ValidGUID()},
				MarkdownDescription: "GUID of the ticket, with or without braces, in any case.",
			},
			"status": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "The decision: `" + strings.Join(schedule.Statuses(), "`, `") + "`. " +
					"`Approved After` lets the ticket go on from a moment on, `Approved Between` only within a window.",
				Validators: []validator.String{stringvalidator.OneOf(schedule.Statuses()...)},
			},
			"schedule":    actionSchedule(),
			"explanation": schema.StringAttribute{Optional: true, MarkdownDescription: "Why the ticket is decided like this, for people to read, for instance a change number." + sent},
			"reason":      schema.StringAttribute{Optional: true, MarkdownDescription: "Reason for the decision." + sent},
			"user_data":   schema.StringAttribute{Optional: true, MarkdownDescription: "Additional information for the workflow." + sent},
			"object_dn": schema.StringAttribute{
				CustomType: attr.DNType{}, Optional: true,
				Validators:          []validator.String{attr.ValidDN()},
				MarkdownDescription: "Distinguished name of the workflow object, like `\\VED\\Policy\\Web\\shop.example.test`; in HCL each backslash is written twice." + sent,
			},
			"approvers": schema.SetAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: "Identities to send with the decision, as prefixed universals." + sent,
				Validators:          []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(prefixedUniversal)},
			},
			"timeouts": attr.ActionTimeouts(ctx, timeouts.Opts{
				InvokeDescription: "How long the decision may take until it shows on the server, as a duration like `90s`. Default `5m`.",
			}),
		},
	}
}

func actionSchedule() schema.Attribute {
	const format = " RFC 3339 with an offset, like `2026-12-01T22:00:00Z`."
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "The window of a scheduled approval. `Approved After` needs `start`; `Approved Between` needs both, with `stop` after `start`; " +
			"`Approved` and `Rejected` take none; null for both is none. A window that is over is an error.",
		Attributes: map[string]schema.Attribute{
			"start": schema.StringAttribute{
				CustomType: attr.InstantType{}, Optional: true,
				Validators:          []validator.String{attr.ValidInstant()},
				MarkdownDescription: "The moment from which the ticket may go on." + format,
			},
			"stop": schema.StringAttribute{
				CustomType: attr.InstantType{}, Optional: true,
				Validators:          []validator.String{attr.ValidInstant()},
				MarkdownDescription: "The moment from which it may not go on any more." + format,
			},
		},
	}
}
