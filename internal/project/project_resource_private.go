package project

import (
	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// plannedProjectKey travels with a plan and is not kept in the state. In a replacement the CLI passes
// it to the plan of the new object.
const plannedProjectKey = config.PrivateKey[plannedProject]("planned_project")

// plannedProject is a planned object. The names are those of the state, if there is one.
type plannedProject struct {
	storedNames
	// Name and Roles are of the claims.
	Name  string          `json:"name"`
	Roles []settings.Role `json:"roles,omitempty"`
	// Protected and Policy are those of the object in the state, which a replacement destroys.
	Protected bool   `json:"protected,omitempty"`
	Policy    string `json:"policy,omitempty"`
}

func (p *projectPlanner) planned() plannedProject {
	planned := plannedProject{Name: p.config.claim().Name, Roles: p.config.managedRoles()}
	planned.DN = p.plan.DN.ValueString()
	if p.state.GUID.ValueString() != "" {
		planned.storedNames = p.state.stored()
		planned.Protected = p.state.DeletionProtection.ValueBool()
		planned.Policy = p.state.DeletionPolicy.ValueString()
	}
	return planned
}

// deletes reports whether the destroy of the object deletes the project.
func (p plannedProject) deletes(project *client.Project) bool {
	return p.GUID != "" && dn.EqualGUID(p.GUID, project.GUID) && p.Policy == deletePolicy
}

// releaseReplaced reverts the claims of the first plan of a replaced resource.
func (p *projectPlanner) releaseReplaced() {
	checks := newSettingsPlan(nil, p.refreshLog, nil, "", settingsPaths{})
	checks.releaseRoles(p.replaced.names().refs(),
		config.RoleClaim{Type: "codesign_project", Name: p.replaced.Name}, append(p.replaced.Roles, wholeProject)...)
}
