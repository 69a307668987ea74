package project

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	tfresource "github.com/codesign-tf/terraform-provider-codesign/internal/tf/resource"
)

// NewStatusResource returns the resource codesign_project_status.
func NewStatusResource() resource.Resource {
	return &statusResource{
		Definition: tfresource.Definition{
			TypeName: "codesign_project_status", NewSchema: statusSchema,
			Validators: nameValidators((*statusModel).checkCombination),
		},
		Identity: tfresource.Identity{"guid": guidDescription},
	}
}

type statusResource struct {
	config.ResourceClient
	tfresource.Definition
	tfresource.Identity
}

var _ tfresource.Importable = &statusResource{}

// statusIdentity is the identity of the resource. The GUID has its canonical spelling, because an
// identity must not change when the server writes the GUID differently.
type statusIdentity struct {
	GUID types.String `tfsdk:"guid"`
}

func newStatusIdentity(guid string) statusIdentity {
	return statusIdentity{types.StringValue(dn.CanonicalGUID(guid))}
}

// setIdentity keeps an identity that already names the project: the CLI rejects an identity that
// changes or disappears.
func setIdentity(ctx context.Context, target *tfsdk.ResourceIdentity, guid string) diag.Diagnostics {
	if target == nil {
		return nil
	}
	if !target.Raw.IsFullyNull() {
		var known statusIdentity
		diagnostics := target.Get(ctx, &known)
		if diagnostics.HasError() || dn.EqualGUID(known.GUID.ValueString(), guid) {
			return diagnostics
		}
	}
	return target.Set(ctx, newStatusIdentity(guid))
}

func statusSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Brings a code-signing project to a status and keeps it there: submits, enables or " +
			"disables it. " +
			"The provider computes the steps from the current status, so the next apply resumes after an interruption.",
		Attributes: withNames(map[string]schema.Attribute{
			"status": attr.String(attr.Required, desiredStatusDescription,
				stringvalidator.OneOf(lifecycle.DesiredNames()...)),
			"current_status": attr.String(attr.Computed, currentStatusDescription),
			"initial_status": attr.String(attr.Computed, "Status of the project when this resource was created or "+
				"imported; it never changes afterwards. Null in a state of an older version of the provider."),
			"self_approve": attr.Bool(attr.Optional, "Approve, as the identity of the provider, the submission of "+
				"this apply, or the pending one that the plan showed in `ticket_id`."+waitsForApprovers),
			"approval_comment": attr.String(attr.Optional, approvalCommentDescription),
			"ticket_id": attr.Int64(attr.Computed, "Number of the pending flow ticket that the last plan of a status "+
				"change found and that `self_approve` approves. Null if there was none."),
			"status_on_destroy": attr.String(attr.Optional, "Status to set when this resource is destroyed: "+
				"`Disabled` or `Enabled`; apply the argument before the destroy. Default: leave the project unchanged.",
				stringvalidator.OneOf(lifecycle.Disabled.String(), lifecycle.Enabled.String())),
			"timeouts": changeTimeouts(waitDescription, "The same for `status_on_destroy`. Default: `5m`."),
		}),
	}
}

const (
	defaultTimeout       = 20 * time.Minute // includes the time that approvers need
	defaultDeleteTimeout = 5 * time.Minute
)

// statusModel is the resource codesign_project_status in a configuration, plan or state.
type statusModel struct {
	projectNames
	Status          types.String   `tfsdk:"status"`
	CurrentStatus   types.String   `tfsdk:"current_status"`
	InitialStatus   types.String   `tfsdk:"initial_status"`
	SelfApprove     types.Bool     `tfsdk:"self_approve"`
	ApprovalComment types.String   `tfsdk:"approval_comment"`
	TicketID        types.Int64    `tfsdk:"ticket_id"`
	StatusOnDestroy types.String   `tfsdk:"status_on_destroy"`
	Timeouts        timeouts.Value `tfsdk:"timeouts"`
}

