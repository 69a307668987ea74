package projectstatus

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

// addressKey is where the private state keeps the name that the configuration
// had when it was applied: it tells a project that was renamed on the server
// from a configuration that means another one.
const addressKey = "configured_address"

type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

type privateStateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

type remembered struct {
	Dn string `json:"dn"`
}

func rememberAddress(ctx context.Context, private privateStateWriter, config model, diags *diag.Diagnostics) {
	value, err := json.Marshal(remembered{config.Dn.ValueString()})
	if err != nil {
		diags.AddError("Could not keep the project's address", err.Error())
		return
	}
	diags.Append(private.SetKey(ctx, addressKey, value)...)
}

// recallAddress is a model with the DN that was applied, which is null where the
// project was named otherwise. Applied is false for one that was only imported.
func recallAddress(ctx context.Context, private privateState, diags *diag.Diagnostics) (before model, applied bool) {
	before = model{Dn: tfkit.NewDnNull(), Guid: tfkit.NewGuidNull()}
	value, found := private.GetKey(ctx, addressKey)
	diags.Append(found...)
	var kept remembered
	applied = len(value) > 0 && json.Unmarshal(value, &kept) == nil
	if kept.Dn != "" {
		before.Dn = tfkit.NewDnValue(kept.Dn)
	}
	return before, applied
}
