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
// server accepts it, and the role has no holder.
func (p *settingsPlan) checkTrustees(ctx context.Context) {
	groupsOnly := isTrue(p.configuration.EnforceGroupRoles)
	var gained, others []string
	for _, role := range settings.Roles() {
		gains, losses := p.changes(role)
		gained = append(gained, gains...)
		if p.resolve {
			others = append(others, losses...)
		}
		if groupsOnly && p.manages(role) {
			others = append(others, p.before.Trustees(role)...)
		}
	}
	names, unknown, err := grants.Find(ctx, p.api, distinct(gained, others))
	if err != nil && len(gained) > 0 && p.refreshLog.isFirst("trustees") {
		diags.AddWarning(p.diagnostics, path.Empty(), "Unable to check the trustees", diags.WithRemedy(err,
			"The server may accept a trustee that does not exist. Compare the prefixed universals before you apply. "+
				"The check needs the scope `configuration`."))
	}
	p.names = names
	for _, role := range settings.Roles() {
		p.checkGained(role, unknown, groupsOnly)
		if groupsOnly && p.manages(role) {
			p.warnUsers(role)
		}
	}
}

func isTrue(policy *bool) bool { return policy != nil && *policy }

func distinct(lists ...[]string) []string {
	all := slices.Sorted(slices.Values(slices.Concat(lists...)))
	return slices.Compact(all)
}

func (p *settingsPlan) checkGained(role settings.Role, unknown []string, groupsOnly bool) {
	gained, _ := p.changes(role)
	for _, trustee := range gained {
		switch {
		case slices.Contains(unknown, trustee):
			p.diagnostics.AddAttributeError(p.at(role, trustee), "Unknown trustee", fmt.Sprintf(
				"The server has no identity %s. It may still accept the trustee, and the role %s on project %s "+
					"would have no holder. The data source codesign_identity reads the prefixed universal of a name.",
				trustee, role, p.project))
		case groupsOnly && isUser(p.names[trustee]):
			p.diagnostics.AddAttributeError(p.at(role, trustee), "A user cannot have a role", fmt.Sprintf(
				"The global configuration requires that only groups have a role on a project (EnforceGroupRoles), and "+
					"%s is a user. Give the role %s to a group of this user.", p.names.describe(trustee), role))
		}
	}
}

func isUser(i client.Identity) bool { return i.Kind() == "user" }

// warnUsers warns of users that had and keep a role under EnforceGroupRoles.
func (p *settingsPlan) warnUsers(role settings.Role) {
	users := slices.DeleteFunc(slices.Clone(p.before.Trustees(role)), func(trustee string) bool {
		return !isUser(p.names[trustee]) || !settings.Contains(p.after.Trustees(role), trustee)
	})
	if len(users) == 0 {
		return
	}
	addWarning(p.diagnostics, p.at(role, ""), fmt.Sprintf("Users have the role %s on project %s", role, p.project),
		fmt.Sprintf("The global configuration requires that only groups have a role on a project (EnforceGroupRoles). "+
			"These users have had the role before: %s. Replace them with groups.", p.names.describe(users...)))
}

// warnSelfDealing warns of Key Users with another role: the server refuses their signings, not the
// update.
func (p *settingsPlan) warnSelfDealing() {
	managed := []settings.Role{settings.Use, settings.ApproveUse, settings.Owner, settings.Audit}
	managed = slices.DeleteFunc(managed, func(role settings.Role) bool { return !p.manages(role) })
	if !isTrue(p.configuration.PreventSelfDealing) || len(managed) == 0 {
		return
	}
	var lines []string
	for _, trustee := range p.after.KeyUsers {
		roles := slices.DeleteFunc(roleNames(), func(role string) bool {
			r := settings.Role(role)
			return r == settings.Use || !settings.Contains(p.after.Trustees(r), trustee)
		})
		if len(roles) > 0 {
			lines = append(lines, fmt.Sprintf("%s: Use, %s", p.names.describe(trustee), strings.Join(roles, ", ")))
		}
	}
	if len(lines) == 0 {
		return
	}
	slices.Sort(lines)
	addWarning(p.diagnostics, p.at(managed[0], ""), "Key Users of project "+p.project+" have another role",
		"The global configuration forbids this (PreventSelfDealing). The server accepts the roles and refuses "+
			"the signings of these trustees. It also counts roles that they have through groups.\n"+strings.Join(lines,
			"\n"))
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
	found, err := grants.Resolve(ctx, api, distinct(trustees))
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
func planNames(
	ctx context.Context, api *client.Client, resolve types.Bool, trustees []string, known bool,
) types.Map {
	switch {
	case !resolve.IsUnknown() && !resolve.ValueBool():
		return types.MapNull(types.StringType)
	case resolve.IsUnknown() || api == nil || !known:
		return types.MapUnknown(types.StringType)
	}
	var warnings diag.Diagnostics
	names := namesOf(ctx, api, resolve, trustees, &warnings)
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
