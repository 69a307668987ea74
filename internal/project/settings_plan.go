package project

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights/grants"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// settingsReader is the part of the API client with which a plan checks a change of settings.
type settingsReader interface {
	grants.IdentityReader
	grants.TrusteeReader
	GetGlobalConfigurationCached(ctx context.Context) (*client.GlobalConfiguration, error)
	SelfCached(ctx context.Context) ([]client.Identity, error)
	GetRight(ctx context.Context, name string) (int64, error)
}

var _ settingsReader = (*client.Client)(nil)

// settingsPlan checks what a planned resource changes of a project. The resources that change
// settings share it.
type settingsPlan struct {
	api         settingsReader // nil while the provider is unknown: nothing is read
	refreshLog  *refreshLog
	diagnostics *diag.Diagnostics

	project string // name of the project, for messages
	dn      string // of a project that exists, empty for one that is created
	before  settings.Settings
	change  settings.Change
	resolve bool // resolve_identities: names for those who lose a role, too
	at      rolePath

	// After is what the change leads to. The others are what check has read.
	after         settings.Settings
	configuration client.GlobalConfiguration
	names         identities
}

// rolePath is the attribute of a resource type at which a problem of a trustee is reported, or, for "",
// one of the whole role.
type rolePath func(role settings.Role, trustee string) path.Path

func newSettingsPlan(
	api *client.Client, refreshLog *refreshLog, diagnostics *diag.Diagnostics, project string, at rolePath,
) *settingsPlan {
	p := &settingsPlan{refreshLog: refreshLog, diagnostics: diagnostics, project: project, at: at}
	if api != nil { // a nil client is not a nil reader
		p.api = api
	}
	return p
}

func (p *settingsPlan) creates() bool { return p.dn == "" }

// checkProject is check for a project that was read. An error is at the name of the project.
func (p *settingsPlan) checkProject(ctx context.Context, project *client.Project, named, pendingAt path.Path) {
	p.project, p.dn, p.before = nameOf(project), project.DN, project.Settings
	switch {
	case p.change.MetBy(p.before):
		return
	case project.Status == lifecycle.Deleted:
		addQueuedError(p.diagnostics, named, project)
		return
	case project.Status == lifecycle.Pending:
		addWarning(p.diagnostics, pendingAt, "Project "+p.project+" waits for its approval",
			"The project is Pending. An approver may have reviewed its settings already, and does not see this change.")
	}
	p.check(ctx)
}

// addQueuedError is for a project that the server does not change.
func addQueuedError(diagnostics *diag.Diagnostics, named path.Path, project *client.Project) {
	diags.AddError(diagnostics, named, "Unable to change project "+nameOf(project), edit.DeletedError(project))
}

// check reports what the change leads to. A change that the project already meets sends nothing, so
// nothing is read for it.
func (p *settingsPlan) check(ctx context.Context) {
	p.after = p.change.Apply(p.before)
	if p.change.MetBy(p.before) && !p.creates() {
		return
	}
	p.warnEveryApplication()
	if p.api != nil {
		// A policy that cannot be read is not checked.
		if configuration, _ := p.api.GetGlobalConfigurationCached(ctx); configuration != nil {
			p.configuration = *configuration
		}
		p.warnFlow("updates", p.configuration.ProjectUpdateFlowDN)
		p.checkTrustees(ctx)
		p.warnSelfDealing()
		p.warnLostOwnership(ctx)
	}
	p.describeChanges()
}

// changes are those who gain and who lose a role.
func (p *settingsPlan) changes(role settings.Role) (gained, lost []string) {
	return settings.Changes(p.before.Trustees(role), p.after.Trustees(role))
}

// manages reports whether the change is about a role.
func (p *settingsPlan) manages(role settings.Role) bool { return !p.change.Role(role).IsEmpty() }

// warnEveryApplication warns if the project no longer restricts applications.
func (p *settingsPlan) warnEveryApplication() {
	if len(p.before.Applications) == 0 || len(p.after.Applications) > 0 {
		return
	}
	at := path.Root("applications")
	addWarning(p.diagnostics, at, "Every application may sign with project "+p.project, fmt.Sprintf(
		"The project permits only %s now. After this apply its list is empty, which permits every signing "+
			"application.", strings.Join(slices.Sorted(slices.Values(p.before.Applications)), ", ")))
}

// describeChanges says in words who gains and who loses a role of an existing project. A resource
// for one trustee shows that by itself.
func (p *settingsPlan) describeChanges() {
	var lines []string
	for _, role := range settings.Roles() {
		var parts []string
		gained, lost := p.changes(role)
		if len(gained) > 0 {
			parts = append(parts, "gained by "+p.names.describe(gained...))
		}
		if len(lost) > 0 {
			parts = append(parts, "lost by "+p.names.describe(lost...))
		}
		if len(parts) > 0 && p.change.Role(role).Exact {
			lines = append(lines, fmt.Sprintf("%s: %s.", role, strings.Join(parts, "; ")))
		}
	}
	if len(lines) > 0 && !p.creates() {
		addWarning(p.diagnostics, path.Empty(), "Applying this changes who has a role on project "+p.project,
			strings.Join(lines, "\n"))
	}
}

