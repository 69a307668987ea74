package project

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/datasource"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// NewDataSource returns the data source codesign_project.
var NewDataSource = datasource.New("codesign_project", projectSchema, readProject,
	datasource.ExactlyOneOf("dn", "guid", "project_id"))

func readProject(ctx context.Context, api *client.Client, m *projectModel, diagnostics *diag.Diagnostics) {
	at := m.address()
	p, err := reconcile.Get(ctx, api, at.ref) // a cached project has neither roles nor environments
	if err != nil {
		diags.AddError(diagnostics, diags.AttributeFor(at.path, err), "Unable to read project "+displayName(at.ref),
			err)
		return
	}
	*m = newProjectModel(p)
}

func projectSchema() schema.Schema {
	attributes := projectAttributes()
	attributes["dn"], attributes["guid"], attributes["project_id"] = nameAttributes(attr.OptionalComputed, readByName)
	return schema.Schema{
		MarkdownDescription: "Reads one code-signing project: its status, roles, environments and applications. " +
			"Needs the scope `codesign`, and a role on the project or the role Code Signing Administrator.",
		Attributes: attributes,
	}
}

// projectAttributes are the computed attributes of a project, except its names.
func projectAttributes() map[string]schema.Attribute {
	all := roleAttributes()
	maps.Copy(all, map[string]schema.Attribute{
		"status":      attr.String(attr.Computed, currentStatusDescription),
		"description": attr.String(attr.Computed, "Description of the project. Null if it has none."),
		"created": attr.String(attr.Computed, "When the project was created, in RFC 3339, UTC. Null if the server "+
			"does not report it."),
		"submitted": attr.String(attr.Computed, "When the project was last submitted for approval, in RFC 3339, UTC. "+
			"Null if it was never submitted or the server does not report it."),
		"environments": datasource.Objects("Signing environments of the project, sorted by `dn`.",
			environmentAttributes()),
		"applications": datasource.Objects("Signing applications of the project, sorted by `dn`.",
			objectAttributes("object")),
		"collections": datasource.Objects("Collections of signing applications of the project, sorted by `dn`.",
			objectAttributes("object")),
		"custom_fields": attr.Lists("Custom fields: name → values."),
	})
	return all
}

func roleAttributes() map[string]schema.Attribute {
	role := func(who string) schema.Attribute {
		return attr.List(attr.Computed, who+" of the project, as prefixed universals (`local:{…}`, `AD+CORP:…`), "+
			"sorted.")
	}
	return map[string]schema.Attribute{
		"owners":            role("Owners"),
		"auditors":          role("Auditors"),
		"key_users":         role("Key Users"),
		"key_use_approvers": role("Key Use Approvers"),
	}
}

func environmentAttributes() map[string]schema.Attribute {
	all := objectAttributes("environment")
	all["kind"] = attr.String(attr.Computed, "`Certificate`, `KeyPair`, `CSP`, `DotNet`, `GPG` or `Apple`.")
	all["status"] = attr.String(attr.Computed, "Status of the environment, with the same names as that of a project. "+
		"Null if the server does not report it.")
	all["description"] = attr.String(attr.Computed, "Description of the environment. Null if it has none.")
	return all
}

func objectAttributes(what string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"dn":   attr.String(attr.Computed, "DN of the "+what+"."),
		"guid": attr.String(attr.Computed, "GUID of the "+what+". Null if the server does not report it."),
		"id":   attr.Int64(attr.Computed, "Number of the "+what+". Null if the server does not report it."),
	}
}

// projectModel is a project in both data sources. Lists are sorted, and empty if the server has
// none.
type projectModel struct {
	projectNames
	Status          types.String        `tfsdk:"status"`
	Description     types.String        `tfsdk:"description"`
	Created         types.String        `tfsdk:"created"`
	Submitted       types.String        `tfsdk:"submitted"`
	Owners          types.List          `tfsdk:"owners"`
	Auditors        types.List          `tfsdk:"auditors"`
	KeyUsers        types.List          `tfsdk:"key_users"`
	KeyUseApprovers types.List          `tfsdk:"key_use_approvers"`
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
		projectNames: storedNames{p.DN, p.GUID, p.ID}.names(),
		Status:       types.StringValue(p.Status.String()), Description: attr.StringOrNull(p.Description),
		Created: attr.TimeOrNull(p.CreatedOn), Submitted: attr.TimeOrNull(p.ApprovalSubmissionDate),
		Owners: attr.SortedStrings(p.Owners), Auditors: attr.SortedStrings(p.Auditors),
		KeyUsers: attr.SortedStrings(p.KeyUsers), KeyUseApprovers: attr.SortedStrings(p.KeyUseApprovers),
		Environments: environments(p.Environments),
		Applications: objects(slices.Concat(p.Applications, onlyNamed(p))),
		Collections:  objects(p.Collections),
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

func objects(list []client.ProjectRef) []objectModel {
	out := make([]objectModel, 0, len(list))
	for _, o := range list {
		out = append(out, objectModel{DN: o.DN, GUID: attr.StringOrNull(o.GUID), ID: attr.Int64OrNull(o.ID)})
	}
	slices.SortFunc(out, func(a, b objectModel) int { return strings.Compare(a.DN, b.DN) })
	return out
}

// onlyNamed are the applications of which the server reports only the DN. It lists collections among
// the DNs of applications.
func onlyNamed(p *client.Project) (named []client.ProjectRef) {
	known := map[string]bool{}
	for _, o := range slices.Concat(p.Applications, p.Collections) {
		known[dn.Fold(o.DN)] = true
	}
	for _, name := range p.Settings.Applications {
		if !known[dn.Fold(name)] {
			named = append(named, client.ByDN(name))
		}
	}
	return named
}
