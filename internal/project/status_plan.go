package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// planning is one ModifyPlan: what it was asked and what it answers.
type planning struct {
	client       *client.Client
	recollection *config.RefreshLog
	resp         *resource.ModifyPlanResponse
	config, plan statusModel
	named        Address        // the project, as the configuration names it
	managed      bool           // it is in the state,
	imported     bool           // and was never applied
	planned      plannedProject // what the apply needs to know
}

// ModifyPlan looks at the server before a plan promises anything: a project that can't get to the
// desired status fails here and not half way through an apply.
//
// The configuration of this request reflects ignore_changes. That of an apply does not, so the apply
// takes everything from the plan and from the private state that is written here.
func (r *statusResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		r.planDestroy(ctx, req, resp)
		return
	}
	p := planning{client: r.Client(), recollection: r.RefreshLog(), resp: resp, managed: !req.State.Raw.IsNull()}
	resp.Diagnostics.Append(req.Config.Get(ctx, &p.config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &p.plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	p.named, p.planned = p.config.address(), plannedFrom(p.config)
	if !p.managed {
		replaced, replaces := recallPlanned(ctx, req.Private, &resp.Diagnostics)
		p.create(ctx, replaced, replaces)
	} else {
		var state statusModel
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
		before, applied := recallAddress(ctx, req.Private, &resp.Diagnostics)
		p.imported = !applied
		p.update(ctx, state, before)
	}
	if !resp.Diagnostics.HasError() {
		setPrivate(ctx, resp.Private, plannedKey, p.planned, &resp.Diagnostics)
		resp.Diagnostics.Append(resp.Plan.Set(ctx, &p.plan)...)
	}
}

// waits is true while something that the plan rests on is not known yet.
func (p *planning) waits() bool {
	return p.client == nil || !p.named.Known || p.plan.Status.IsUnknown()
}

// create plans a new resource, or the second half of a replacement: the CLI has then planned an
// update of the replaced resource before.
func (p *planning) create(ctx context.Context, replaced plannedProject, replaces bool) {
	p.plan.TicketID = types.Int64Null() // never unknown: a ticket that only the apply finds was not shown
	if replaces {
		p.takeBack(replaced)
	}
	if p.client == nil || !p.named.Known {
		p.checkBlindReplacement(replaced, replaces)
		return
	}
	project, err := reconcile.GetCached(ctx, p.client, p.named.Ref)
	if failure.CodeOf(err) == failure.NotFound && p.recollection.Missing.Has(p.named.Ref) {
		p.warnOfDeparture()
		return
	}
	if err != nil {
		p.fail(err)
		return
	}
	p.agree(project.GUID, project.ID)
	p.plan.fill(project)
	p.plan.InitialStatus, p.plan.CurrentStatus = p.plan.CurrentStatus, types.StringUnknown()
	p.planned.Project, p.planned.InitialStatus = reconcile.RefOf(project).Folded(), project.Status.String()
	before, _ := p.recollection.StatusBefore.Load(p.planned.Project)
	if status, changed := before.(string); changed {
		p.plan.InitialStatus = types.StringValue(status)
	}
	p.planned.ServerDN, p.planned.ServerID = project.DN, project.ID
	if !p.plan.Status.IsUnknown() {
		p.promise(ctx, project, nil)
		p.compareDesired()
	}
}

func (p *planning) update(ctx context.Context, state statusModel, before statusModel) {
	p.plan.InitialStatus, p.plan.TicketID = state.InitialStatus, state.TicketID
	p.planned.StatusOnDestroy, p.planned.Project = state.StatusOnDestroy.ValueString(), state.serverRef().Folded()
	switch {
	case !p.named.Known, p.client == nil && !p.config.names(state):
		if !state.TicketID.IsNull() {
			p.plan.TicketID = types.Int64Unknown()
		}
		return // the name is not known yet, or nobody can be asked whose it is
	case p.config.names(state), p.config.names(before) && p.renamed(ctx, state):
	default:
		if !p.sameUnderNewName(ctx, state) {
			return
		}
	}
	p.keepNames(state)
	p.agree(state.GUID.ValueString(), state.ProjectID.ValueInt64())
	p.updateStatus(ctx, state)
	p.keepImported(state)
	p.compareDesired()
}

// updateStatus asks the server anew if the plan is going to change the status.
func (p *planning) updateStatus(ctx context.Context, state statusModel) {
	current, known := lifecycle.ParseStatus(state.CurrentStatus.ValueString())
	if !p.plan.Status.IsUnknown() && known && lifecycle.Met(p.goal(), current) {
		p.keepStatus(state)
		return
	}
	if p.waits() {
		p.plan.CurrentStatus = types.StringUnknown()
		return
	}
	project, err := reconcile.GetCached(ctx, p.client, state.byGUID().Ref)
	if err != nil {
		p.fail(state.ofState(err))
		return
	}
	p.promise(ctx, project, &state)
}

// keepStatus plans what is there, as the desired status is met. Where nothing else changes, the plan
// is empty, also if another desired status was met before. Where something does, a submitted project
// may have been approved until the apply.
func (p *planning) keepStatus(state statusModel) {
	p.plan.CurrentStatus = state.CurrentStatus
	unchanged := p.plan
	unchanged.Status = state.Status
	if unchanged.sameAs(state) || p.imported && unchanged.spelled(state).sameAs(state) {
		p.plan = unchanged
		return
	}
	if state.CurrentStatus.ValueString() == lifecycle.Pending.String() {
		p.plan.CurrentStatus = types.StringUnknown()
	}
}

func (m statusModel) sameAs(o statusModel) bool {
	return m.DN.Equal(o.DN) && m.GUID.Equal(o.GUID) && m.ProjectID.Equal(o.ProjectID) &&
		m.Status.Equal(o.Status) && m.SelfApprove.Equal(o.SelfApprove) && m.ApprovalComment.Equal(o.ApprovalComment) &&
		m.StatusOnDestroy.Equal(o.StatusOnDestroy) && m.Timeouts.Equal(o.Timeouts)
}

// promise plans the status that the apply leads to, after making sure that there is a way. State is
// nil for a create.
func (p *planning) promise(ctx context.Context, project *client.Project, state *statusModel) {
	if err := checkRoute(&p.resp.Diagnostics, path.Root("status"), project.Status, p.goal()); err != nil {
		if state != nil && state.onlyDestroyWorks(project.Status) {
			p.warnOfBlocked(err)
			return
		}
		p.fail(err)
		return
	}
	p.announceWait(ctx, project)
	p.showSubmission(ctx, project)
	p.plan.CurrentStatus = types.StringValue(p.goal().String())
	if p.goal() == lifecycle.Pending {
		p.plan.CurrentStatus = types.StringUnknown()
	}
}

// checkRoute makes sure that there is a way, and warns of steps that nobody
// documents.
func checkRoute(diagnostics *diag.Diagnostics, at path.Path, current, goal lifecycle.Status) error {
	route, err := lifecycle.Route(current, goal)
	for _, step := range route {
		if err == nil && !step.Documented {
			warn(diagnostics, at, "This step is not documented",
				sprintf("The vendor documents no way from %s to %s. The apply tries it once, directly; the server may refuse it.", step.From, step.To))
		}
	}
	return err
}

func (p *planning) goal() lifecycle.Status { return p.config.goal() }

func (p *planning) fail(err error) {
	switch failure.CodeOf(err) {
	case failure.NoRoute, failure.NotFound, failure.Indeterminate:
		err = diags.WithRemedy(err, diags.PlanRemedy)
	}
	reportPlan(&p.resp.Diagnostics, p.named.Path, err)
}
