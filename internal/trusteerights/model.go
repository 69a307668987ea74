package trusteerights

import (
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

type model struct {
	Trustee  string              `tfsdk:"trustee"`
	Rights   []entry             `tfsdk:"rights"`
	ByRight  map[string][]string `tfsdk:"by_right"`
	ByObject map[string][]string `tfsdk:"by_object"`
}

type entry struct {
	tfkit.Held

	Dn string `tfsdk:"dn"`
}

// show fills what the server tells. No rights are an empty list, never null.
func (m *model) show(list []rights.Grant) {
	m.Rights = make([]entry, 0, len(list))
	for _, g := range list {
		m.Rights = append(m.Rights, entry{Held: tfkit.NewHeld(g.Value), Dn: g.Key})
	}
	m.ByRight, m.ByObject = rights.ByRight(list), rights.ByKey(list)
}
