package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// Entries of the private state.
const (
	// appliedKey holds the DN of the configuration that was applied or imported. With it, a project
	// that was renamed on the server differs from a configuration that names another project.
	appliedKey = config.PrivateKey[storedNames]("configured_address")
	// importedKey is set between an import and the first apply.
	importedKey = config.PrivateKey[bool]("imported")
	// plannedKey holds what ModifyPlan decided. It travels with the plan and is not kept in the state.
	plannedKey = config.PrivateKey[plannedStatus]("planned")
)

// plannedStatus is what the apply needs from the plan. The configuration of an apply does not
// reflect ignore_changes, so the apply does not use it. In a replacement the CLI also passes it to
// Delete.
type plannedStatus struct {
	storedNames // has the configured name
	// Status is the desired status.
	Status string `json:"status,omitempty"`
	// Project is one key for all names of the project. Project and InitialStatus are empty while the
	// name is unknown.
	Project       string `json:"project,omitempty"`
	InitialStatus string `json:"initial_status,omitempty"`
	// ServerDN and ServerID are the other names in the plan of a create.
	ServerDN string `json:"server_dn,omitempty"`
	ServerID int64  `json:"server_id,omitempty"`
	// Compared is true after the desired status was compared with those of other resources.
	Compared bool `json:"compared,omitempty"`
	// StatusOnDestroy belongs to the object in the state, which a replacement destroys.
	StatusOnDestroy string `json:"status_on_destroy,omitempty"`
}

// newPlannedStatus records the name by which the configuration addresses the project.
func newPlannedStatus(named address, status types.String) plannedStatus {
	return plannedStatus{
		storedNames: storedNames{named.ref.DN, named.ref.GUID, named.ref.ID}, Status: status.ValueString(),
	}
}

func (p plannedStatus) address() address { return p.names().address() }

// describes reports whether a project has every name that the plan shows.
func (p plannedStatus) describes(project *client.Project) bool {
	return reconcile.RefOf(project).Folded() == p.Project && project.ID == p.ServerID &&
		(p.DN != "" || project.DN == p.ServerDN)
}

// storeApplied records that the plan was applied, with the DN that is configured.
func storeApplied(
	ctx context.Context, private config.PrivateWriter, name string, diagnostics *diag.Diagnostics,
) {
	appliedKey.Set(ctx, private, storedNames{DN: name}, diagnostics)
	importedKey.Clear(ctx, private, diagnostics)
	plannedKey.Clear(ctx, private, diagnostics)
}

// storeImported stores what an apply stores. The DN is the server's: a configuration that matches
// the imported project has the same DN.
func storeImported(ctx context.Context, private config.PrivateWriter, dn string, diagnostics *diag.Diagnostics) {
	appliedKey.Set(ctx, private, storedNames{DN: dn}, diagnostics)
	importedKey.Set(ctx, private, true, diagnostics)
}

// loadApplied returns the DN that was applied or imported, null if the project was named otherwise.
// Applied is false for a project that was only imported.
func loadApplied(
	ctx context.Context, private config.PrivateReader, diagnostics *diag.Diagnostics,
) (before projectNames, applied bool) {
	stored, found := appliedKey.Get(ctx, private, diagnostics)
	_, imported := importedKey.Get(ctx, private, diagnostics)
	return stored.names(), found && !imported
}
