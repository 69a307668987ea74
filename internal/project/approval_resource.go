package project

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	tfresource "github.com/codesign-tf/terraform-provider-codesign/internal/tf/resource"
)

// NewApprovalResource returns the resource codesign_project_approval.
func NewApprovalResource() resource.Resource {
	return &approvalResource{
		Definition: tfresource.Definition{
			TypeName: "codesign_project_approval", NewSchema: approvalSchema,
			Validators: []resource.ConfigValidator{tfresource.Validate((*approvalModel).checkConfig)},
		},
	}
}

type approvalResource struct {
	config.ResourceClient
	tfresource.Definition
}

var _ resource.ResourceWithModifyPlan = &approvalResource{}

// checkConfig requires the comment of a rejection and accepts final only for a rejection.
func (m *approvalModel) checkConfig(diagnostics *diag.Diagnostics) {
	switch m.Decision.ValueString() {
	case rejected:
		if m.Comment.IsUnknown() || m.Comment.ValueString() != "" {
			return
		}
		at := path.Root("comment")
		if m.Comment.IsNull() {
			at = path.Root("decision") // the CLI shows no line of an argument that is not set
		}
		diagnostics.AddAttributeError(at, "Missing comment of a rejection",
			"The server requires a comment for a rejection. Set comment to what the owner of the project must change.")
	case approved:
		if m.Final.ValueBool() {
			diagnostics.AddAttributeError(path.Root("final"), "Invalid argument for an approval",
				"Only a rejection can be final. Remove final, or set it to false.")
		}
	}
}

func approvalSchema() schema.Schema {
	attributes := decisionAttributes()
	maps.Copy(attributes, submissionAttributes())
	attributes["timeouts"] = attr.Timeouts(map[string]string{
		"create": "How long to wait for the submission and its flow ticket, as a duration such as `90s` or `20m`. " +
			"Default: `20m`.",
	})
	return schema.Schema{
		MarkdownDescription: "Decides, as an approver, the submission of a project: once, and only the submission " +
			"that the plan shows. Needs the scope `codesign:approve` and a role on the project.",
		Attributes: attributes,
	}
}

func decisionAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"dn": attr.DN(attr.Required, dnDescription+anotherProjectReplaces),
		"decision": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "`Approved`, which cannot be revoked, or `Rejected`, which returns the project to " +
				"`Draft`. A change replaces the resource and decides the submission that is pending then.",
			Validators:    []validator.String{stringvalidator.OneOf(approved, rejected)},
			PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"comment": attr.String(attr.Optional, "Comment of the decision, for example a change number; required for a "+
			"rejection. A later change sends nothing."),
		"final": attr.Bool(attr.Optional, "Whether the rejection is final, so that the owner cannot correct and "+
			"resubmit; a later change sends nothing. Default: `false`."),
	}
}

// submissionAttributes are the computed attributes.
func submissionAttributes() map[string]schema.Attribute {
	const unseen = " Null if the project was decided before its ticket was visible."
	return map[string]schema.Attribute{
		"guid": attr.GUID(attr.Computed, "GUID of the project."),
		"current_status": attr.String(attr.Computed, "Status of the project: `Enabled` after the last required "+
			"approval, `Pending` while approvals are missing, `Draft` after a rejection, or a later status. Null if "+
			"the project no longer exists."),
		"ticket_id": attr.Int64(attr.Computed, "Number of the flow ticket that the plan shows; the apply decides no "+
			"other ticket."+unseen),
		"submitted_at": attr.String(attr.Computed, "When the project was submitted, in RFC 3339; a later submission "+
			"stops the apply. Null if the server does not report it."),
		"revision": attr.Int64(attr.Computed, "Revision of the project that the plan shows; another revision stops "+
			"the apply. Null without the scope `configuration`, or if there was no submission to review."),
		"required_approvals": attr.Int64(attr.Computed, "Number of approvals that the ticket requires."+unseen),
		"approvers": attr.List(attr.Computed, "Approvers of the ticket, as prefixed universals, "+
			"sorted."+unseen),
	}
}

// Create sends the decision. A failure leaves nothing in the state, and the next apply first checks
// whether the decision was made.
func (r *approvalResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan approvalModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	api, ctx, cancel := r.BeginApply(ctx, plan.Timeouts.Create, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if api == nil {
		return
	}
	r.recordStatus(ctx, api, plan.ref())
	reconciler := newReconciler(ctx, api, r.Timing())
	decided, err := reconciler.Decide(ctx, plan.byDN(), plan.GUID.ValueString(), plan.submission(), plan.approval())
	if err != nil {
		addApprovalError(&resp.Diagnostics, plan.unableToDecide(), err)
		return
	}
	plan.fill(decided)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// recordStatus records the status that the project has before the decision. A
// codesign_project_status that depends on this resource is planned again after the decision, with
// the same initial_status.
func (r *approvalResource) recordStatus(ctx context.Context, api *client.Client, ref client.ProjectRef) {
	if p, err := reconcile.GetCached(ctx, api, ref); err == nil {
		logOf(&r.ResourceClient).statusBefore.LoadOrStore(reconcile.RefOf(p).Folded(), p.Status.String())
	}
}

// Read updates current_status. A decision is final, so the resource never leaves the state by
// itself.
func (r *approvalResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state approvalModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	api := r.Client()
	if resp.Diagnostics.HasError() || api == nil {
		return
	}
	p, err := reconcile.GetCached(ctx, api, state.ref())
	switch {
	case err == nil:
		state.CurrentStatus = types.StringValue(p.Status.String())
	case isNotFound(err):
		state.CurrentStatus = types.StringNull()
	case failure.CodeOf(err) == failure.Indeterminate: // hidden from the approver: keep the last known status
	default:
		addApprovalError(&resp.Diagnostics, "Unable to read project "+displayName(state.byDN()), err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// Update records arguments that changed after the decision. Nothing is sent.
func (r *approvalResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan approvalModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// Delete only removes the resource from the state: a decision cannot be revoked.
func (r *approvalResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {
}
