package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// Entries of the private state of roles and members.
const (
	// trusteesKey holds the trustees that were applied or imported. A refresh adds others to the state,
	// which a destroy leaves alone.
	trusteesKey = config.PrivateKey[[]string]("configured_trustees")
	// pendingKey holds a change that was sent and waits for an approval.
	pendingKey = config.PrivateKey[edit.Pending]("pending_change")
	// plannedRoleKey travels with a plan and is not kept in the state. In a replacement the CLI passes it
	// to the plan of the new object and to Delete.
	plannedRoleKey = config.PrivateKey[plannedRole]("planned_role")
)

// plannedRole is a planned object, in the words of a plan that other plans are compared with.
type plannedRole struct {
	storedNames
	Role     string   `json:"role"`
	Trustees []string `json:"trustees"`
	// ConfiguredBy is the argument that names the project, ConfiguredDN its value if that is dn.
	ConfiguredBy string `json:"configured_by,omitempty"`
	ConfiguredDN string `json:"configured_dn,omitempty"`
	// Name and Member are of the claim.
	Name   string `json:"name"`
	Member bool   `json:"member,omitempty"`
	// Claimed is true after the plan was compared with other resources.
	Claimed bool `json:"claimed,omitempty"`
}

func (p *rolePlan) planned() plannedRole {
	claim := p.plan.claim(p.named)
	return plannedRole{
		storedNames: p.names.stored(), Role: string(p.plan.common().role()), Trustees: p.plan.trustees(),
		ConfiguredBy: p.named.path.String(), ConfiguredDN: p.named.ref.DN,
		Name: claim.Name, Member: claim.Trustee != "", Claimed: p.claimed,
	}
}

// named is the argument that names the project.
func (p plannedRole) named() path.Path {
	if p.ConfiguredBy == "" {
		return path.Empty()
	}
	return path.Root(p.ConfiguredBy)
}

// keeps reports whether the planned object gives the role to a trustee, on the project with this
// GUID.
func (p plannedRole) keeps(guid string, role settings.Role, trustee string) bool {
	return dn.EqualGUID(p.GUID, guid) && p.Role == string(role) && settings.Contains(p.Trustees, trustee)
}

// storeAppliedRole records what an apply or an import made.
func storeAppliedRole(
	ctx context.Context, private config.PrivateWriter, name string, trustees []string, diagnostics *diag.Diagnostics,
) {
	appliedKey.Set(ctx, private, storedNames{DN: name}, diagnostics)
	trusteesKey.Set(ctx, private, trustees, diagnostics)
	pendingKey.Clear(ctx, private, diagnostics)
	plannedRoleKey.Clear(ctx, private, diagnostics)
}

// loadTrustees returns the trustees that were applied or imported.
func loadTrustees(
	ctx context.Context, private config.PrivateReader, state roleObject, diagnostics *diag.Diagnostics,
) []string {
	if configured, _ := trusteesKey.Get(ctx, private, diagnostics); configured != nil {
		return configured
	}
	return state.trustees()
}

// storePending records a change that waits for an approval, or that none does.
func storePending(
	ctx context.Context, private config.PrivateWriter, pending edit.Pending, diagnostics *diag.Diagnostics,
) {
	if pending.IsZero() {
		pendingKey.Clear(ctx, private, diagnostics)
		return
	}
	pendingKey.Set(ctx, private, pending, diagnostics)
}
