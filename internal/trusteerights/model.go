package trusteerights

import "github.com/codesign-tf/terraform-provider-codesign/internal/rights"

type model struct {
	Trustee  string              `tfsdk:"trustee"`
	Rights   []entry             `tfsdk:"rights"`
	ByRight  map[string][]string `tfsdk:"by_right"`
	ByObject map[string][]string `tfsdk:"by_object"`
}

type entry struct {
	Dn     string   `tfsdk:"dn"`
	Value  int64    `tfsdk:"value"`
	Rights []string `tfsdk:"rights"`
}

// show fills what the server tells. No rights are an empty list, never null.
func (m *model) show(list []rights.Grant) {
	m.Rights = make([]entry, 0, len(list))
	for _, g := range list {
		m.Rights = append(m.Rights, entry{Dn: g.Key, Value: g.Value, Rights: rights.Names(g.Value)})
	}
	m.ByRight, m.ByObject = rights.ByRight(list), rights.ByKey(list)
}
