package project

import (
	"context"
	"slices"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

// warnLostOwnership warns if the change takes the role Owner from the identity of the provider. On a
// new project the server gives it the role.
func (p *settingsPlan) warnLostOwnership(ctx context.Context, after settings.Settings) {
	if p.change.Role(settings.Owner).IsEmpty() {
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
	if !owned || slices.ContainsFunc(after.Owners, isSelf) || p.isAdministrator(ctx, self[0]) {
		return
	}
	text := "After this apply, neither the identity of the provider nor one of its groups is an owner. It cannot " +
		"change the project, unless it is a Code Signing Administrator. "
	if !p.hasAnyRole(after, isSelf) {
		text = "After this apply you can't see or change the project, unless the identity of the provider is a " +
			"Code Signing Administrator: neither it nor one of its groups has a role on the project. "
	}
	addWarning(p.diagnostics, p.at.role(settings.Owner), "The provider loses access to project "+p.project,
		text+"To keep the access, add the identity or one of its groups to the owners.")
}

func (p *settingsPlan) hasAnyRole(after settings.Settings, isSelf func(string) bool) bool {
	return slices.ContainsFunc(settings.Roles(), func(role settings.Role) bool {
		return slices.ContainsFunc(after.Trustees(role), isSelf)
	})
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
