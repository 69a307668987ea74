package project

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// namesPlan plans the names of the project in which a resource manages a role.
type namesPlan struct {
	api        *client.Client
	refreshLog *config.RefreshLog
	resp       *resource.ModifyPlanResponse
	config     projectNames
	plan       *projectNames
	named      address // the project as the configuration names it
	claimed    bool    // compared with the other resources of this plan
}

// create reads the project of a new resource. It returns nil if the project cannot be read now.
func (p *namesPlan) create(ctx context.Context) *client.Project {
	if p.api == nil || !p.named.known {
		return nil
	}
	project, created, err := p.getNamed(ctx)
	switch {
	case created:
		return nil
	case isNotFound(err) && p.refreshLog.Missing.Has(p.named.ref):
		addWarning(&p.resp.Diagnostics, p.named.path, "The project no longer exists", fmt.Sprintf(
			"The refresh found no project %s. An apply of this configuration fails here and sends nothing. "+
				"If the project was deleted on purpose, remove this block.", p.named.ref))
		return nil
	case err != nil:
		p.fail(displayName(p.named.ref), err)
		return nil
	}
	p.checkSameProject(project.GUID, project.ID)
	p.plan.fillNames(project)
	return project
}

// update plans the names of a resource in the state. It reports whether the configuration names the
// same project. The name of another project replaces the resource. Applied is the configured name at
// the last apply.
func (p *namesPlan) update(ctx context.Context, state, applied projectNames) (same bool) {
	switch {
	case !p.named.known, p.api == nil && !p.config.sameName(state):
		return false // which project the name addresses is unknown
	case p.config.sameName(state), p.config.sameName(applied) && p.isRenamed(ctx, state):
	case !p.isSameProject(ctx, state):
		return false
	}
	p.keep(state)
	p.checkSameProject(state.GUID.ValueString(), state.ProjectID.ValueInt64())
	return true
}

// keep plans the names that are not configured as they are in the state, and the spelling of the
// state.
func (p *namesPlan) keep(state projectNames) {
	p.plan.keepComputed(p.config, state)
	*p.plan = p.plan.spelledAs(state)
}

// isRenamed reports whether the configured name no longer exists, although the configuration did not
// change: the project was renamed on the server.
func (p *namesPlan) isRenamed(ctx context.Context, state projectNames) bool {
	if _, err := reconcile.GetSettingsCached(ctx, p.api, p.named.ref); !isNotFound(err) {
		return false
	}
	p.plan.DN = state.DN
	addWarning(&p.resp.Diagnostics, path.Root("dn"), renamedSummary,
		renamedDetail(p.config.DN.ValueString(), state.DN.ValueString()))
	return true
}

func (p *namesPlan) isSameProject(ctx context.Context, state projectNames) bool {
	project, created, err := p.getNamed(ctx)
	switch {
	case created:
		p.resp.RequiresReplace = append(p.resp.RequiresReplace, p.named.path)
		return false
	case err != nil:
		p.fail(displayName(p.named.ref), err)
		return false
	case dn.EqualGUID(project.GUID, state.GUID.ValueString()):
		return true
	}
	p.resp.RequiresReplace = append(p.resp.RequiresReplace, p.named.path)
	if !p.refreshLog.Refreshed.Has(state.byGUID().ref) {
		addWarning(&p.resp.Diagnostics, p.named.path, anotherProjectSummary,
			anotherProjectDetail(state.fullName(), project.DN))
	}
	return false
}

// getPlanned reads the project that will have a name after the apply: a plan of codesign_project may
// create or rename it. Created is true for a project that does not exist yet.
func getPlanned(
	refreshLog *config.RefreshLog, ref client.ProjectRef, get func(client.ProjectRef) (*client.Project, error),
) (p *client.Project, created bool, err error) {
	p, err = get(ref)
	guid, planned := refreshLog.Planned.GUID(ref)
	switch {
	case !planned || !isNotFound(err):
		return p, false, err
	case guid == "":
		return nil, true, nil
	}
	p, err = get(client.ByGUID(guid))
	return p, false, err
}

func (p *namesPlan) getNamed(ctx context.Context) (project *client.Project, created bool, err error) {
	return getPlanned(p.refreshLog, p.named.ref, func(ref client.ProjectRef) (*client.Project, error) {
		return reconcile.GetSettingsCached(ctx, p.api, ref)
	})
}

// checkSameProject fails if a generated configuration names different projects.
func (p *namesPlan) checkSameProject(guid string, projectID int64) {
	if at, differs := p.config.differsFrom(p.named, guid, projectID); differs {
		p.resp.Diagnostics.AddAttributeError(at, differentNamesSummary, differentNamesDetail)
	}
}

// fail reports that the named project cannot be read. The CLI makes this plan before a destroy, too.
func (p *namesPlan) fail(name string, err error) {
	if code := failure.CodeOf(err); code == failure.NotFound || code == failure.Indeterminate {
		err = diags.WithRemedy(err, diags.PlanRemedy)
	}
	diags.AddError(&p.resp.Diagnostics, diags.AttributeFor(p.named.path, err), "Unable to read project "+name, err)
}

// Texts of the plans of all resources with a project.
const (
	renamedSummary        = "The project was renamed on the server"
	anotherProjectSummary = "The name addresses another project"
	differentNamesSummary = "Names of different projects"
	differentNamesDetail  = "dn, guid and project_id name different projects. Configure one of them."
)

func renamedDetail(before, now string) string {
	return fmt.Sprintf("The project %s is now named %s. It has the same GUID, and the resource continues to manage "+
		"it. Change dn to the new name.", before, now)
}

func anotherProjectDetail(managed, named string) string {
	return fmt.Sprintf("The resource manages %s, and the configuration names %s, so the resource must be replaced. "+
		"During an apply, the CLI stops with \"Provider produced inconsistent final plan\", because the name was "+
		"unknown in the plan. Nothing was sent. Make a new plan: it replaces the resource.", managed, named)
}
