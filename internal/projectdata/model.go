package projectdata

import (
	"cmp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

// project is what both data sources show of a project. Lists are sorted, and
// empty where the server has none.
type project struct {
	Dn              tfkit.DnValue       `tfsdk:"dn"`
	Guid            tfkit.GuidValue     `tfsdk:"guid"`
	ProjectId       types.Int64         `tfsdk:"project_id"`
	Status          types.String        `tfsdk:"status"`
	Description     types.String        `tfsdk:"description"`
	Created         types.String        `tfsdk:"created"`
	Submitted       types.String        `tfsdk:"submitted"`
	Owners          []string            `tfsdk:"owners"`
	Auditors        []string            `tfsdk:"auditors"`
	KeyUsers        []string            `tfsdk:"key_users"`
	KeyUseApprovers []string            `tfsdk:"key_use_approvers"`
	Environments    []environment       `tfsdk:"environments"`
	Applications    []object            `tfsdk:"applications"`
	Collections     []object            `tfsdk:"collections"`
	CustomFields    map[string][]string `tfsdk:"custom_fields"`
}

// projectDataList is codesign_projects.
type projectDataList struct {
	tfkit.ProjectQuery

	Projects []project          `tfsdk:"projects"`
	ByDn     map[string]project `tfsdk:"by_dn"`
}

type environment struct {
	Kind        string       `tfsdk:"kind"`
	Dn          string       `tfsdk:"dn"`
	Guid        types.String `tfsdk:"guid"`
	Id          types.Int64  `tfsdk:"id"`
	Status      types.String `tfsdk:"status"`
	Description types.String `tfsdk:"description"`
}

// object is an application or a collection; guid and id are null where the
// server tells the DN alone.
type object struct {
	Dn   string       `tfsdk:"dn"`
	Guid types.String `tfsdk:"guid"`
	Id   types.Int64  `tfsdk:"id"`
}

func describe(p *api.Project) project {
	return project{
		Dn: tfkit.NewDnValue(p.Dn), Guid: guidOrNull(p.Guid), ProjectId: tfkit.NumberOrNull(p.Id),
		Status: types.StringValue(p.Status.String()), Description: tfkit.StringOrNull(p.Description),
		Created: tfkit.TimeOrNull(p.CreatedOn), Submitted: tfkit.TimeOrNull(p.ApprovalSubmissionDate),
		Owners: sorted(p.Owners), Auditors: sorted(p.Auditors), KeyUsers: sorted(p.KeyUsers), KeyUseApprovers: sorted(p.KeyUseApprovers),
		Environments: environments(p.Environments),
		Applications: objects(p.Applications, p.ApplicationDns), Collections: objects(p.Collections, nil),
		CustomFields: customFields(p.CustomFields),
	}
}

func environments(told []api.Environment) []environment {
	out := make([]environment, 0, len(told))
	for _, e := range told {
		shown := environment{
			Kind: e.Kind, Dn: e.Dn, Guid: tfkit.StringOrNull(e.Guid), Id: tfkit.NumberOrNull(e.Id), Description: tfkit.StringOrNull(e.Description),
		}
		if e.HasStatus {
			shown.Status = types.StringValue(e.Status.String())
		}
		out = append(out, shown)
	}
	slices.SortFunc(out, func(a, b environment) int {
		return cmp.Or(strings.Compare(a.Dn, b.Dn), strings.Compare(a.Kind, b.Kind))
	})
	return out
}

// objects adds those that are told by their DN alone.
func objects(told []api.ObjectRef, dns []string) []object {
	out := make([]object, 0, max(len(told), len(dns)))
	known := map[string]bool{}
	for _, o := range told {
		out = append(out, object{Dn: o.Dn, Guid: tfkit.StringOrNull(o.Guid), Id: tfkit.NumberOrNull(o.Id)})
		known[dn.Fold(o.Dn)] = true
	}
	for _, name := range dns {
		if !known[dn.Fold(name)] {
			out = append(out, object{Dn: name})
		}
	}
	slices.SortFunc(out, func(a, b object) int { return strings.Compare(a.Dn, b.Dn) })
	return out
}

func guidOrNull(s string) tfkit.GuidValue {
	if s == "" {
		return tfkit.NewGuidNull()
	}
	return tfkit.NewGuidValue(s)
}

func sorted(told []string) []string {
	out := append([]string{}, told...)
	slices.Sort(out)
	return out
}

func customFields(told map[string][]string) map[string][]string {
	out := make(map[string][]string, len(told))
	for name, values := range told {
		out[name] = append([]string{}, values...)
	}
	return out
}
