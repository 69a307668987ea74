package identity

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

type model struct {
	Name              types.String `tfsdk:"name"`
	PrefixedName      types.String `tfsdk:"prefixed_name"`
	PrefixedUniversal types.String `tfsdk:"prefixed_universal"`
	FullName          types.String `tfsdk:"full_name"`
	Prefix            types.String `tfsdk:"prefix"`
	Universal         types.String `tfsdk:"universal"`
	Kind              types.String `tfsdk:"kind"`
}

// show fills what the server tells. What is configured keeps its spelling.
func (m *model) show(i *client.Identity) {
	prefix, universal, _ := strings.Cut(i.PrefixedUniversal, ":")
	for to, from := range map[*types.String]string{
		&m.Name:              i.Name,
		&m.PrefixedName:      i.PrefixedName,
		&m.PrefixedUniversal: i.PrefixedUniversal,
		&m.FullName:          i.FullName,
		&m.Prefix:            prefix,
		&m.Universal:         universal,
		&m.Kind:              i.Kind(),
	} {
		if to.IsNull() {
			*to = attr.StringOrNull(from)
		}
	}
}
