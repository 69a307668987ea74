package rights

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

type objectModel struct {
	DN                attr.DNValue        `tfsdk:"dn"`
	ResolveIdentities types.Bool          `tfsdk:"resolve_identities"`
	Rights            []objectEntry       `tfsdk:"rights"`
	ByRight           map[string][]string `tfsdk:"by_right"`
	ByTrustee         map[string][]string `tfsdk:"by_trustee"`
}

type objectEntry struct {
	RightsValue

	Trustee  string       `tfsdk:"trustee"`
	Prefix   types.String `tfsdk:"prefix"`
	Name     types.String `tfsdk:"name"`
	FullName types.String `tfsdk:"full_name"`
	Kind     types.String `tfsdk:"kind"`
}

// show fills what the server tells. No rights are an empty list, never null.
func (m *objectModel) show(list []signright.Grant, identities map[string]client.Identity) {
	m.Rights = make([]objectEntry, 0, len(list))
	for _, g := range list {
		e := objectEntry{RightsValue: NewRightsValue(g.Value), Trustee: g.Key, Prefix: attr.StringOrNull(signright.Prefix(g.Key))}
		if identity, ok := identities[g.Key]; ok {
			e.Name = attr.StringOrNull(identity.Name)
			e.FullName = attr.StringOrNull(identity.FullName)
			e.Kind = attr.StringOrNull(identity.Kind())
		}
		m.Rights = append(m.Rights, e)
	}
	m.ByRight, m.ByTrustee = signright.ByRight(list), signright.ByKey(list)
}
