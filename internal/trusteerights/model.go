package trusteerights

import (
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

type trusteeModel struct {
	Trustee  string              `tfsdk:"trustee"`
	Rights   []trusteeEntry      `tfsdk:"rights"`
	ByRight  map[string][]string `tfsdk:"by_right"`
	ByObject map[string][]string `tfsdk:"by_object"`
}

type trusteeEntry struct {
	tfkit.Held

	Dn string `tfsdk:"dn"`
}

// show fills what the server tells. No rights are an empty list, never null.
func (m *trusteeModel) show(list []rights.Grant) {
	m.Rights = make([]trusteeEntry, 0, len(list))
	for _, g := range list {
		m.Rights = append(m.Rights, trusteeEntry{Held: tfkit.NewHeld(g.Value), Dn: g.Key})
	}
	m.ByRight, m.ByObject = rights.ByRight(list), rights.ByKey(list)
}
