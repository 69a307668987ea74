package serverinfo

import (
	"cmp"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
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

func show(i api.Identity) identity {
	return identity{
		PrefixedUniversal: tfkit.StringOrNull(i.PrefixedUniversal),
		PrefixedName:      tfkit.StringOrNull(i.PrefixedName),
		Name:              tfkit.StringOrNull(i.Name),
		FullName:          tfkit.StringOrNull(i.FullName),
	}
}

// showCaller fills in the caller, who comes first, and its groups.
func (m *model) showCaller(self []api.Identity) {
	if len(self) == 0 {
		return
	}
	m.identity = show(self[0])
	groups := slices.SortedFunc(slices.Values(self[1:]), func(a, b api.Identity) int {
		return cmp.Compare(a.PrefixedUniversal, b.PrefixedUniversal)
	})
	m.Groups = make([]identity, 0, len(groups))
	for _, g := range groups {
		m.Groups = append(m.Groups, show(g))
	}
}
