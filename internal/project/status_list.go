package project

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// NewStatusList returns the list resource codesign_project_status.
func NewStatusList() list.ListResource { return &statusList{} }

type statusList struct{ config.ResourceClient }

var _ list.ListResourceWithConfigure = &statusList{}

func (l *statusList) Metadata(ctx context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	(&statusResource{}).Metadata(ctx, req, resp)
}

func (l *statusList) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	resp.Schema = listSchema("Lists projects for `terraform query`, ready to import: every project that the identity " +
		"of the provider can see and whose status can be configured. " + listedTogether)
}

func (l *statusList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	found, diagnostics := findProjects(ctx, &l.ResourceClient, req, func(p *client.Project) bool {
		_, configurable := lifecycle.ParseDesired(p.Status.String())
		return configurable
	})
	streamResults(stream, found, diagnostics, func(p *client.Project) list.ListResult {
		return listResult(ctx, req, p)
	})
}

// streamResults returns elements that were read before: the CLI may be too slow for the connection
// to the server.
func streamResults[E any](
	stream *list.ListResultsStream, found []E, diagnostics diag.Diagnostics, result func(E) list.ListResult,
) {
	stream.Results = func(push func(list.ListResult) bool) {
		if len(diagnostics) > 0 && !push(list.ListResult{Diagnostics: diagnostics}) {
			return
		}
		for _, one := range found {
			if !push(result(one)) {
				return
			}
		}
	}
}

// findProjects returns the first projects of the server up to the limit. It warns of those that are
// not importable.
func findProjects(
	ctx context.Context, r *config.ResourceClient, req list.ListRequest, isImportable func(*client.Project) bool,
) (found []*client.Project, diagnostics diag.Diagnostics) {
	var arguments projectQuery
	diagnostics.Append(req.Config.Get(ctx, &arguments)...)
	api := r.RequireClient(&diagnostics)
	query := arguments.request(&diagnostics)
	if diagnostics.HasError() {
		return nil, diagnostics
	}
	var omitted []*client.Project
	beyondLimit := 0
	err := reconcile.Each(ctx, api, query, func(p *client.Project) bool {
		switch {
		case !isImportable(p):
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

const unableToList = "Unable to list projects"

// warnOmitted names the projects for which no configuration can be planned.
func warnOmitted(diagnostics *diag.Diagnostics, omitted []*client.Project) {
	const shown = 10
	if len(omitted) == 0 {
		return
	}
	names := make([]string, 0, shown)
	for _, p := range omitted[:min(shown, len(omitted))] {
		names = append(names, fmt.Sprintf("%s (%s)", p.DN, p.Status))
	}
	if more := len(omitted) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	addWarning(diagnostics, path.Empty(), fmt.Sprintf("Projects omitted from the list: %d", len(omitted)),
		"A configuration cannot set their status: "+strings.Join(names, ", ")+".")
}

func warnTruncated(diagnostics *diag.Diagnostics, listed, beyondLimit int) {
	if beyondLimit == 0 {
		return
	}
	addWarning(diagnostics, path.Empty(), "The list of projects is truncated", fmt.Sprintf(
		"%d projects match, and the first %d are listed. Set limit in the list block to at least %d (the default of "+
			"the CLI is 100), or select fewer projects with filter, rights or statuses.",
		listed+beyondLimit, listed, listed+beyondLimit))
}

// listResult is one project with the values that an import would read.
func listResult(ctx context.Context, req list.ListRequest, p *client.Project) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = dn.Name(p.DN)
	guid := dn.CanonicalGUID(p.GUID)
	result.Diagnostics.Append(result.Identity.Set(ctx, statusIdentity{types.StringValue(guid)})...)
	if !req.IncludeResource {
		return result
	}
	var m statusModel
	m.refresh(p)
	for name, value := range map[string]any{
		"dn": m.DN, "guid": attr.NewGUIDValue(guid), "project_id": m.ProjectID,
		"status": m.Status, "current_status": m.CurrentStatus, "initial_status": m.CurrentStatus,
	} {
		result.Diagnostics.Append(result.Resource.SetAttribute(ctx, path.Root(name), value)...)
	}
	return result
}
