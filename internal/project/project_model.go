package project

import (
	"cmp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

// projectModel is a project in both data sources. Lists are sorted, and empty if the server has
// none.
type projectModel struct {
	projectNames
	Status          types.String        `tfsdk:"status"`
	Description     types.String        `tfsdk:"description"`
	Created         types.String        `tfsdk:"created"`
	Submitted       types.String        `tfsdk:"submitted"`
	Owners          []string            `tfsdk:"owners"`
	Auditors        []string            `tfsdk:"auditors"`
	KeyUsers        []string            `tfsdk:"key_users"`
	KeyUseApprovers []string            `tfsdk:"key_use_approvers"`
	Environments    []environmentModel  `tfsdk:"environments"`
	Applications    []objectModel       `tfsdk:"applications"`
	Collections     []objectModel       `tfsdk:"collections"`
	CustomFields    map[string][]string `tfsdk:"custom_fields"`
}

type environmentModel struct {
	Kind        string       `tfsdk:"kind"`
	DN          string       `tfsdk:"dn"`
	GUID        types.String `tfsdk:"guid"`
	ID          types.Int64  `tfsdk:"id"`
	Status      types.String `tfsdk:"status"`
	Description types.String `tfsdk:"description"`
}

// objectModel is an application or a collection. The GUID and the number are null if the server
// reports only the DN.
type objectModel struct {
	DN   string       `tfsdk:"dn"`
	GUID types.String `tfsdk:"guid"`
	ID   types.Int64  `tfsdk:"id"`
}

func newProjectModel(p *client.Project) projectModel {
	return projectModel{
		projectNames: projectNames{attr.NewDNValue(p.DN), guidOrNull(p.GUID), attr.Int64OrNull(p.ID)},
		Status:       types.StringValue(p.Status.String()), Description: attr.StringOrNull(p.Description),
		Created: attr.TimeOrNull(p.CreatedOn), Submitted: attr.TimeOrNull(p.ApprovalSubmissionDate),
		Owners: sorted(p.Owners), Auditors: sorted(p.Auditors),
		KeyUsers: sorted(p.KeyUsers), KeyUseApprovers: sorted(p.KeyUseApprovers),
		Environments: environments(p.Environments),
		Applications: objects(p.Applications, without(p.ApplicationDNs, p.Collections)),
		Collections:  objects(p.Collections, nil),
		CustomFields: client.ValuesByField(p.CustomFields),
	}
}

func environments(list []client.Environment) []environmentModel {
	out := make([]environmentModel, 0, len(list))
	for _, e := range list {
		model := environmentModel{
			Kind: e.Kind, DN: e.DN, GUID: attr.StringOrNull(e.GUID), ID: attr.Int64OrNull(e.ID),
			Description: attr.StringOrNull(e.Description),
		}
		if e.HasStatus {
			model.Status = types.StringValue(e.Status.String())
		}
		out = append(out, model)
	}
	slices.SortFunc(out, func(a, b environmentModel) int {
		return cmp.Or(strings.Compare(a.DN, b.DN), strings.Compare(a.Kind, b.Kind))
	})
	return out
}

// objects adds the objects of which the server reports only the DN.
func objects(list []client.ObjectRef, dns []string) []objectModel {
	out := make([]objectModel, 0, max(len(list), len(dns)))
	known := map[string]bool{}
	for _, o := range list {
		out = append(out, objectModel{DN: o.DN, GUID: attr.StringOrNull(o.GUID), ID: attr.Int64OrNull(o.ID)})
		known[dn.Fold(o.DN)] = true
	}
	for _, name := range dns {
		if !known[dn.Fold(name)] {
			out = append(out, objectModel{DN: name})
		}
	}
	slices.SortFunc(out, func(a, b objectModel) int { return strings.Compare(a.DN, b.DN) })
	return out
}

// without removes the DNs of the listed objects: the server lists collections among the DNs of
// applications.
func without(dns []string, list []client.ObjectRef) []string {
	return slices.DeleteFunc(slices.Clone(dns), func(name string) bool {
		return slices.ContainsFunc(list, func(o client.ObjectRef) bool { return dn.Equal(o.DN, name) })
	})
}

func guidOrNull(s string) attr.GUIDValue {
	if s == "" {
		return attr.NewGUIDNull()
	}
	return attr.NewGUIDValue(s)
}

func sorted(list []string) []string {
	out := append([]string{}, list...)
	slices.Sort(out)
	return out
}
