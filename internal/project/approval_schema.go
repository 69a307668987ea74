package project

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

func (r *approvalResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := verdictAttributes()
	maps.Copy(attributes, toldAttributes())
	attributes["timeouts"] = attr.Timeouts(ctx, timeouts.Opts{
		Create:            true,
		CreateDescription: "How long to wait for the submission and its flow ticket, as a duration like `90s` or `20m`. Default `20m`.",
	})
	resp.Schema = schema.Schema{
		MarkdownDescription: "Decides, as an approver, the flow ticket that the submission of a project raised: the second pair of eyes, in a pipeline and " +
			"with credentials of its own. It waits for the submission and for its ticket, and gives its verdict once; where several approvals are needed " +
			"it does not wait for those of others. A project that is `Enabled` has been approved already, and one that has come back to `Draft` has been rejected: " +
			"then nothing is sent. From then on its plans are empty, whatever becomes of the project, and destroying it changes nothing on the server. " +
			"A later submission of the same project is decided by a new resource, for instance with `-replace`. " +
			"The plan shows the submission that it is about: `ticket_id`, `submitted_at`, `approvers` and `revision`. The apply decides that submission and stops if it has changed. " +
			"A plan without a submission to review warns, and its apply decides the submission that it finds. " +
			"Takes the scope `codesign:approve`, and a role that shows the project to the approver.",
		Attributes: attributes,
	}
}

func verdictAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"dn": schema.StringAttribute{
			CustomType: attr.DNType{}, Required: true,
			Validators: []validator.String{attr.ValidDN()},
			MarkdownDescription: "The project's distinguished name, like `\\VED\\Code Signing\\Projects\\Payments`; in HCL each backslash is written twice. " +
				"Compared without case. The DN of another project replaces the resource; the new name of the same project does not.",
		},
		"decision": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "`Approved` or `Rejected`. A rejection sends the project back to `Draft`. " +
				"A change replaces the resource, which decides the submission that waits then; an approval can't be taken back.",
			Validators:    []validator.String{stringvalidator.OneOf(approved, rejected)},
			PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"comment": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Comment of the decision, for people to read, for instance a change number. Required for a rejection; " +
				"an approval without one gets a standard text, because the server wants one. Changing it later sends nothing.",
		},
		"final": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "Whether the rejection is final: the submission can't be mended and retried from where it stands, but has to start from the beginning. " +
				"Default `false`. Changing it later sends nothing.",
		},
	}
}

// toldAttributes are what the server tells.
func toldAttributes() map[string]schema.Attribute {
	const unseen = " Null if the project had been decided before its ticket was seen."
	return map[string]schema.Attribute{
		"guid": schema.StringAttribute{
			CustomType: attr.GUIDType{}, Computed: true,
			MarkdownDescription: "The project's GUID.",
		},
		"current_status": schema.StringAttribute{
			Computed: true,
			MarkdownDescription: "What the server says of the project now: `Enabled` once it has all its approvals, `Pending` while others are missing, " +
				"`Draft` after a rejection, or whatever became of it since. Null once the project is gone.",
		},
		"ticket_id": schema.Int64Attribute{
			Computed:            true,
			MarkdownDescription: "Number of the flow ticket that the plan is about. The apply decides this ticket and no other." + unseen,
		},
		"submitted_at": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "When the project was submitted, in RFC 3339. A later submission stops the apply. Null if the server does not report it.",
		},
		"revision": schema.Int64Attribute{
			Computed: true,
			MarkdownDescription: "Revision of the project that the plan is about. Another revision stops the apply. Null if the caller may not read it, " +
				"which takes the scope `configuration`, or if there was no submission to review.",
		},
		"required_approvals": schema.Int64Attribute{Computed: true, MarkdownDescription: "How many approvals the ticket needed." + unseen},
		"approvers": schema.ListAttribute{
			Computed: true, ElementType: types.StringType,
			MarkdownDescription: "Approvers named on the ticket, as prefixed universals, sorted." + unseen,
		},
	}
}
