package project

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights/grants"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// rolePlan computes one plan of a resource that manages a role.
type rolePlan struct {
	namesPlan
	plan, state roleObject
	creates     bool
	lastNames   projectNames // as configured at the last apply
	applied     []string     // the trustees of the last apply
	typeName    string
	claim       *roleClaim // compared with the other resources of this plan, nil if none was
}

// ModifyPlan reads the project if the plan changes the role, and says who gains and loses it.
func (r *roleResource) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	if req.Plan.Raw.IsNull() {
		plannedRoleKey.Clear(ctx, resp.Private, &resp.Diagnostics) // a failed replacement leaves it
		return
	}
	plan, state := r.newModel(), r.newModel()
	resp.Diagnostics.Append(req.Plan.Get(ctx, plan)...)
	replaced, _ := plannedRoleKey.Get(ctx, req.Private, &resp.Diagnostics)
	p := &rolePlan{
		namesPlan: newNamesPlan(ctx, &r.ResourceClient, req, resp, &plan.common().projectNames),
		plan:      plan, state: state, creates: req.State.Raw.IsNull(),
	}
	p.typeName = r.TypeName
	switch {
	case p.creates && replaced.Claim != nil: // it was of the first plan
		p.refreshLog.releaseRoles(replaced.names().refs(), *replaced.Claim, settings.Role(replaced.Role))
	case !p.creates:
		resp.Diagnostics.Append(req.State.Get(ctx, state)...)
		before, _ := appliedKey.Get(ctx, req.Private, &resp.Diagnostics)
		p.lastNames = before.names()
		p.applied = loadTrustees(ctx, req.Private, state, &resp.Diagnostics)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	plan.modifyPlan(ctx, p, r.Now())
	// The plan of a new object and Delete in a replacement need the private state, too.
	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	plannedRoleKey.Set(ctx, resp.Private, p.planned(), &resp.Diagnostics)
}

// update plans the names of a resource in the state, in the spelling of the state. It reports whether
// they are of the same project.
func (p *rolePlan) update(ctx context.Context) bool {
	state := p.state.common().projectNames
	same, _ := p.namesPlan.update(ctx, state, p.lastNames)
	if same {
		*p.names = p.names.spelledAs(state)
	}
	return same
}

// claimRole fails if another resource of this plan manages the role, too.
func (p *rolePlan) claimRole() {
	names := p.plan.common()
	checks := newSettingsPlan(p.api, p.refreshLog, &p.resp.Diagnostics, nameOf(names.project()), p.plan.at)
	p.claim = &roleClaim{TypeName: p.typeName, Name: configuredAs(p.named)}
	if m, isMember := p.plan.(*memberModel); isMember {
		p.claim.Trustee = m.Trustee.ValueString()
	}
	checks.claimRoles(names.refs(), *p.claim, names.role())
}

// checkUpdate reads the project of the state for checkChange.
func (p *rolePlan) checkUpdate(ctx context.Context) {
	if p.api == nil || p.resp.Diagnostics.HasError() {
		return
	}
	state := p.state.common()
	project, err := p.get(ctx, p.api, state.byGUID().ref)
	if err != nil {
		p.failRead(nameOf(state.project()), state.missing(err))
		return
	}
	p.checkChange(ctx, project)
}

// checkChange checks who gains and who loses the role on a project that was read.
func (p *rolePlan) checkChange(ctx context.Context, project *client.Project) {
	checks := newSettingsPlan(p.api, p.refreshLog, &p.resp.Diagnostics, nameOf(project), p.plan.at)
	checks.change, checks.resolve = p.plan.change(), p.plan.common().ResolveIdentities.ValueBool()
	checks.checkProject(ctx, project, p.named.path, path.Root("role"))
}

func (m *roleModel) modifyPlan(ctx context.Context, p *rolePlan, _ time.Time) {
	plan, state := m, p.state.(*roleModel)
	plan.checkOwners(&p.resp.Diagnostics)
	switch {
	case p.creates:
		plan.Names = planNames(ctx, p.api, plan.ResolveIdentities, plan.trustees(), plan.hasTrustees())
		if project, _ := p.create(ctx); project != nil && !plan.Role.IsUnknown() {
			p.claimRole()
			if plan.hasTrustees() {
				p.checkChange(ctx, project)
			}
		}
	case plan.Role.Equal(state.Role) && p.update(ctx):
		p.claimRole()
		p.planTrustees(ctx, plan, state)
	}
}

func (p *rolePlan) planTrustees(ctx context.Context, plan, state *roleModel) {
	if plan.hasTrustees() && settings.SameSet(plan.trustees(), state.trustees()) {
		plan.Trustees = state.Trustees
		if plan.ResolveIdentities.Equal(state.ResolveIdentities) {
			plan.Names = state.Names
			// A configuration that accepts what was changed outside of Terraform plans an update that sends nothing.
			// Without it, no apply would record these trustees, and a later change of the configuration would look
			// like drift.
			if plan.OnDrift.ValueString() == failOnDrift && !settings.SameSet(p.applied, plan.trustees()) {
				plan.Names = types.MapUnknown(types.StringType)
			}
			return
		}
	}
	plan.Names = planNames(ctx, p.api, plan.ResolveIdentities, plan.trustees(), plan.hasTrustees())
	if !plan.hasTrustees() || plan.Trustees.Equal(state.Trustees) {
		return
	}
	if plan.OnDrift.ValueString() == failOnDrift {
		p.failOnDrift(ctx, plan, state)
	}
	p.checkUpdate(ctx)
}

