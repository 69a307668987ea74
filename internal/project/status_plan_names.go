package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/resourcevalidator"
	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// ConfigValidators wants a name of the project.
func (r *statusResource) ConfigValidators(context.Context) []resource.ConfigValidator {
	return []resource.ConfigValidator{
		resourcevalidator.AtLeastOneOf(path.MatchRoot("dn"), path.MatchRoot("guid"), path.MatchRoot("project_id")),
	}
}

// ValidateConfig wants no more than one name. All three are what a CLI writes when
// it generates the configuration of a project to import, so they are accepted as
// well; that they name the same project is for the plan to see.
func (r *statusResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config statusModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	missing := 0
	for _, name := range []fwattr.Value{config.DN, config.GUID, config.ProjectID} {
		switch {
		case name.IsUnknown():
			return
		case name.IsNull():
			missing++
		}
	}
	if missing == 1 && !resp.Diagnostics.HasError() {
		resp.Diagnostics.AddAttributeError(config.address().Path, "Invalid Attribute Combination",
			"Exactly one of these attributes must be configured: [dn,guid,project_id]")
	}
}

// agree wants the further names of a generated configuration to be names of the
// same project.
func (p *planning) agree(guid string, projectID int64) {
	disagrees := func(attribute string) {
		p.resp.Diagnostics.AddAttributeError(path.Root(attribute), "This is the name of another project",
			"dn, guid and project_id name different projects. Configure one of them.")
	}
	if p.named.Path.Equal(path.Root("dn")) && p.config.GUID.ValueString() != "" && !dn.EqualGUID(p.config.GUID.ValueString(), guid) {
		disagrees("guid")
	}
	if id := p.config.ProjectID.ValueInt64(); id != 0 && id != projectID {
		disagrees("project_id")
	}
}

// names tells whether the configured name is the one that the other model has.
func (m statusModel) names(other statusModel) bool {
	switch {
	case !m.DN.IsNull():
		return dn.Equal(m.DN.ValueString(), other.DN.ValueString())
	case !m.GUID.IsNull():
		return dn.EqualGUID(m.GUID.ValueString(), other.GUID.ValueString())
	default:
		return m.ProjectID.Equal(other.ProjectID)
	}
}

// renamed is true if the configuration is as it was, and its name leads nowhere
// now: somebody renamed the project on the server. It is still the same one, so
// the plan keeps the server's name and says so.
func (p *planning) renamed(ctx context.Context, state statusModel) bool {
	_, err := reconcile.GetCached(ctx, p.client, p.named.Ref)
	if failure.CodeOf(err) != failure.NotFound {
		return false
	}
	p.plan.DN = state.DN
	warn(&p.resp.Diagnostics, path.Root("dn"), "The project was renamed on the server",
		sprintf("The project that was %s is %s now. It is the same project, by its GUID, and goes on being managed. "+
			"Write its new name in the configuration.", p.config.DN.ValueString(), state.DN.ValueString()))
	return true
}

// sameUnderNewName looks whose name the configuration has now. Another
// project's means that the resource is replaced.
func (p *planning) sameUnderNewName(ctx context.Context, state statusModel) bool {
	project, err := reconcile.GetCached(ctx, p.client, p.named.Ref)
	if err != nil {
		p.fail(err)
		return false
	}
	if dn.EqualGUID(project.GUID, state.GUID.ValueString()) {
		return true
	}
	p.replace(ctx, state, project)
	return false
}

// replace also speaks of the one case in which a replacement comes too late: a
// name that was not known when the plan was made, and that turns out in the apply
// to be another project's. The CLI stops there, in words of its own.
func (p *planning) replace(ctx context.Context, state statusModel, project *client.Project) {
	p.resp.RequiresReplace = append(p.resp.RequiresReplace, p.named.Path)
	if !p.plan.Status.IsUnknown() {
		p.announceWait(ctx, project) // the CLI drops the warnings of the create that follows
		p.showSubmission(ctx, project)
	}
	p.planned.Project = reconcile.RefOf(project).Folded()
	p.compareDesired()
	if !p.recollection.Refreshed.Has(state.byGUID().Ref) {
		warn(&p.resp.Diagnostics, p.named.Path, "This names another project",
			sprintf("The resource is about %s, and the configuration turns out to name %s, so the resource has to be replaced. "+
				"While planning without a refresh, that is all. During an apply the CLI stops here, with \"Provider produced inconsistent final plan\": "+
				"the name was not known when the plan was made. Nothing was sent. Plan again: the new plan knows it and replaces the resource.",
				state.called(), project.DN))
	}
}

// keepNames plans the names that are not configured as they are.
func (p *planning) keepNames(state statusModel) {
	if p.config.DN.IsNull() {
		p.plan.DN = state.DN
	}
	if p.config.GUID.IsNull() {
		p.plan.GUID = state.GUID
	}
	if p.config.ProjectID.IsNull() {
		p.plan.ProjectID = state.ProjectID
	}
}

// keepImported keeps the spelling that an import brought if nothing else changes: an import whose
// configuration matches the server changes nothing. If something changes, the same apply takes the
// configuration's spelling.
func (p *planning) keepImported(state statusModel) {
	if respelled := p.plan.spelled(state); p.imported && respelled.sameAs(state) {
		p.plan = respelled
	}
}

// spelled has the names as the state spells them, where they are the same names.
func (m statusModel) spelled(state statusModel) statusModel {
	if dn.Equal(m.DN.ValueString(), state.DN.ValueString()) {
		m.DN = state.DN
	}
	if dn.EqualGUID(m.GUID.ValueString(), state.GUID.ValueString()) {
		m.GUID = state.GUID
	}
	return m
}
