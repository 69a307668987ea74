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
	DN              attr.DNValue   `tfsdk:"dn"`
	GUID            attr.GUIDValue `tfsdk:"guid"`
	ProjectID       types.Int64    `tfsdk:"project_id"`
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
	GUID types.String `tfsdk:"guid"`
}

// address is that of a configuration, where exactly one attribute is set.
func (m statusModel) address() Address { return AddressOf(m.DN, m.GUID, m.ProjectID) }

// only is the same model with the first of the names that are configured.
func (m statusModel) only(config statusModel) statusModel {
	switch {
	case !config.DN.IsNull():
		m.GUID, m.ProjectID = attr.NewGUIDNull(), types.Int64Null()
	case !config.GUID.IsNull():
		m.DN, m.ProjectID = attr.NewDNNull(), types.Int64Null()
	default:
		m.DN, m.GUID = attr.NewDNNull(), attr.NewGUIDNull()
	}
	return m
}

// goal is the status to drive to.
func (m statusModel) goal() lifecycle.Status {
	goal, _ := lifecycle.ParseDesired(m.Status.ValueString())
	return goal
}

func (m statusModel) order(goal lifecycle.Status) reconcile.Request {
	return reconcile.Request{
		Status:      goal,
		SelfApprove: m.SelfApprove.ValueBool(),
		Comment:     m.ApprovalComment.ValueString(),
		Ticket:      m.TicketID.ValueInt64(),
		GUID:        m.GUID.ValueString(),
	}
}

// fill takes over what the server says of a project, and leaves alone what is
// known already: the configuration's spelling, and what the plan has promised.
func (m *statusModel) fill(p *client.Project) {
	if m.DN.IsNull() || m.DN.IsUnknown() {
		m.DN = attr.NewDNValue(p.DN)
	}
	m.fillConstants(p)
	m.CurrentStatus = types.StringValue(p.Status.String())
}

// fillConstants takes over what can't change while it is the same project.
func (m *statusModel) fillConstants(p *client.Project) {
	if m.GUID.IsNull() || m.GUID.IsUnknown() {
		m.GUID = attr.NewGUIDValue(p.GUID)
	}
	if m.ProjectID.IsNull() || m.ProjectID.IsUnknown() {
		m.ProjectID = attr.Int64OrNull(p.ID)
	}
}

// serverRef addresses the project of a state, or of a plan that has read it, by what survives a
// rename. It is the same for every name that a configuration may use.
func (m statusModel) serverRef() client.ProjectRef {
	return reconcile.RefOf(&client.Project{DN: m.DN.ValueString(), GUID: m.GUID.ValueString(), ID: m.ProjectID.ValueInt64()})
}
