package objectrights

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

type objectModel struct {
	Dn                tfkit.DnValue       `tfsdk:"dn"`
	ResolveIdentities types.Bool          `tfsdk:"resolve_identities"`
	Rights            []objectEntry       `tfsdk:"rights"`
	ByRight           map[string][]string `tfsdk:"by_right"`
	ByTrustee         map[string][]string `tfsdk:"by_trustee"`
}

type objectEntry struct {
	tfkit.Held

	Trustee  string       `tfsdk:"trustee"`
	Prefix   types.String `tfsdk:"prefix"`
	Name     types.String `tfsdk:"name"`
	FullName types.String `tfsdk:"full_name"`
	Kind     types.String `tfsdk:"kind"`
}

// show fills what the server tells. No rights are an empty list, never null.
func (m *objectModel) show(list []rights.Grant, identities map[string]api.Identity) {
	m.Rights = make([]objectEntry, 0, len(list))
	for _, g := range list {
		e := objectEntry{Held: tfkit.NewHeld(g.Value), Trustee: g.Key, Prefix: tfkit.StringOrNull(rights.Prefix(g.Key))}
		if identity, ok := identities[g.Key]; ok {
			e.Name = tfkit.StringOrNull(identity.Name)
			e.FullName = tfkit.StringOrNull(identity.FullName)
			e.Kind = tfkit.StringOrNull(identity.Kind())
		}
		m.Rights = append(m.Rights, e)
	}
	m.ByRight, m.ByTrustee = rights.ByRight(list), rights.ByKey(list)
}
