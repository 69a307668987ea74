package project

import (
	"context"

	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights/grants"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

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

// nameOfTrustee is the name of one trustee, null if it cannot be resolved.
func nameOfTrustee(ctx context.Context, api grants.IdentityReader, trustee string) types.String {
	identity, err := api.ValidateUniversal(ctx, trustee)
	if err != nil || identity == nil || displayNameOf(*identity) == "" {
		return types.StringNull()
	}
	return types.StringValue(displayNameOf(*identity))
}

var _ grants.IdentityReader = (*client.Client)(nil)
