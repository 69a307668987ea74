package project

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

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

// importedValues are all values that do not depend on a configuration.
func (m *statusModel) importedValues() map[string]any {
	return map[string]any{
		"dn": m.DN, "guid": m.GUID, "project_id": m.ProjectID,
		"current_status": m.CurrentStatus, "initial_status": m.CurrentStatus,
	}
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
