package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/resource"
)

func statusSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Brings a code-signing project to a status and keeps it there: submits, enables or " +
			"disables it. " +
			"The provider computes the steps from the current status, so the next apply resumes after an interruption.",
		Attributes: statusSchemaAttributes(ctx),
	}
}

func statusSchemaAttributes(ctx context.Context) map[string]schema.Attribute {
	return withNames(map[string]schema.Attribute{
		"status": schema.StringAttribute{
			Required: true, MarkdownDescription: desiredStatusDescription,
			Validators: []validator.String{stringvalidator.OneOf(lifecycle.DesiredNames()...)},
		},
		"current_status": resource.ComputedString(currentStatusDescription),
		"initial_status": resource.ComputedString("Status of the project when this resource was created or imported; " +
			"it never changes afterwards. Null in a state of an older version of the provider."),
		"self_approve": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "Approve, as the identity of the provider, the submission of this apply, or the " +
				"pending one that the plan showed in `ticket_id`." + waitsForApprovers,
		},
		"approval_comment": schema.StringAttribute{Optional: true, MarkdownDescription: approvalCommentDescription},
		"ticket_id": resource.ComputedInt64("Number of the pending flow ticket that the last plan of a status change " +
			"found and that `self_approve` approves. Null if there was none."),
		"status_on_destroy": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Status to set when this resource is destroyed: `Disabled` or `Enabled`; apply the " +
				"argument before the destroy. Default: leave the project unchanged.",
			Validators: []validator.String{
				stringvalidator.OneOf(lifecycle.Disabled.String(), lifecycle.Enabled.String()),
			},
		},
		"timeouts": changeTimeouts(ctx, waitDescription, "The same for `status_on_destroy`. Default: `5m`."),
	})
}
