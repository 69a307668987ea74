package serverinfo

import (
	"cmp"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

type model struct {
	Version types.String `tfsdk:"version"`
	Groups  []identity   `tfsdk:"groups"`
	identity
}

type identity struct {
	PrefixedUniversal types.String `tfsdk:"prefixed_universal"`
	PrefixedName      types.String `tfsdk:"prefixed_name"`
	Name              types.String `tfsdk:"name"`
	FullName          types.String `tfsdk:"full_name"`
}

func show(i client.Identity) identity {
	return identity{
		PrefixedUniversal: attr.StringOrNull(i.PrefixedUniversal),
		PrefixedName:      attr.StringOrNull(i.PrefixedName),
		Name:              attr.StringOrNull(i.Name),
		FullName:          attr.StringOrNull(i.FullName),
	}
}

// showCaller fills in the caller, who comes first, and its groups.
func (m *model) showCaller(self []client.Identity) {
	if len(self) == 0 {
		return
	}
	m.identity = show(self[0])
	groups := slices.SortedFunc(slices.Values(self[1:]), func(a, b client.Identity) int {
		return cmp.Compare(a.PrefixedUniversal, b.PrefixedUniversal)
	})
	m.Groups = make([]identity, 0, len(groups))
	for _, g := range groups {
		m.Groups = append(m.Groups, show(g))
	}
}
