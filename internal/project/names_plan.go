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

// namesPlan plans the names of the project that a resource addresses by one of them.
type namesPlan struct {
	api        *client.Client
	refreshLog *refreshLog
	resp       *resource.ModifyPlanResponse
	configured projectNames  // in the configuration
	names      *projectNames // of the plan
	named      address       // the project as the configuration names it
	// get reads a project. errorPath is the attribute at fault if that fails.
	get       getProject
	errorPath func(named path.Path, err error) path.Path
}

func newNamesPlan(
	ctx context.Context, r *config.ResourceClient, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
	names *projectNames,
) namesPlan {
	configured := configuredNames(ctx, req.Config, &resp.Diagnostics)
	return namesPlan{
		api: r.Client(), refreshLog: logOf(r), resp: resp,
		configured: configured, names: names, named: configured.address(),
		get: reconcile.GetSettingsCached, errorPath: diags.AttributeFor,
	}
}

// create reads the project of a new resource. It returns nil if the project cannot be read. Unknown is
// true if only the apply can read it.
func (p *namesPlan) create(ctx context.Context) (project *client.Project, unknown bool) {
	if p.api == nil || !p.named.known {
		return nil, true
	}
	project, created, err := p.getNamed(ctx)
	switch {
	case created:
		return nil, true
	case isNotFound(err) && p.refreshLog.missing.has(p.named.ref):
		// A destroy makes the same plan after its refresh, and the provider cannot distinguish the two.
		addWarning(&p.resp.Diagnostics, p.named.path, "The project no longer exists", fmt.Sprintf(
			"The refresh found no project %s. An apply of this configuration fails here and sends nothing. "+
				"If the project was deleted on purpose, remove this block.", p.named.ref))
		return nil, false
	case err != nil:
		p.failRead(displayName(p.named.ref), err)
		return nil, false
	}
	p.checkSameProject(project.GUID, project.ID)
	p.names.fillNames(project)
	return project, false
}

// update plans the names of a resource in the state. It reports whether the configuration names the
// same project. Another project replaces the resource, and is nil if it does not exist yet. Applied is
// the configured name at the last apply.
func (p *namesPlan) update(
	ctx context.Context, state, applied projectNames,
) (same bool, another *client.Project) {
	if p.isUndecided(state) {
		return false, nil
	}
	switch {
	case p.configured.sameName(state), p.configured.sameName(applied) && p.isRenamed(ctx, state):
	default:
		if same, another = p.isSameProject(ctx, state); !same {
			return false, another
		}
	}
	p.names.keepComputed(p.configured, state)
	p.checkSameProject(state.GUID.ValueString(), state.ProjectID.ValueInt64())
	return true, nil
}

// isUndecided reports whether it is unknown which project the name addresses.
func (p *namesPlan) isUndecided(state projectNames) bool {
	return !p.named.known || p.api == nil && !p.configured.sameName(state)
}

// isRenamed reports whether the configured name no longer exists, although the configuration did not
// change. The project was renamed on the server, so the plan keeps the new name and warns.
func (p *namesPlan) isRenamed(ctx context.Context, state projectNames) bool {
	if _, err := p.get(ctx, p.api, p.named.ref); !isNotFound(err) {
		return false
	}
	p.names.DN = state.DN
	addWarning(&p.resp.Diagnostics, path.Root("dn"), "The project was renamed on the server", fmt.Sprintf(
		"The project %s is now named %s. It has the same GUID, and the resource continues to manage it. Change dn to "+
			"the new name.", p.configured.DN.ValueString(), state.DN.ValueString()))
	return true
}

// isSameProject reports whether a changed name addresses the project of the state. A replacement may
// come too late: if a name was unknown in the plan, and the apply finds that it addresses another
// project, the CLI stops with a message of its own.
func (p *namesPlan) isSameProject(ctx context.Context, state projectNames) (same bool, another *client.Project) {
	project, created, err := p.getNamed(ctx)
	switch {
	case err != nil:
		p.failRead(displayName(p.named.ref), err)
		return false, nil
	case !created && dn.EqualGUID(project.GUID, state.GUID.ValueString()):
		return true, nil
	}
	p.resp.RequiresReplace = append(p.resp.RequiresReplace, p.named.path)
	if !created && !p.refreshLog.refreshed.has(state.byGUID().ref) {
		addWarning(&p.resp.Diagnostics, p.named.path, "The name addresses another project", fmt.Sprintf(
			"The resource manages %s, and the configuration names %s, so the resource must be replaced. During an "+
				"apply, the CLI stops with \"Provider produced inconsistent final plan\", because the name was "+
				"unknown in the plan. Nothing was sent. Make a new plan: it replaces the resource.",
			state.fullName(), project.DN))
	}
	return false, project
}

// getNamed reads the project that will have the configured name after the apply: a plan of
// codesign_project may create or rename it. Created is true for a project that does not exist yet.
func (p *namesPlan) getNamed(ctx context.Context) (project *client.Project, created bool, err error) {
	project, err = p.get(ctx, p.api, p.named.ref)
	guid, planned := p.refreshLog.plannedGUID(p.named.ref)
	switch {
	case !planned || !isNotFound(err):
		return project, false, err
	case guid == "":
		return nil, true, nil
	}
	project, err = p.get(ctx, p.api, client.ByGUID(guid))
	return project, false, err
}

// checkSameProject fails if a generated configuration, which sets all names, names different projects.
func (p *namesPlan) checkSameProject(guid string, projectID int64) {
	at, configured, id := path.Root("project_id"), p.configured.GUID.ValueString(), p.configured.ProjectID.ValueInt64()
	differs := id != 0 && id != projectID
	if p.named.path.Equal(path.Root("dn")) && configured != "" && !dn.EqualGUID(configured, guid) {
		at, differs = path.Root("guid"), true
	}
	if differs {
		p.resp.Diagnostics.AddAttributeError(at, "Names of different projects",
			"dn, guid and project_id name different projects. Configure one of them.")
	}
}

// failRead reports that a project cannot be read.
func (p *namesPlan) failRead(name string, err error) {
	at := p.errorPath(p.named.path, err)
	diags.AddError(&p.resp.Diagnostics, at, "Unable to read project "+name, withPlanRemedy(err))
}

// withPlanRemedy adds how to destroy the resource: the CLI makes this plan before a destroy, too.
func withPlanRemedy(err error) error {
	switch failure.CodeOf(err) {
	case failure.NoRoute, failure.NotFound, failure.Indeterminate:
		return diags.WithRemedy(err, diags.PlanRemedy)
	default:
		return err
	}
}
