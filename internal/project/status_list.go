package project

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// NewStatusList is the constructor of the list resource of the same name.
func NewStatusList() list.ListResource { return &listResource{} }

type listResource struct{ config.ResourceClient }

var _ list.ListResourceWithConfigure = &listResource{}

func (l *listResource) Metadata(ctx context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	(&statusResource{}).Metadata(ctx, req, resp)
}

func (l *listResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = listschema.Schema{
		MarkdownDescription: "Finds projects for `terraform query`: every project that the identity may see and whose status can be configured, or those that match, each ready to import. " +
			"With `-generate-config-out` it writes resources whose desired status is the status that the project has. Projects with another status (`Deleted`, `DisabledByParent`, `Unknown (N)`) are left out with a warning, and a warning says if the limit cut the list. " +
			"A Code Signing Administrator sees all projects, others those on which they have a role. Takes the scope `codesign`, and one request. Needs Terraform 1.14.",
		Attributes: map[string]listschema.Attribute{
			"filter": listschema.StringAttribute{Optional: true, MarkdownDescription: FilterDescription},
			"rights": listschema.ListAttribute{
				Optional: true, ElementType: types.StringType, MarkdownDescription: RightsDescription,
				Validators: []validator.List{listvalidator.NoNullValues(), listvalidator.ValueStringsAre(RightName())},
			},
			"statuses": listschema.ListAttribute{
				Optional: true, ElementType: types.StringType, MarkdownDescription: StatusesDescription,
				Validators: []validator.List{listvalidator.NoNullValues(), listvalidator.ValueStringsAre(ProjectStatusName())},
			},
		},
	}
}

// List answers with at most as many projects as are asked for, the first ones of
// the server. They are collected before they are handed on, because whoever takes
// them may be slower than the server has patience.
func (l *listResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	found, diagnostics := l.find(ctx, req)
	stream.Results = func(push func(list.ListResult) bool) {
		if len(diagnostics) > 0 && !push(list.ListResult{Diagnostics: diagnostics}) {
			return
		}
		for _, p := range found {
			if !push(listed(ctx, req, p)) {
				return
			}
		}
	}
}

func (l *listResource) find(ctx context.Context, req list.ListRequest) (found []*client.Project, diagnostics diag.Diagnostics) {
	var config ProjectQuery
	diagnostics.Append(req.Config.Get(ctx, &config)...)
	api := l.RequireClient(&diagnostics)
	if diagnostics.HasError() {
		return nil, diagnostics
	}
	query, err := config.Query()
	if err != nil {
		diagnostics.AddAttributeError(path.Root("rights"), "Invalid right", err.Error())
		return nil, diagnostics
	}
	var omitted []*client.Project
	cut := 0
	err = reconcile.Each(ctx, api, query, func(p *client.Project) bool {
		switch _, configurable := lifecycle.ParseDesired(p.Status.String()); {
		case !configurable:
			omitted = append(omitted, p)
		case req.Limit > 0 && int64(len(found)) == req.Limit:
			cut++
		default:
			found = append(found, p)
		}
		return true
	})
	if err != nil {
		diags.AddError(&diagnostics, path.Empty(), "Could not list the projects", err)
		return nil, diagnostics
	}
	if len(found)+len(omitted) == 0 {
		config.WarnOfNothing(&diagnostics)
	}
	warnOfOmitted(&diagnostics, omitted)
	warnOfCut(&diagnostics, len(found), cut)
	return found, diagnostics
}

// warnOfOmitted names the projects for which no configuration can be planned.
func warnOfOmitted(diagnostics *diag.Diagnostics, omitted []*client.Project) {
	const shown = 10
	if len(omitted) == 0 {
		return
	}
	names := make([]string, 0, shown)
	for _, p := range omitted[:min(shown, len(omitted))] {
		names = append(names, sprintf("%s (%s)", p.DN, p.Status))
	}
	if more := len(omitted) - len(names); more > 0 {
		names = append(names, sprintf("and %d more", more))
	}
	warn(diagnostics, path.Empty(), sprintf("%d projects are not listed", len(omitted)), sprintf(
		"Their status can't be configured, so a configuration for them could not be planned: %s.", strings.Join(names, ", ")))
}

func warnOfCut(diagnostics *diag.Diagnostics, listed, cut int) {
	if cut > 0 {
		warn(diagnostics, path.Empty(), "The list of projects was cut", sprintf(
			"%d projects match, and the first %d are listed. Set limit in the list block to %d or more (without it the CLI lists 100), "+
				"or use filter, rights or statuses to select fewer projects.", listed+cut, listed, listed+cut))
	}
}

// listed is one project, with what an import of it would read.
func listed(ctx context.Context, req list.ListRequest, p *client.Project) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = dn.Name(p.DN)
	guid := dn.CanonicalGUID(p.GUID)
	result.Diagnostics.Append(result.Identity.Set(ctx, identity{types.StringValue(guid)})...)
	if !req.IncludeResource {
		return result
	}
	var m statusModel
	m.refresh(p)
	for name, value := range map[string]any{
		"dn": m.DN, "guid": attr.NewGUIDValue(guid), "project_id": m.ProjectID, "status": m.Status, "current_status": m.CurrentStatus,
		"initial_status": m.CurrentStatus,
	} {
		result.Diagnostics.Append(result.Resource.SetAttribute(ctx, path.Root(name), value)...)
	}
	return result
}
