package project

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/resource"
)

func approvalSchema(ctx context.Context) schema.Schema {
	attributes := decisionAttributes()
	maps.Copy(attributes, submissionAttributes())
	attributes["timeouts"] = attr.Timeouts(ctx, timeouts.Opts{
		Create: true,
		CreateDescription: "How long to wait for the submission and its flow ticket, as a duration such as `90s` or " +
			"`20m`. Default: `20m`.",
	})
	return schema.Schema{
		MarkdownDescription: "Decides, as an approver, the submission of a project: once, and only the submission " +
			"that the plan shows. Needs the scope `codesign:approve` and a role on the project.",
		Attributes: attributes,
	}
}

func decisionAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"dn": schema.StringAttribute{
			CustomType: attr.DNType{}, Required: true,
			Validators:          []validator.String{attr.ValidDN()},
			MarkdownDescription: dnDescription + anotherProjectReplaces,
		},
		"decision": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "`Approved`, which cannot be revoked, or `Rejected`, which returns the project to " +
				"`Draft`. A change replaces the resource and decides the submission that is pending then.",
			Validators:    []validator.String{stringvalidator.OneOf(approved, rejected)},
			PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"comment": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Comment of the decision, for example a change number; required for a rejection. " +
				"A later change sends nothing.",
		},
		"final": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "Whether the rejection is final, so that the owner cannot correct and resubmit; a " +
				"later change sends nothing. Default: `false`.",
		},
	}
}

// submissionAttributes are the computed attributes.
func submissionAttributes() map[string]schema.Attribute {
	const unseen = " Null if the project was decided before its ticket was visible."
	return map[string]schema.Attribute{
		"guid": schema.StringAttribute{
			CustomType: attr.GUIDType{}, Computed: true, MarkdownDescription: "GUID of the project.",
		},
		"current_status": resource.ComputedString("Status of the project: `Enabled` after the last required " +
			"approval, `Pending` while approvals are missing, `Draft` after a rejection, or a later status. Null if " +
			"the project no longer exists."),
		"ticket_id": resource.ComputedInt64("Number of the flow ticket that the plan shows; the apply decides no " +
			"other ticket." + unseen),
		"submitted_at": resource.ComputedString("When the project was submitted, in RFC 3339; a later submission " +
			"stops the apply. Null if the server does not report it."),
		"revision": resource.ComputedInt64("Revision of the project that the plan shows; another revision stops the " +
			"apply. Null without the scope `configuration`, or if there was no submission to review."),
		"required_approvals": resource.ComputedInt64("Number of approvals that the ticket requires." + unseen),
		"approvers": schema.ListAttribute{
			Computed: true, ElementType: types.StringType,
			MarkdownDescription: "Approvers of the ticket, as prefixed universals, sorted." + unseen,
		},
	}
}
