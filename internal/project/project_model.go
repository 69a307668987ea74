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

// project is what both data sources show of a project. Lists are sorted, and
// empty where the server has none.
type project struct {
	DN              attr.DNValue        `tfsdk:"dn"`
	GUID            attr.GUIDValue      `tfsdk:"guid"`
	ProjectID       types.Int64         `tfsdk:"project_id"`
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
	ProjectQuery

	Projects []project          `tfsdk:"projects"`
	ByDN     map[string]project `tfsdk:"by_dn"`
}

type environment struct {
	Kind        string       `tfsdk:"kind"`
	DN          string       `tfsdk:"dn"`
	GUID        types.String `tfsdk:"guid"`
	ID          types.Int64  `tfsdk:"id"`
	Status      types.String `tfsdk:"status"`
	Description types.String `tfsdk:"description"`
}

// object is an application or a collection; guid and id are null where the
// server tells the DN alone.
type object struct {
	DN   string       `tfsdk:"dn"`
	GUID types.String `tfsdk:"guid"`
	ID   types.Int64  `tfsdk:"id"`
}

func describe(p *client.Project) project {
	return project{
		DN: attr.NewDNValue(p.DN), GUID: guidOrNull(p.GUID), ProjectID: attr.Int64OrNull(p.ID),
		Status: types.StringValue(p.Status.String()), Description: attr.StringOrNull(p.Description),
		Created: attr.TimeOrNull(p.CreatedOn), Submitted: attr.TimeOrNull(p.ApprovalSubmissionDate),
		Owners: sorted(p.Owners), Auditors: sorted(p.Auditors), KeyUsers: sorted(p.KeyUsers), KeyUseApprovers: sorted(p.KeyUseApprovers),
		Environments: environments(p.Environments),
		Applications: objects(p.Applications, p.ApplicationDNs), Collections: objects(p.Collections, nil),
		CustomFields: customFields(p.CustomFields),
	}
}

func environments(told []client.Environment) []environment {
	out := make([]environment, 0, len(told))
	for _, e := range told {
		shown := environment{
			Kind: e.Kind, DN: e.DN, GUID: attr.StringOrNull(e.GUID), ID: attr.Int64OrNull(e.ID), Description: attr.StringOrNull(e.Description),
		}
		if e.HasStatus {
			shown.Status = types.StringValue(e.Status.String())
		}
		out = append(out, shown)
	}
	slices.SortFunc(out, func(a, b environment) int {
		return cmp.Or(strings.Compare(a.DN, b.DN), strings.Compare(a.Kind, b.Kind))
	})
	return out
}

// objects adds those that are told by their DN alone.
func objects(told []client.ObjectRef, dns []string) []object {
	out := make([]object, 0, max(len(told), len(dns)))
	known := map[string]bool{}
	for _, o := range told {
		out = append(out, object{DN: o.DN, GUID: attr.StringOrNull(o.GUID), ID: attr.Int64OrNull(o.ID)})
		known[dn.Fold(o.DN)] = true
	}
	for _, name := range dns {
		if !known[dn.Fold(name)] {
			out = append(out, object{DN: name})
		}
	}
	slices.SortFunc(out, func(a, b object) int { return strings.Compare(a.DN, b.DN) })
	return out
}

func guidOrNull(s string) attr.GUIDValue {
	if s == "" {
		return attr.NewGUIDNull()
	}
	return attr.NewGUIDValue(s)
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
