package projectstatus

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/projects"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

// NewList is the constructor of the list resource of the same name.
func NewList() list.ListResource { return &listResource{} }

type listResource struct{ tfkit.ListClient }

var _ list.ListResourceWithConfigure = &listResource{}

func (l *listResource) Metadata(ctx context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	(&statusResource{}).Metadata(ctx, req, resp)
}

func (l *listResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = listschema.Schema{
		MarkdownDescription: "Finds projects for `terraform query`: every project that the identity may see, or those that match, each ready to import. " +
			"With `-generate-config-out` it writes resources whose goal is the status that the project has. " +
			"A Code Signing Administrator sees all projects, others those on which they have a role. Takes the scope `codesign`, and one request. Needs Terraform 1.14.",
		Attributes: map[string]listschema.Attribute{
			"filter": listschema.StringAttribute{Optional: true, MarkdownDescription: tfkit.FilterDescription},
			"rights": listschema.ListAttribute{
				Optional: true, ElementType: types.StringType, MarkdownDescription: tfkit.RightsDescription,
				Validators: []validator.List{listvalidator.NoNullValues(), listvalidator.ValueStringsAre(tfkit.RightName())},
			},
			"statuses": listschema.ListAttribute{
				Optional: true, ElementType: types.StringType, MarkdownDescription: tfkit.StatusesDescription,
				Validators: []validator.List{listvalidator.NoNullValues(), listvalidator.ValueStringsAre(tfkit.ProjectStatusName())},
			},
		},
	}
}

// List answers with at most as many projects as are asked for, the first ones of
// the server. They are collected before they are handed on, because whoever takes
// them may be slower than the server has patience.
func (l *listResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	found, diags := l.find(ctx, req)
	stream.Results = func(push func(list.ListResult) bool) {
		if len(diags) > 0 && !push(list.ListResult{Diagnostics: diags}) {
			return
		}
		for _, p := range found {
			if !push(listed(ctx, req, p)) {
				return
			}
		}
	}
}

func (l *listResource) find(ctx context.Context, req list.ListRequest) (found []*api.Project, diags diag.Diagnostics) {
	var config tfkit.ProjectQuery
	diags.Append(req.Config.Get(ctx, &config)...)
	client := l.Client(&diags)
	if diags.HasError() {
		return nil, diags
	}
	query, err := config.Query()
	if err != nil {
		diags.AddAttributeError(path.Root("rights"), "Invalid right", err.Error())
		return nil, diags
	}
	err = projects.Each(ctx, client, query, func(p *api.Project) bool {
		found = append(found, p)
		return req.Limit <= 0 || int64(len(found)) < req.Limit
	})
	if err != nil {
		tfkit.AddError(&diags, path.Empty(), "Could not list the projects", err)
		return nil, diags
	}
	if len(found) == 0 {
		config.WarnOfNothing(&diags)
	}
	return found, diags
}

// listed is one project, with what an import of it would read.
func listed(ctx context.Context, req list.ListRequest, p *api.Project) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = dn.Name(p.Dn)
	guid := dn.CanonicalGuid(p.Guid)
	result.Diagnostics.Append(result.Identity.Set(ctx, identity{types.StringValue(guid)})...)
	if !req.IncludeResource {
		return result
	}
	var m model
	m.refresh(p)
	for name, value := range map[string]any{
		"dn": m.Dn, "guid": tfkit.NewGuidValue(guid), "project_id": m.ProjectId, "status": m.Status, "current_status": m.CurrentStatus,
		"initial_status": m.CurrentStatus,
	} {
		result.Diagnostics.Append(result.Resource.SetAttribute(ctx, path.Root(name), value)...)
	}
	return result
}
