package rights

import "github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"

type trusteeModel struct {
	Trustee  string              `tfsdk:"trustee"`
	Rights   []trusteeEntry      `tfsdk:"rights"`
	ByRight  map[string][]string `tfsdk:"by_right"`
	ByObject map[string][]string `tfsdk:"by_object"`
}

type trusteeEntry struct {
	RightsValue

	DN string `tfsdk:"dn"`
}

// show fills what the server tells. No rights are an empty list, never null.
func (m *trusteeModel) show(list []signright.Grant) {
	m.Rights = make([]trusteeEntry, 0, len(list))
	for _, g := range list {
		m.Rights = append(m.Rights, trusteeEntry{RightsValue: NewRightsValue(g.Value), DN: g.Key})
	}
	m.ByRight, m.ByObject = signright.ByRight(list), signright.ByKey(list)
}
