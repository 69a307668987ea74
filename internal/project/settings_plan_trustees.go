package project

import (
	"context"
	"fmt"
	"slices"
	"strings"

	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights/grants"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// checkTrustees looks up who gains a role. A trustee that the server does not know is an error: the
// server accepts it, and the role has no holder. It returns the identities that it found.
func (p *settingsPlan) checkTrustees(
	ctx context.Context, changes []roleChange, after settings.Settings, configuration *client.GlobalConfiguration,
) map[string]client.Identity {
	groupsOnly := configuration.EnforceGroupRoles != nil && *configuration.EnforceGroupRoles
	var gained, others []string
	for _, c := range changes {
		gained = append(gained, c.gained...)
		if p.resolve {
			others = append(others, c.lost...)
		}
	}
	if groupsOnly {
		others = append(others, p.managedBefore()...)
	}
	names, unknown, err := grants.Find(ctx, p.api, distinctTrustees(gained, others))
	if err != nil && len(gained) > 0 && p.refreshLog.isFirst("trustees") {
		diags.AddWarning(p.diagnostics, path.Empty(), "Unable to check the trustees", diags.WithRemedy(err,
			"The server may accept a trustee that does not exist. Compare the prefixed universals before you apply. "+
				"The check needs the scope `configuration`."))
	}
	for _, c := range changes {
		p.checkGained(c, unknown, names, groupsOnly)
	}
	if groupsOnly {
		p.warnUsers(after, names)
	}
	return names
}

// managedBefore are the trustees that have a role which the change manages.
func (p *settingsPlan) managedBefore() []string {
	var trustees []string
	for _, role := range settings.Roles() {
		if !p.change.Role(role).IsEmpty() {
			trustees = append(trustees, p.before.Trustees(role)...)
		}
	}
	return trustees
}

func distinctTrustees(lists ...[]string) []string {
	all := slices.Sorted(slices.Values(slices.Concat(lists...)))
	return slices.Compact(all)
}

func (p *settingsPlan) checkGained(
	c roleChange, unknown []string, names map[string]client.Identity, groupsOnly bool,
) {
	for _, trustee := range c.gained {
		switch {
		case slices.Contains(unknown, trustee):
			p.diagnostics.AddAttributeError(p.at(c.role, trustee), "Unknown trustee", fmt.Sprintf(
				"The server has no identity %s. It may still accept the trustee, and the role %s on project %s "+
					"would have no holder. The data source codesign_identity reads the prefixed universal of a name.",
				trustee, c.role, p.project))
		case groupsOnly && isUser(names[trustee]):
			p.diagnostics.AddAttributeError(p.at(c.role, trustee), "A user cannot have a role", fmt.Sprintf(
				"The global configuration requires that only groups have a role on a project (EnforceGroupRoles), and "+
					"%s is a user. Give the role %s to a group of this user.", describeTrustee(trustee, names),
				c.role))
		}
	}
}

func isUser(i client.Identity) bool { return i.Kind() == "user" }

// warnUsers warns of users that had and keep a role under EnforceGroupRoles.
func (p *settingsPlan) warnUsers(after settings.Settings, names map[string]client.Identity) {
	for _, role := range settings.Roles() {
		if p.change.Role(role).IsEmpty() {
			continue
		}
		users := slices.DeleteFunc(slices.Clone(p.before.Trustees(role)), func(trustee string) bool {
			return !isUser(names[trustee]) || !settings.Contains(after.Trustees(role), trustee)
		})
		if len(users) == 0 {
			continue
		}
		addWarning(p.diagnostics, p.at(role, ""), fmt.Sprintf("Users have the role %s on project %s", role, p.project),
			fmt.Sprintf("The global configuration requires that only groups have a role on a project "+
				"(EnforceGroupRoles). These users have had the role before: %s. Replace them with groups.",
				describeTrustees(users, names)))
	}
}

// warnSelfDealing warns of Key Users with another role: the server refuses their signings, not the
// update.
func (p *settingsPlan) warnSelfDealing(
	after settings.Settings, configuration *client.GlobalConfiguration, names map[string]client.Identity,
) {
	changesRole := slices.ContainsFunc(settings.Roles(), func(role settings.Role) bool {
		_, changes := p.change.Lists[role.Field()]
		return changes
	})
	if configuration.PreventSelfDealing == nil || !*configuration.PreventSelfDealing || !changesRole {
		return
	}
	var lines []string
	for _, trustee := range after.KeyUsers {
		var roles []string
		for _, role := range settings.Roles() {
			if role != settings.Use && settings.Contains(after.Trustees(role), trustee) {
				roles = append(roles, string(role))
			}
		}
		if len(roles) > 0 {
			lines = append(lines, fmt.Sprintf("%s: Use, %s", describeTrustee(trustee, names),
				strings.Join(roles, ", ")))
		}
	}
	if len(lines) == 0 {
		return
	}
	slices.Sort(lines)
	addWarning(p.diagnostics, p.selfDealingPath(), "Key Users of project "+p.project+" have another role",
		"The global configuration forbids this (PreventSelfDealing). The server accepts the roles and refuses "+
			"the signings of these trustees. It also counts roles that they have through groups.\n"+strings.Join(lines,
			"\n"))
}

// selfDealingPath is the attribute of a role that the change manages, Key Users first.
func (p *settingsPlan) selfDealingPath() path.Path {
	for _, role := range []settings.Role{settings.Use, settings.ApproveUse, settings.Owner, settings.Audit} {
		if !p.change.Role(role).IsEmpty() {
			return p.at(role, "")
		}
	}
	return path.Empty()
}

// namesOf maps trustees to their names, for the computed attribute `names`. It is null unless
// resolve_identities is true. A trustee that cannot be resolved causes a warning and has no entry.
func namesOf(
	ctx context.Context, api grants.IdentityReader, resolve types.Bool, trustees []string,
	diagnostics *diag.Diagnostics,
) types.Map {
	if !resolve.ValueBool() {
		return types.MapNull(types.StringType)
	}
	found, err := grants.Resolve(ctx, api, distinctTrustees(trustees))
	if err != nil {
		diags.AddWarning(diagnostics, path.Root("resolve_identities"), "Unable to resolve some trustees", err)
	}
	names := map[string]fwattr.Value{}
	for trustee, identity := range found {
		if name := displayNameOf(identity); name != "" {
			names[trustee] = types.StringValue(name)
		}
	}
	return types.MapValueMust(types.StringType, names)
}

// planNames looks up names for a plan. They are unknown if a lookup fails: it may succeed in the
// apply.
func planNames(ctx context.Context, api *client.Client, resolve types.Bool, trustees types.Set) types.Map {
	switch {
	case !resolve.IsUnknown() && !resolve.ValueBool():
		return types.MapNull(types.StringType)
	case resolve.IsUnknown() || api == nil || !isWhollyKnown(trustees):
		return types.MapUnknown(types.StringType)
	}
	var warnings diag.Diagnostics
	names := namesOf(ctx, api, resolve, stringsOf(trustees), &warnings)
	if len(warnings) > 0 {
		return types.MapUnknown(types.StringType)
	}
	return names
}

// nameIn is the entry of a trustee, null without one. The names may be unknown.
func nameIn(names types.Map, trustee string) types.String {
	if names.IsUnknown() {
		return types.StringUnknown()
	}
	name, _ := names.Elements()[trustee].(types.String)
	return name
}

var _ grants.IdentityReader = (*client.Client)(nil)
