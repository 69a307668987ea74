package project

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
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
	element["dn"] = attr.DN(attr.Computed, "Distinguished name of the project.")
	element["guid"] = attr.GUID(attr.Computed, "GUID of the project.")
	element["project_id"] = attr.Int64(attr.Computed, projectIDDescription)
	object := schema.NestedAttributeObject{Attributes: element}
	all := map[string]schema.Attribute{
		"projects": schema.ListNestedAttribute{
			Computed: true, NestedObject: object,
			MarkdownDescription: "Matching projects, sorted by `dn`. If none matches, the list is empty and a " +
				"warning says so.",
		},
		"by_dn": schema.MapNestedAttribute{
			Computed: true, NestedObject: object,
			MarkdownDescription: "The same projects by their DN, for `for_each`.",
		},
	}
	all["filter"], all["rights"], all["statuses"] = queryAttributes()
	return schema.Schema{
		MarkdownDescription: "Lists the code-signing projects that the identity of the provider can see, or those " +
			"that match, with one request. Needs the scope `codesign`.",
		Attributes: all,
	}
}

// projectQuery holds the arguments of the data source codesign_projects and of the list resource.
// Models embed it.
type projectQuery struct {
	Filter   types.String `tfsdk:"filter"`
	Rights   []string     `tfsdk:"rights"`
	Statuses []string     `tfsdk:"statuses"`
}

const (
	filterDescription = "Filter of project names, which the server evaluates; wildcards are not documented. " +
		"Default: all names."
	rightsDescription = "Rights that the identity of the provider must have on a project, all of them: `Admin`, " +
		"`Use`, `Audit`, `Owner`, " +
		"`ProjectApproval`, `ApplicationAdmin`, `ApproveUse`. Default: every project that the identity can see."
	statusesDescription = "Statuses of which a project has one: `Disabled`, `Enabled`, `Draft`, `Pending`, " +
		"`Deleted`, `DisabledByParent`, " +
		"or `Unknown (N)`. Default: any status."
)

// request converts the arguments. It reports an invalid right.
func (q projectQuery) request(diagnostics *diag.Diagnostics) reconcile.Query {
	sum, err := signright.Value(q.Rights)
	if err != nil {
		diagnostics.AddAttributeError(path.Root("rights"), "Invalid right", err.Error())
	}
	return reconcile.Query{Filter: q.Filter.ValueString(), Rights: sum, Statuses: q.Statuses}
}

// warnEmpty warns of an empty result, at the argument that the query evaluates last.
func (q projectQuery) warnEmpty(diagnostics *diag.Diagnostics) {
	at, arguments := path.Empty(), []string{}
	add := func(name string, values ...string) {
		if len(values) > 0 {
			at, arguments = path.Root(name), append(arguments, name+" = "+strings.Join(values, ", "))
		}
	}
	if filter := q.Filter.ValueString(); filter != "" {
		add("filter", strconv.Quote(filter))
	}
	add("rights", q.Rights...)
	add("statuses", q.Statuses...)
	matches := ""
	if len(arguments) > 0 {
		matches = " that matches " + strings.Join(arguments, "; ")
	}
	addWarning(diagnostics, at, "No project found", "The identity of the provider sees no project"+matches+". The "+
		"server shows a project to Code Signing Administrators and to identities with a role on the project.")
}

// projectStatusName accepts every name that a status can have.
func projectStatusName() validator.String {
	names := make([]string, 0, len(lifecycle.StatusNames()))
	for _, name := range lifecycle.StatusNames() {
		names = append(names, regexp.QuoteMeta(name))
	}
	return stringvalidator.RegexMatches(regexp.MustCompile("^("+strings.Join(names, "|")+`|Unknown \(-?\d+\))$`),
		"must be the name of a status ("+strings.Join(lifecycle.StatusNames(), ", ")+"), or Unknown (N)")
}

// rightName accepts the name of a right.
type rightName struct{}

func (rightName) Description(context.Context) string { return "must be the name of a right" }

func (v rightName) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (rightName) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if _, err := signright.Value([]string{req.ConfigValue.ValueString()}); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid right", "The element is not a right: "+err.Error()+".")
	}
}
