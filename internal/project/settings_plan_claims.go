package project

import (
	"fmt"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// claimRoles registers the roles that a planned resource manages. Another resource for one of them is
// an error: each apply would undo the other one. Names are all names of the project that the plan
// knows.
func (p *settingsPlan) claimRoles(names []client.ProjectRef, claim config.RoleClaim, roles ...settings.Role) {
	for _, role := range roles {
		other, conflict := p.refreshLog.Roles.Add(names, role, claim)
		if !conflict {
			continue
		}
		at := p.at.role(role)
		if claim.Trustee != "" {
			at = p.at.trustee(role, claim.Trustee)
		}
		p.diagnostics.AddAttributeError(at, fmt.Sprintf("Two resources manage the role %s of project %s",
			role, p.project),
			conflictOfClaims(claim, other))
	}
}

// releaseRoles reverts claimRoles: the CLI plans a replaced resource twice.
func (p *settingsPlan) releaseRoles(names []client.ProjectRef, claim config.RoleClaim, roles ...settings.Role) {
	for _, role := range roles {
		p.refreshLog.Roles.Remove(names, role, claim)
	}
}

func conflictOfClaims(own, other config.RoleClaim) string {
	text := fmt.Sprintf("This %s (%s) and a %s (%s)", own.Type, own.Name, other.Type, other.Name)
	if own.Trustee != "" && other.Trustee != "" {
		return text + " give the role to the same trustee, so the destroy of one revokes the role of the other. " +
			"Keep one of them."
	}
	return text + " both manage the role, so each apply undoes the other. A role belongs to the list in " +
		"codesign_project, to one codesign_project_role, or to codesign_project_role_member resources. Keep one of " +
		"the three."
}
