package project

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

const (
	defaultTimeout       = 20 * time.Minute
	defaultDeleteTimeout = 5 * time.Minute
)

// statusModel is the resource codesign_project_status in a configuration, plan or state.
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

// address returns the configured name.
func (m statusModel) address() address { return addressOf(m.DN, m.GUID, m.ProjectID) }

// onlyNamesOf keeps the first of the names that the configuration sets.
func (m statusModel) onlyNamesOf(config statusModel) statusModel {
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
	if m.DN.IsNull() || m.DN.IsUnknown() {
		m.DN = attr.NewDNValue(p.DN)
	}
	m.fillIDs(p)
	m.CurrentStatus = types.StringValue(p.Status.String())
}

// refresh sets what the server reports. The attribute types keep another spelling of the same name.
func (m *statusModel) refresh(p *client.Project) {
	m.DN = attr.NewDNValue(p.DN)
	m.fillIDs(p)
	m.CurrentStatus = types.StringValue(p.Status.String())
	if _, configurable := lifecycle.ParseDesired(p.Status.String()); configurable && m.Status.IsNull() {
		m.Status = m.CurrentStatus // after an import, the desired status is the current one
	}
}

// fillIDs sets the names that never change.
func (m *statusModel) fillIDs(p *client.Project) {
	if m.GUID.IsNull() || m.GUID.IsUnknown() {
		m.GUID = attr.NewGUIDValue(p.GUID)
	}
	if m.ProjectID.IsNull() || m.ProjectID.IsUnknown() {
		m.ProjectID = attr.Int64OrNull(p.ID)
	}
}

// serverRef is the project of a state, or of a plan that has read it, whichever name is configured.
func (m statusModel) serverRef() client.ProjectRef { return reconcile.RefOf(m.project()) }

func (m statusModel) project() *client.Project {
	return &client.Project{DN: m.DN.ValueString(), GUID: m.GUID.ValueString(), ID: m.ProjectID.ValueInt64()}
}

// byGUID addresses the project of a state: its DN may have changed since.
func (m statusModel) byGUID() address {
	if m.GUID.ValueString() != "" {
		return addressOf(attr.NewDNNull(), m.GUID, types.Int64Null())
	}
	return m.address()
}

// refs are all names of the project.
func (m statusModel) refs() []client.ProjectRef {
	var refs []client.ProjectRef
	if name := m.DN.ValueString(); name != "" {
		refs = append(refs, client.ByDN(name))
	}
	if guid := m.GUID.ValueString(); guid != "" {
		refs = append(refs, client.ByGUID(guid))
	}
	if id := m.ProjectID.ValueInt64(); id != 0 {
		refs = append(refs, client.ByID(id))
	}
	return refs
}

// fullName is the project in a message: its DN and its GUID.
func (m statusModel) fullName() string {
	name, guid := m.DN.ValueString(), m.GUID.ValueString()
	switch {
	case guid == "":
		return m.address().ref.String()
	case name == "":
		return guid
	default:
		return fmt.Sprintf("%s (GUID %s)", name, guid)
	}
}

// sameName reports whether the configured name is the one that the other model has.
func (m statusModel) sameName(other statusModel) bool {
	switch {
	case !m.DN.IsNull():
		return dn.Equal(m.DN.ValueString(), other.DN.ValueString())
	case !m.GUID.IsNull():
		return dn.EqualGUID(m.GUID.ValueString(), other.GUID.ValueString())
	default:
		return m.ProjectID.Equal(other.ProjectID)
	}
}

// withSpellingOf takes over the spelling of names that are the same.
func (m statusModel) withSpellingOf(state statusModel) statusModel {
	if dn.Equal(m.DN.ValueString(), state.DN.ValueString()) {
		m.DN = state.DN
	}
	if dn.EqualGUID(m.GUID.ValueString(), state.GUID.ValueString()) {
		m.GUID = state.GUID
	}
	return m
}

// sameArguments compares all arguments.
func (m statusModel) sameArguments(o statusModel) bool {
	return m.DN.Equal(o.DN) && m.GUID.Equal(o.GUID) && m.ProjectID.Equal(o.ProjectID) &&
		m.Status.Equal(o.Status) && m.SelfApprove.Equal(o.SelfApprove) &&
		m.ApprovalComment.Equal(o.ApprovalComment) && m.StatusOnDestroy.Equal(o.StatusOnDestroy) &&
		m.Timeouts.Equal(o.Timeouts)
}
