// Package rights is the data sources codesign_object_rights, codesign_trustee_rights and
// codesign_rights_matrix.
package rights

import (
	"context"
	"fmt"
	"maps"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/text/unicode/norm"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights/grants"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/datasource"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// rightsValue is a sum of rights. Models embed it.
type rightsValue struct {
	Value  int64    `tfsdk:"value"`
	Rights []string `tfsdk:"rights"`
}

func newRightsValue(value int64) rightsValue {
	return rightsValue{Value: value, Rights: signright.Names(value)}
}

// rightsValueAttributes are the attributes of rightsValue, added to others.
func rightsValueAttributes(others map[string]schema.Attribute) map[string]schema.Attribute {
	all := map[string]schema.Attribute{
		"value": datasource.ComputedInt64("The sum of the rights, as the server sends it: 72 is `Owner` (8) and " +
			"`ApproveUse` (64)."),
		"rights": datasource.ComputedStrings("Names of the rights in bit order: `Admin`, `Use`, `Audit`, `Owner`, " +
			"`ProjectApproval`, `ApplicationAdmin`, `ApproveUse`; a bit without a name is `Unknown (N)`."),
	}
	maps.Copy(all, others)
	return all
}

func resolveIdentitiesAttribute(fills string) schema.Attribute {
	return schema.BoolAttribute{
		Optional: true,
		MarkdownDescription: "Look up the identities of the trustees, which fills " + fills + " and needs the scope " +
			"`configuration`. Default: `false`.",
	}
}

// resolve looks up trustees if that is configured. Those that it does not find cause a warning.
func resolve(
	ctx context.Context, api *client.Client, configured types.Bool, trustees []string, diagnostics *diag.Diagnostics,
) map[string]client.Identity {
	if !configured.ValueBool() {
		return nil
	}
	identities, err := grants.Resolve(ctx, api, trustees)
	if err != nil {
		diags.AddWarning(diagnostics, path.Root("resolve_identities"), "Unable to resolve some trustees", err)
	}
	return identities
}

// checkMapKeys fails if two names would be one key of a map: Terraform normalizes all text to NFC,
// and would silently drop one of the two entries.
func checkMapKeys(names []string) error {
	known := make(map[string]string, len(names))
	for _, name := range names {
		normalized := norm.NFC.String(name)
		if other, taken := known[normalized]; taken && other != name {
			err := fmt.Errorf("the names %s and %s differ only in their Unicode normalization, so Terraform cannot "+
				"distinguish them",
				strconv.QuoteToASCII(other), strconv.QuoteToASCII(name))
			return diags.WithRemedy(err, "Both names are shown with their code points. Rename one of the objects on "+
				"the server.")
		}
		known[normalized] = name
	}
	return nil
}