// identities are those of trustees that were looked up.
type identities map[string]client.Identity

// describe lists trustees, by name where the name is known.
func (i identities) describe(trustees ...string) string {
	described := make([]string, 0, len(trustees))
	for _, trustee := range trustees {
		if name := displayNameOf(i[trustee]); name != "" {
			trustee = fmt.Sprintf("%s (%s)", name, trustee)
		}
		described = append(described, trustee)
	}
	slices.Sort(described)
	return strings.Join(described, ", ")
}

// displayNameOf is the name by which people know an identity.
func displayNameOf(i client.Identity) string { return cmp.Or(i.Name, i.PrefixedName, i.FullName) }

// warnFlow warns, once in a run, of a flow that may ask for an approval.
func (p *settingsPlan) warnFlow(of string, flow *string) {
	if flow == nil || *flow == "" || !p.refreshLog.isFirst("flow of "+of) {
		return
	}
	addWarning(p.diagnostics, path.Empty(), fmt.Sprintf("The flow %s may ask for an approval of project %s",
		dn.Name(*flow), of),
		fmt.Sprintf("The global configuration assigns the flow %s to %s of projects. If the flow has approvers, the "+
			"server carries out the change after their approval. The apply waits for it until its timeout, and the "+
			"next apply continues to wait. A flow without approvers has a DN too, so the approval is not certain.",
			redact.Visible(*flow), of))
}

// checkDeletion reports the flow that a deletion may wait for.
func (p *settingsPlan) checkDeletion(ctx context.Context) {
	if p.api == nil {
		return
	}
	if configuration, err := p.api.GetGlobalConfigurationCached(ctx); err == nil && configuration != nil {
		p.warnFlow("deletions", configuration.ProjectDeleteFlowDN)
	}
}

// warnLostOwnership warns if the change takes the role Owner from the identity of the provider. On a
// new project the server gives it the role.
func (p *settingsPlan) warnLostOwnership(ctx context.Context) {
	if !p.manages(settings.Owner) {
		return
	}
	self, err := p.api.SelfCached(ctx)
	if err != nil || len(self) == 0 {
		return
	}
	isSelf := func(trustee string) bool {
		return slices.ContainsFunc(self, func(i client.Identity) bool {
			return settings.SameTrustee(i.PrefixedUniversal, trustee)
		})
	}
	owned := p.creates() || slices.ContainsFunc(p.before.Owners, isSelf)
	if !owned || slices.ContainsFunc(p.after.Owners, isSelf) || p.isAdministrator(ctx, self[0]) {
		return
	}
	text := "After this apply, neither the identity of the provider nor one of its groups is an owner. It cannot " +
		"change the project, unless it is a Code Signing Administrator. "
	hasRole := func(role settings.Role) bool { return slices.ContainsFunc(p.after.Trustees(role), isSelf) }
	if !slices.ContainsFunc(settings.Roles(), hasRole) {
		text = "After this apply you can't see or change the project, unless the identity of the provider is a " +
			"Code Signing Administrator: neither it nor one of its groups has a role on the project. "
	}
	addWarning(p.diagnostics, p.at(settings.Owner, ""), "The provider loses access to project "+p.project,
		text+"To keep the access, add the identity or one of its groups to the owners.")
}

// isAdministrator is false if the server does not say. Only administrators may list the rights of a
// trustee, application administrators included.
func (p *settingsPlan) isAdministrator(ctx context.Context, caller client.Identity) bool {
	const admin, applicationAdmin = signright.Admin, signright.ApplicationAdmin
	if !p.creates() {
		sum, err := p.api.GetRight(ctx, p.dn)
		return err == nil && sum&admin != 0
	}
	list, err := p.api.GetTrusteeRights(ctx, caller.PrefixedUniversal)
	if err != nil {
		return false
	}
	sum := int64(0)
	for _, g := range list {
		sum |= g.Value
	}
	return sum&admin != 0 || sum&applicationAdmin == 0
}

// claimRoles registers the roles that a planned resource manages. Another resource for one of them is
// an error: each apply would undo the other one. Names are all names of the project that the plan
// knows.
func (p *settingsPlan) claimRoles(names []client.ProjectRef, claim roleClaim, roles ...settings.Role) {
	for _, role := range roles {
		other, conflict := p.refreshLog.roles.add(claim, roleKeys(names, role)...)
		if !conflict {
			continue
		}
		p.diagnostics.AddAttributeError(p.at(role, claim.Trustee), fmt.Sprintf(
			"Two resources manage the role %s of project %s", role, p.project), conflictOfClaims(claim, other))
	}
}

func conflictOfClaims(own, other roleClaim) string {
	text := fmt.Sprintf("This %s (%s) and a %s (%s)", own.TypeName, own.Name, other.TypeName, other.Name)
	if own.Trustee != "" && other.Trustee != "" {
		return text + " give the role to the same trustee, so the destroy of one revokes the role of the other. " +
			"Keep one of them."
	}
	return text + " both manage the role, so each apply undoes the other. A role belongs to the list in " +
		"codesign_project, to one codesign_project_role, or to codesign_project_role_member resources. Keep one of " +
		"the three."
}
