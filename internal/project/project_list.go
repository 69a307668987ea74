package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
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
		"identity of the provider can see, except those that are queued for deletion. " + listedTogether)
}

func (l *projectList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	found, diagnostics := findProjects(ctx, &l.ResourceClient, req, func(p *client.Project) bool {
		return p.Status != lifecycle.Deleted
	})
	streamResults(stream, found, diagnostics, func(p *client.Project) list.ListResult {
		return projectResult(ctx, req, p)
	})
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
