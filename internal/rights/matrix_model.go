package rights

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

type matrixModel struct {
	DNs               types.List                     `tfsdk:"dns"`
	ResolveIdentities types.Bool                     `tfsdk:"resolve_identities"`
	ByObject          map[string]map[string][]string `tfsdk:"by_object"`
	ByTrustee         map[string]map[string][]string `tfsdk:"by_trustee"`
	Markdown          types.String                   `tfsdk:"markdown"`
	CSV               types.String                   `tfsdk:"csv"`
}

// show fills what the server tells; no objects are empty maps, never null.
func (m *matrixModel) show(t table) {
	m.ByObject, m.ByTrustee = map[string]map[string][]string{}, map[string]map[string][]string{}
	for _, o := range t.objects {
		m.ByObject[o.dn] = signright.ByKey(o.grants)
		for _, g := range o.grants {
			if m.ByTrustee[g.Key] == nil {
				m.ByTrustee[g.Key] = map[string][]string{}
			}
			m.ByTrustee[g.Key][o.dn] = signright.Names(g.Value)
		}
	}
	m.Markdown, m.CSV = types.StringValue(t.markdown()), types.StringValue(t.csv())
}
