package project

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

// Keys of the private state.
const (
	// addressKey is the DN that the configuration had when it was applied or imported. It tells a
	// project that was renamed on the server from a configuration that means another project.
	addressKey = "configured_address"
	// importedKey is set until the first apply after an import.
	importedKey = "imported"
	// plannedKey is what ModifyPlan decided. It travels with the plan and is not kept in the state.
	plannedKey = "planned"
)

type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

type privateStateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

type remembered struct {
	DN string `json:"dn"`
}

// plannedProject is what a plan knows and the apply must not learn from the configuration, which
// does not reflect ignore_changes. In a replacement the CLI also hands it to Delete.
type plannedProject struct {
	// The configured name: exactly one is set.
	DN        string `json:"dn,omitempty"`
	GUID      string `json:"guid,omitempty"`
	ProjectID int64  `json:"project_id,omitempty"`
	// Status is the desired status.
	Status string `json:"status,omitempty"`
	// Project is one key for all names of the project. It and InitialStatus are empty while the name
	// is unknown.
	Project       string `json:"project,omitempty"`
	InitialStatus string `json:"initial_status,omitempty"`
	// ServerDN and ServerID are the other names that the plan of a create promises.
	ServerDN string `json:"server_dn,omitempty"`
	ServerID int64  `json:"server_id,omitempty"`
	// Compared is true once the desired status was compared with those of other resources.
	Compared bool `json:"compared,omitempty"`
	// StatusOnDestroy is that of the resource in the state. A replacement destroys it.
	StatusOnDestroy string `json:"status_on_destroy,omitempty"`
}

// configured is a model with the configured name alone.
func (p plannedProject) configured() statusModel {
	m := statusModel{DN: attr.NewDNNull(), GUID: attr.NewGUIDNull(), ProjectID: attr.Int64OrNull(p.ProjectID)}
	if p.DN != "" {
		m.DN = attr.NewDNValue(p.DN)
	}
	if p.GUID != "" {
		m.GUID = attr.NewGUIDValue(p.GUID)
	}
	return m
}

func (p plannedProject) address() Address { return p.configured().address() }

// plannedFrom keeps the name by which the configuration addresses the project.
func plannedFrom(config statusModel) plannedProject {
	ref := config.address().Ref
	return plannedProject{DN: ref.DN, GUID: ref.GUID, ProjectID: ref.ID, Status: config.Status.ValueString()}
}

func setPrivate(ctx context.Context, private privateStateWriter, key string, value any, diagnostics *diag.Diagnostics) {
	encoded, err := json.Marshal(value)
	if err != nil {
		diagnostics.AddError("Unable to write the private state", err.Error())
		return
	}
	diagnostics.Append(private.SetKey(ctx, key, encoded)...)
}

func clearPrivate(ctx context.Context, private privateStateWriter, diagnostics *diag.Diagnostics, keys ...string) {
	for _, key := range keys {
		diagnostics.Append(private.SetKey(ctx, key, nil)...)
	}
}

// recallPlanned is false where no plan decided anything, as in the destroy of a state that an older
// version wrote.
func recallPlanned(ctx context.Context, private privateState, diagnostics *diag.Diagnostics) (planned plannedProject, found bool) {
	value, got := private.GetKey(ctx, plannedKey)
	diagnostics.Append(got...)
	return planned, len(value) > 0 && json.Unmarshal(value, &planned) == nil
}

// rememberApplied makes what was planned what is applied.
func rememberApplied(ctx context.Context, private privateStateWriter, planned plannedProject, diagnostics *diag.Diagnostics) {
	setPrivate(ctx, private, addressKey, remembered{planned.DN}, diagnostics)
	clearPrivate(ctx, private, diagnostics, importedKey, plannedKey)
}

// rememberImported stores what an apply stores. The DN is the server's: a configuration that matches
// the imported project has it, in whatever spelling.
func rememberImported(ctx context.Context, private privateStateWriter, dn string, diagnostics *diag.Diagnostics) {
	setPrivate(ctx, private, addressKey, remembered{dn}, diagnostics)
	setPrivate(ctx, private, importedKey, true, diagnostics)
}

// recallAddress is a model with the DN that was applied or imported, which is null where the project
// was named otherwise. Applied is false for a project that was only imported.
func recallAddress(ctx context.Context, private privateState, diagnostics *diag.Diagnostics) (before statusModel, applied bool) {
	before = statusModel{DN: attr.NewDNNull(), GUID: attr.NewGUIDNull()}
	value, found := private.GetKey(ctx, addressKey)
	diagnostics.Append(found...)
	imported, found := private.GetKey(ctx, importedKey)
	diagnostics.Append(found...)
	var kept remembered
	applied = len(value) > 0 && json.Unmarshal(value, &kept) == nil && len(imported) == 0
	if kept.DN != "" {
		before.DN = attr.NewDNValue(kept.DN)
	}
	return before, applied
}
