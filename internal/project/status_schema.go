package project

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

var sprintf = fmt.Sprintf

func (r *statusResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Drives a code-signing project to a status and keeps it there: enable, disable, submit for approval. " +
			"The way from the current status to the goal is worked out anew each time, so a plan that was interrupted goes on where it stopped.",
		Attributes: attributes(ctx),
	}
}

func attributes(ctx context.Context) map[string]schema.Attribute {
	all := addressAttributes()
	all["status"] = schema.StringAttribute{
		Required: true,
		MarkdownDescription: "The goal: `" + strings.Join(lifecycle.DesiredNames(), "`, `") + "`. Changed in place. " +
			"`Pending` means \"submitted for approval\" and is met by an `Enabled` project too; each of the others is met by the same status alone. While a goal is met, nothing is planned, also where another one was before. " +
			"`Enabled` from a draft submits it and waits for its approval, until the timeout. " +
			"A step that the vendor does not document, like a withdrawal from `Pending` to `Draft`, is tried once, and the plan warns of it.",
		Validators: []validator.String{stringvalidator.OneOf(lifecycle.DesiredNames()...)},
	}
	all["current_status"] = schema.StringAttribute{
		Computed: true,
		MarkdownDescription: "What the server says: one of the four above, `Deleted` (queued for deletion), `DisabledByParent`, " +
			"or `Unknown (N)` for a number that this version of the provider has no name for.",
	}
	all["initial_status"] = schema.StringAttribute{
		Computed: true,
		MarkdownDescription: "The status of the project when this resource was created or imported. The plan of a create shows it. It never changes afterwards, " +
			"and is null in a state that a version without this attribute wrote.",
	}
	all["self_approve"] = schema.BoolAttribute{
		Optional: true,
		MarkdownDescription: "Approve, as the identity that the provider logs in as, the flow ticket that the submission raises. Default `false`: " +
			"the apply waits for the approvers. Where several approvals are needed, the apply waits for the others. Changing it sends nothing. " +
			"Only the submission that the apply makes is approved, or the pending one that the plan showed in `ticket_id`.",
	}
	all["approval_comment"] = schema.StringAttribute{
		Optional: true,
		MarkdownDescription: "Comment of that approval, for instance a change number. The server wants one, so without it a standard text is sent. " +
			"Changing it sends nothing.",
	}
	all["ticket_id"] = schema.Int64Attribute{
		Computed: true,
		MarkdownDescription: "Number of the pending flow ticket that the last plan of a status change found, and that `self_approve` approves. Null if it found none: " +
			"then `self_approve` approves only the submission that the apply makes.",
	}
	all["status_on_destroy"] = schema.StringAttribute{
		Optional: true,
		MarkdownDescription: "What to drive the project to when this resource is destroyed: `Disabled` or `Enabled`. " +
			"Default: leave the project as it is. It has to be applied before the destroy to have an effect.",
		Validators: []validator.String{stringvalidator.OneOf(lifecycle.Disabled.String(), lifecycle.Enabled.String())},
	}
	all["timeouts"] = attr.Timeouts(ctx, timeouts.Opts{
		Create: true, Update: true, Delete: true,
		CreateDescription: "How long to wait for the status after creating the resource, approval included, as a duration like `90s` or `20m`. Default `20m`.",
		UpdateDescription: "The same for a change. Default `20m`.",
		DeleteDescription: "The same for `status_on_destroy`. Default `5m`.",
	})
	return all
}

func addressAttributes() map[string]schema.Attribute {
	const statusOneOf = " Exactly one of `dn`, `guid` and `project_id` is configured; the other two are read from the server. " +
		"A configuration that was generated for an import has all three, which then have to name the same project. "
	return map[string]schema.Attribute{
		"dn": schema.StringAttribute{
			CustomType: attr.DNType{}, Optional: true, Computed: true,
			Validators: []validator.String{attr.ValidDN()},
			MarkdownDescription: "The project's distinguished name, like `\\VED\\Code Signing\\Projects\\Payments`; in HCL each backslash is written twice." + statusOneOf +
				"Compared without case. The DN of another project replaces the resource; the new name of the same project does not.",
		},
		"guid": schema.StringAttribute{
			CustomType: attr.GUIDType{}, Optional: true, Computed: true,
			Validators:          []validator.String{attr.ValidGUID()},
			MarkdownDescription: "The project's GUID, with or without braces, in any case." + statusOneOf + "The GUID of another project replaces the resource.",
		},
		"project_id": schema.Int64Attribute{
			CustomType: attr.ProjectIDType{}, Optional: true, Computed: true,
			Validators:          []validator.Int64{attr.ValidProjectID()},
			MarkdownDescription: "The project's number." + statusOneOf + "The number of another project replaces the resource.",
		},
	}
}

func (r *statusResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"guid": identityschema.StringAttribute{
			RequiredForImport: true,
			Description:       "GUID of the project, with or without braces, in any case.",
		},
	}}
}
