package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// checkSameProject fails if a generated configuration names different projects.
func (p *statusPlanner) checkSameProject(guid string, projectID int64) {
	if at, differs := p.config.differsFrom(p.named, guid, projectID); differs {
		p.resp.Diagnostics.AddAttributeError(at, differentNamesSummary, differentNamesDetail)
	}
}

// renamedOnServer reports whether the configured name no longer exists, although the configuration
// did not change. The project was renamed on the server, so the plan keeps the new name and warns.
func (p *statusPlanner) renamedOnServer(ctx context.Context, state statusModel) bool {
	if _, err := reconcile.GetCached(ctx, p.client, p.named.ref); !isNotFound(err) {
		return false
	}
	p.plan.DN = state.DN
	addWarning(&p.resp.Diagnostics, path.Root("dn"), renamedSummary,
		renamedDetail(p.config.DN.ValueString(), state.DN.ValueString()))
	return true
}

// isSameProject reports whether a changed name addresses the project of the state. The name of
// another project replaces the resource.
func (p *statusPlanner) isSameProject(ctx context.Context, state statusModel) bool {
	project, created, err := p.getNamed(ctx)
	switch {
	case created:
		p.resp.RequiresReplace = append(p.resp.RequiresReplace, p.named.path)
		return false
	case err != nil:
		p.fail(displayName(p.named.ref), err)
		return false
	}
	if dn.EqualGUID(project.GUID, state.GUID.ValueString()) {
		return true
	}
	p.requireReplace(ctx, state, project)
	return false
}

func (p *statusPlanner) getNamed(ctx context.Context) (project *client.Project, created bool, err error) {
	return getPlanned(p.refreshLog, p.named.ref, func(ref client.ProjectRef) (*client.Project, error) {
		return reconcile.GetCached(ctx, p.client, ref)
	})
}

// requireReplace also warns of the replacement that comes too late: if a name was unknown in the
// plan, and the apply finds that it addresses another project, the CLI stops with a message of its
// own.
func (p *statusPlanner) requireReplace(ctx context.Context, state statusModel, project *client.Project) {
	p.resp.RequiresReplace = append(p.resp.RequiresReplace, p.named.path)
	if !p.plan.Status.IsUnknown() {
		p.warnWait(ctx, project) // the CLI drops the warnings of the create that follows
		p.planTicket(ctx, project)
	}
	p.planned.Project = reconcile.RefOf(project).Folded()
	p.warnConflict()
	if p.refreshLog.Refreshed.Has(state.byGUID().ref) {
		return
	}
	addWarning(&p.resp.Diagnostics, p.named.path, anotherProjectSummary,
		anotherProjectDetail(state.fullName(), project.DN))
}

// keepComputedNames plans the names that are not configured as they are in the state.
func (p *statusPlanner) keepComputedNames(state statusModel) {
	p.plan.keepComputed(p.config.projectNames, state.projectNames)
}

// keepImportedSpelling keeps the spelling of an import if nothing else changes: an import whose
// configuration matches the server changes nothing. Otherwise the same apply takes the spelling of
// the configuration.
func (p *statusPlanner) keepImportedSpelling(state statusModel) {
	if respelled := p.plan.withSpellingOf(state); p.imported && respelled.sameArguments(state) {
		p.plan = respelled
	}
}
