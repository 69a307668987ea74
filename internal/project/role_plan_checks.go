package project

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// settingsPlanOf prepares the checks that all resources with settings share.
func (p *namesPlan) settingsPlanOf(name string, at settingsPaths) *settingsPlan {
	checks := &settingsPlan{refreshLog: p.refreshLog, diagnostics: &p.resp.Diagnostics, project: name, at: at}
	checks.useClient(p.api)
	return checks
}

// claimRole fails if another resource of this plan manages the role, too.
func (p *namesPlan) claimRole(names projectNames, role settings.Role, claim config.RoleClaim, at settingsPaths) {
	p.settingsPlanOf(nameOf(names.project()), at).claimRoles(names.refs(), claim, role)
	p.claimed = true
}

// releaseReplaced reverts the claim of the first plan of a replaced resource.
func (p *namesPlan) releaseReplaced(replaced plannedRole) {
	if !replaced.Claimed {
		return
	}
	claim := config.RoleClaim{Type: "codesign_project_role", Name: replaced.Name}
	if replaced.Member {
		claim.Type, claim.Trustee = "codesign_project_role_member", replaced.Trustees[0]
	}
	p.settingsPlanOf("", settingsPaths{}).releaseRoles(replaced.refs(), claim, settings.Role(replaced.Role))
}

// checkChange checks who gains and who loses the role on a project that was read.
func (p *namesPlan) checkChange(
	ctx context.Context, project *client.Project, change settings.Change, resolve bool, at settingsPaths,
) {
	before := edit.SettingsOf(project)
	if change.MetBy(before) {
		return
	}
	switch project.Status {
	case lifecycle.Deleted:
		p.resp.Diagnostics.AddAttributeError(p.named.path, "Unable to change project "+nameOf(project), fmt.Sprintf(
			"The project %s is queued for deletion, and the server refuses changes until the deletion is decided. "+
				"Nothing was sent. Remove the resource, or plan again after a rejected deletion.", project.DN))
		return
	case lifecycle.Pending:
		addWarning(&p.resp.Diagnostics, path.Root("role"), "Project "+nameOf(project)+" waits for its approval",
			"The project is Pending. An approver may have reviewed its roles already, and does not see this change.")
	default:
	}
	checks := p.settingsPlanOf(nameOf(project), at)
	checks.dn, checks.before, checks.change, checks.resolve = project.DN, before, change, resolve
	checks.check(ctx)
}