func (m statusModel) desired() lifecycle.Status { return parseDesired(m.Status) }

func parseDesired(value types.String) lifecycle.Status {
	status, _ := lifecycle.ParseDesired(value.ValueString())
	return status
}

func (m statusModel) request(desired lifecycle.Status) reconcile.Request {
	return reconcile.Request{
		Status:      desired,
		SelfApprove: m.SelfApprove.ValueBool(),
		Comment:     m.ApprovalComment.ValueString(),
		Ticket:      m.TicketID.ValueInt64(),
		GUID:        m.GUID.ValueString(),
	}
}

// fill sets what is not known yet. It keeps the spelling of the configuration and the planned
// values.
func (m *statusModel) fill(p *client.Project) {
	m.fillNames(p)
	m.CurrentStatus = types.StringValue(p.Status.String())
}

// refresh sets what the server reports. The attribute types keep another spelling of the same name.
func (m *statusModel) refresh(p *client.Project) {
	m.refreshNames(p)
	m.CurrentStatus = types.StringValue(p.Status.String())
	if _, configurable := lifecycle.ParseDesired(p.Status.String()); configurable && m.Status.IsNull() {
		m.Status = m.CurrentStatus // after an import, the desired status is the current one
	}
}

// withSpellingOf takes over the spelling of names that are the same.
func (m statusModel) withSpellingOf(state statusModel) statusModel {
	m.projectNames = m.spelledAs(state.projectNames)
	return m
}

// sameArguments compares all arguments.
func (m statusModel) sameArguments(o statusModel) bool {
	return m.sameNames(o.projectNames) &&
		m.Status.Equal(o.Status) && m.SelfApprove.Equal(o.SelfApprove) &&
		m.ApprovalComment.Equal(o.ApprovalComment) && m.StatusOnDestroy.Equal(o.StatusOnDestroy) &&
		m.Timeouts.Equal(o.Timeouts)
}

// Entries of the private state.
const (
	appliedKey = config.PrivateKey[lastApplied]("configured_address")
	// plannedKey holds what ModifyPlan decided. It travels with the plan and is not kept in the state.
	plannedKey = config.PrivateKey[plannedStatus]("planned")
)

// lastApplied is what the last apply or import recorded. With it, a project that was renamed on the
// server differs from a configuration that names another project.
type lastApplied struct {
	// DN is empty if the project was named otherwise. That of an import is the server's: a configuration
	// that matches the imported project has the same DN.
	DN string `json:"dn,omitempty"`
	// Imported: no apply has followed the import.
	Imported bool `json:"imported,omitempty"`
}

func (a lastApplied) names() projectNames { return storedNames{DN: a.DN}.names() }

// plannedStatus is what the apply needs from the plan. The configuration of an apply does not
// reflect ignore_changes, so the apply does not use it. In a replacement the CLI also passes it to
// Delete.
type plannedStatus struct {
	storedNames // has the configured name
	// Status is the desired status.
	Status string `json:"status,omitempty"`
	// Project is one key for all names of the project. Project and InitialStatus are empty while the
	// name is unknown.
	Project       string `json:"project,omitempty"`
	InitialStatus string `json:"initial_status,omitempty"`
	// ServerDN and ServerID are the other names in the plan of a create.
	ServerDN string `json:"server_dn,omitempty"`
	ServerID int64  `json:"server_id,omitempty"`
	// Compared is true after the desired status was compared with those of other resources.
	Compared bool `json:"compared,omitempty"`
	// StatusOnDestroy belongs to the object in the state, which a replacement destroys.
	StatusOnDestroy string `json:"status_on_destroy,omitempty"`
}

func (p plannedStatus) address() address { return p.names().address() }

// describes reports whether a project has every name that the plan shows.
func (p plannedStatus) describes(project *client.Project) bool {
	return reconcile.RefOf(project).Folded() == p.Project && project.ID == p.ServerID &&
		(p.DN != "" || project.DN == p.ServerDN)
}
