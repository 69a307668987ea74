package project

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

const (
	statusDefaultTimeout = 20 * time.Minute
	defaultDeleteTimeout = 5 * time.Minute
)

// statusModel is the resource as the configuration, the plan and the state hold it.
type statusModel struct {
	Dn              attr.DnValue   `tfsdk:"dn"`
	Guid            attr.GuidValue `tfsdk:"guid"`
	ProjectId       types.Int64    `tfsdk:"project_id"`
	Status          types.String   `tfsdk:"status"`
	CurrentStatus   types.String   `tfsdk:"current_status"`
	InitialStatus   types.String   `tfsdk:"initial_status"`
	SelfApprove     types.Bool     `tfsdk:"self_approve"`
	ApprovalComment types.String   `tfsdk:"approval_comment"`
	TicketID        types.Int64    `tfsdk:"ticket_id"`
	StatusOnDestroy types.String   `tfsdk:"status_on_destroy"`
	Timeouts        timeouts.Value `tfsdk:"timeouts"`
}

// identity is the resource's identity: the GUID in its canonical spelling,
// because an identity must not change with the server's way of writing it.
type identity struct {
	Guid types.String `tfsdk:"guid"`
}

// address is that of a configuration, where exactly one attribute is set.
func (m statusModel) address() Address { return AddressOf(m.Dn, m.Guid, m.ProjectId) }

// only is the same model with the first of the names that are configured.
func (m statusModel) only(config statusModel) statusModel {
	switch {
	case !config.Dn.IsNull():
		m.Guid, m.ProjectId = attr.NewGuidNull(), types.Int64Null()
	case !config.Guid.IsNull():
		m.Dn, m.ProjectId = attr.NewDnNull(), types.Int64Null()
	default:
		m.Dn, m.Guid = attr.NewDnNull(), attr.NewGuidNull()
	}
	return m
}

// goal is the status to drive to.
func (m statusModel) goal() lifecycle.Status {
	goal, _ := lifecycle.ParseGoal(m.Status.ValueString())
	return goal
}

func (m statusModel) order(goal lifecycle.Status) reconcile.Order {
	return reconcile.Order{
		Goal:        goal,
		SelfApprove: m.SelfApprove.ValueBool(),
		Comment:     m.ApprovalComment.ValueString(),
		Ticket:      m.TicketID.ValueInt64(),
		Guid:        m.Guid.ValueString(),
	}
}

// fill takes over what the server says of a project, and leaves alone what is
// known already: the configuration's spelling, and what the plan has promised.
func (m *statusModel) fill(p *client.Project) {
	if m.Dn.IsNull() || m.Dn.IsUnknown() {
		m.Dn = attr.NewDnValue(p.Dn)
	}
	m.fillConstants(p)
	m.CurrentStatus = types.StringValue(p.Status.String())
}

// fillConstants takes over what can't change while it is the same project.
func (m *statusModel) fillConstants(p *client.Project) {
	if m.Guid.IsNull() || m.Guid.IsUnknown() {
		m.Guid = attr.NewGuidValue(p.Guid)
	}
	if m.ProjectId.IsNull() || m.ProjectId.IsUnknown() {
		m.ProjectId = attr.NumberOrNull(p.Id)
	}
}

// serverRef addresses the project of a state, or of a plan that has read it, by what survives a
// rename. It is the same for every name that a configuration may use.
func (m statusModel) serverRef() client.ProjectRef {
	return reconcile.RefOf(&client.Project{Dn: m.Dn.ValueString(), Guid: m.Guid.ValueString(), Id: m.ProjectId.ValueInt64()})
}
