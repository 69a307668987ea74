package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/datasource"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// NewListDataSource returns the data source codesign_projects.
var NewListDataSource = datasource.New("codesign_projects", projectsSchema, readProjects)

type projectsModel struct {
	projectQuery

	Projects []projectModel          `tfsdk:"projects"`
	ByDN     map[string]projectModel `tfsdk:"by_dn"`
}

func readProjects(ctx context.Context, api *client.Client, m *projectsModel, diagnostics *diag.Diagnostics) {
	query := m.request(diagnostics)
	if diagnostics.HasError() {
		return
	}
	found, err := reconcile.List(ctx, api, query)
	if err != nil {
		diags.AddError(diagnostics, path.Empty(), unableToList, err)
		return
	}
	m.Projects, m.ByDN = make([]projectModel, 0, len(found)), make(map[string]projectModel, len(found))
	for _, p := range found {
		project := newProjectModel(p)
		m.Projects = append(m.Projects, project)
		m.ByDN[p.DN] = project
	}
	if len(found) == 0 {
		m.warnEmpty(diagnostics)
	}
}

func projectsSchema() schema.Schema {
	element := projectAttributes()
	element["dn"] = schema.StringAttribute{
		CustomType: attr.DNType{}, Computed: true, MarkdownDescription: "Distinguished name of the project.",
	}
	element["guid"] = schema.StringAttribute{
		CustomType: attr.GUIDType{}, Computed: true, MarkdownDescription: "GUID of the project.",
	}
	element["project_id"] = datasource.ComputedInt64(projectIDDescription)
	object := schema.NestedAttributeObject{Attributes: element}
	return schema.Schema{
		MarkdownDescription: "Lists the code-signing projects that the identity of the provider can see, or those " +
			"that match, with one request. Needs the scope `codesign`.",
		Attributes: map[string]schema.Attribute{
			"filter": schema.StringAttribute{Optional: true, MarkdownDescription: filterDescription},
			"rights": schema.ListAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: rightsDescription, Validators: rightsValidators(),
			},
			"statuses": schema.ListAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: statusesDescription, Validators: statusesValidators(),
			},
			"projects": schema.ListNestedAttribute{
				Computed: true, NestedObject: object,
				MarkdownDescription: "Matching projects, sorted by `dn`. If none matches, the list is empty and a " +
					"warning says so.",
			},
			"by_dn": schema.MapNestedAttribute{
				Computed: true, NestedObject: object,
				MarkdownDescription: "The same projects by their DN, for `for_each`.",
			},
		},
	}
}