// failOnDrift fails if the role differs from the last apply, except where the configuration now asks
// for the difference.
func (p *rolePlan) failOnDrift(ctx context.Context, plan, state *roleModel) {
	added, removed := settings.Changes(p.applied, state.trustees())
	added = slices.DeleteFunc(added, func(t string) bool { return settings.Contains(plan.trustees(), t) })
	removed = slices.DeleteFunc(removed, func(t string) bool { return !settings.Contains(plan.trustees(), t) })
	if len(added)+len(removed) == 0 {
		return
	}
	var names identities
	if p.api != nil && plan.ResolveIdentities.ValueBool() {
		names, _ = grants.Resolve(ctx, p.api, slices.Concat(added, removed))
	}
	var lines []string
	if len(added) > 0 {
		lines = append(lines, "Added: "+names.describe(added...)+".")
	}
	if len(removed) > 0 {
		lines = append(lines, "Removed: "+names.describe(removed...)+".")
	}
	p.resp.Diagnostics.AddAttributeError(path.Root("trustees"), fmt.Sprintf(
		"The role %s of project %s was changed outside of Terraform", plan.role(), nameOf(state.project())),
		strings.Join(lines, "\n")+"\n\nThe plan fails because of on_drift = \"Fail\", and nothing was sent. Find out "+
			"who changed the role. To accept the change, write it in trustees. To undo it, set on_drift = \"Repair\" "+
			"and apply. A destroy also makes this plan. To destroy the resource, run `terraform destroy "+
			"-refresh=false`.")
}

// Entries of the private state of roles and members.
const (
	// trusteesKey holds the trustees that were applied or imported. A refresh adds others to the state,
	// which a destroy leaves alone.
	trusteesKey = config.PrivateKey[[]string]("configured_trustees")
	// pendingKey holds a change that was sent and waits for an approval.
	pendingKey = config.PrivateKey[edit.Pending]("pending_change")
	// plannedRoleKey travels with a plan and is not kept in the state. In a replacement the CLI passes it
	// to the plan of the new object and to Delete.
	plannedRoleKey = config.PrivateKey[plannedRole]("planned_role")
)

// plannedRole is a planned object, in the words of a plan that other plans are compared with.
type plannedRole struct {
	storedNames
	Role     string   `json:"role"`
	Trustees []string `json:"trustees"`
	// ConfiguredBy is the argument that names the project, ConfiguredDN its value if that is dn.
	ConfiguredBy string `json:"configured_by,omitempty"`
	ConfiguredDN string `json:"configured_dn,omitempty"`
	// Claim was compared with other resources. It is nil if the plan has none.
	Claim *roleClaim `json:"claim,omitempty"`
}

func (p *rolePlan) planned() plannedRole {
	return plannedRole{
		storedNames: p.names.stored(), Role: string(p.plan.common().role()), Trustees: p.plan.trustees(),
		ConfiguredBy: p.named.path.String(), ConfiguredDN: p.named.ref.DN, Claim: p.claim,
	}
}

// named is the argument that names the project.
func (p plannedRole) named() path.Path { return path.Root(p.ConfiguredBy) }

// keeps reports whether the planned object gives the role to a trustee, on the project with this
// GUID.
func (p plannedRole) keeps(guid string, role settings.Role, trustee string) bool {
	return dn.EqualGUID(p.GUID, guid) && p.Role == string(role) && settings.Contains(p.Trustees, trustee)
}

// storeAppliedRole records what an apply or an import made.
func storeAppliedRole(
	ctx context.Context, private config.PrivateWriter, name string, trustees []string, diagnostics *diag.Diagnostics,
) {
	appliedKey.Set(ctx, private, lastApplied{DN: name}, diagnostics)
	trusteesKey.Set(ctx, private, trustees, diagnostics)
	pendingKey.Clear(ctx, private, diagnostics)
}

// loadTrustees returns the trustees that were applied or imported.
func loadTrustees(
	ctx context.Context, private config.PrivateReader, state roleObject, diagnostics *diag.Diagnostics,
) []string {
	if configured, _ := trusteesKey.Get(ctx, private, diagnostics); configured != nil {
		return configured
	}
	return state.trustees()
}

// storePending records a change that waits for an approval, or that none does.
func storePending(
	ctx context.Context, private config.PrivateWriter, pending edit.Pending, diagnostics *diag.Diagnostics,
) {
	if pending.IsZero() {
		pendingKey.Clear(ctx, private, diagnostics)
		return
	}
	pendingKey.Set(ctx, private, pending, diagnostics)
}
