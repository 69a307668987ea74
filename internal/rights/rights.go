package rights

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

// RightsValue is a sum of rights as every data source shows it. Models embed it.
type RightsValue struct {
	Value  int64    `tfsdk:"value"`
	Rights []string `tfsdk:"rights"`
}

// NewRightsValue takes the sum as the server sends it.
func NewRightsValue(value int64) RightsValue {
	return RightsValue{Value: value, Rights: signright.Names(value)}
}

// RightsValueAttributes are the attributes of Held together with others.
func RightsValueAttributes(others map[string]schema.Attribute) map[string]schema.Attribute {
	all := map[string]schema.Attribute{
		"value": schema.Int64Attribute{
			Computed:            true,
			MarkdownDescription: "The sum of the rights, as the server sends it: 72 is `Owner` (8) and `ApproveUse` (64).",
		},
		"rights": schema.ListAttribute{
			Computed:    true,
			ElementType: types.StringType,
			MarkdownDescription: "Names of the rights in bit order: `Admin`, `Use`, `Audit`, `Owner`, `ProjectApproval`, " +
				"`ApplicationAdmin`, `ApproveUse`; a bit without a name is `Unknown (N)`.",
		},
	}
	maps.Copy(all, others)
	return all
}
