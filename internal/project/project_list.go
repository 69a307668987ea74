package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// NewList returns the list resource codesign_project.
func NewList() list.ListResource { return &projectList{} }

type projectList struct{ config.ResourceClient }

var _ list.ListResourceWithConfigure = &projectList{}

func (l *projectList) Metadata(ctx context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	(&projectResource{}).Metadata(ctx, req, resp)
}

func (l *projectList) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	resp.Schema = listSchema("Lists projects for `terraform query`, ready to import: every project that the " +
		"identity of the " +
		"provider can see, except those that are queued for deletion. " + listedTogether)
}

// List returns the first projects of the server up to the limit. It reads them before it returns the
// first one, because the CLI may be too slow for the connection to the server.
func (l *projectList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	found, diagnostics := l.find(ctx, req)
	stream.Results = func(push func(list.ListResult) bool) {
		if len(diagnostics) > 0 && !push(list.ListResult{Diagnostics: diagnostics}) {
			return
		}
		for _, p := range found {
			if !push(projectResult(ctx, req, p)) {
				return
			}
		}
	}
}

func (l *projectList) find(
	ctx context.Context, req list.ListRequest,
) (found []*client.Project, diagnostics diag.Diagnostics) {
	var arguments projectQuery
	diagnostics.Append(req.Config.Get(ctx, &arguments)...)
	api := l.RequireClient(&diagnostics)
	query := arguments.request(&diagnostics)
	if diagnostics.HasError() {
		return nil, diagnostics
	}
	var omitted []*client.Project
	beyondLimit := 0
	err := reconcile.Each(ctx, api, query, func(p *client.Project) bool {
		switch {
		case p.Status == lifecycle.Deleted:
			omitted = append(omitted, p)
		case req.Limit > 0 && int64(len(found)) == req.Limit:
			beyondLimit++
		default:
			found = append(found, p)
		}
		return true
	})
	if err != nil {
		diags.AddError(&diagnostics, path.Empty(), unableToList, err)
		return nil, diagnostics
	}
	if len(found)+len(omitted) == 0 {
		arguments.warnEmpty(&diagnostics)
	}
	warnOmitted(&diagnostics, omitted)
	warnTruncated(&diagnostics, len(found), beyondLimit)
	return found, diagnostics
}

// projectResult is one project with the values that an import reads.
func projectResult(ctx context.Context, req list.ListRequest, p *client.Project) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = dn.Name(p.DN)
	guid := dn.CanonicalGUID(p.GUID)
	result.Diagnostics.Append(result.Identity.Set(ctx, statusIdentity{types.StringValue(guid)})...)
	if !req.IncludeResource {
		return result
	}
	for name, value := range importedValues(p) {
		result.Diagnostics.Append(result.Resource.SetAttribute(ctx, path.Root(name), value)...)
	}
	return result
}
