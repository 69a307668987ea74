package project

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/action/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

func (a *statusAction) Schema(ctx context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	const statusOneOf = " Exactly one of `dn`, `guid` and `project_id` is configured."
	resp.Schema = schema.Schema{
		MarkdownDescription: "Drives a code-signing project to a status, on demand and without a state: the emergency stop is one command, " +
			"`terraform apply -invoke=action.codesign_set_project_status.NAME`, and safe to repeat. It takes the same steps as the resource `codesign_project_status`, " +
			"looks at the project when it is planned, and tells each step that it takes. Nothing is sent to a project that has the status already. Needs Terraform 1.14.",
		Attributes: map[string]schema.Attribute{
			"dn": schema.StringAttribute{
				CustomType: attr.DNType{}, Optional: true,
				Validators:          []validator.String{attr.ValidDN()},
				MarkdownDescription: "The project's distinguished name, like `\\VED\\Code Signing\\Projects\\Payments`; in HCL each backslash is written twice. Case does not matter." + statusOneOf,
			},
			"guid": schema.StringAttribute{
				CustomType: attr.GUIDType{}, Optional: true,
				Validators:          []validator.String{attr.ValidGUID()},
				MarkdownDescription: "The project's GUID, with or without braces, in any case." + statusOneOf,
			},
			"project_id": schema.Int64Attribute{
				CustomType: attr.ProjectIDType{}, Optional: true,
				Validators:          []validator.Int64{attr.ValidProjectID()},
				MarkdownDescription: "The project's number." + statusOneOf,
			},
			"status": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "The goal: `" + strings.Join(lifecycle.DesiredNames(), "`, `") + "`. `Pending` means \"submitted for approval\" and is met by an `Enabled` project too. " +
					"`Enabled` from a draft submits it and waits for its approval, until the timeout. A step that the vendor does not document is tried once, and the plan warns of it.",
				Validators: []validator.String{stringvalidator.OneOf(lifecycle.DesiredNames()...)},
			},
			"self_approve": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Approve, as the identity that the provider logs in as, the flow ticket that the submission raises. Default `false`: wait for the approvers.",
			},
			"approval_comment": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Comment of that approval, for instance a change number. Without it a standard text is sent.",
			},
			"timeouts": attr.ActionTimeouts(ctx, timeouts.Opts{
				InvokeDescription: "How long to wait for the status, approval included, as a duration like `90s` or `20m`. Default `20m`.",
			}),
		},
	}
}
