package project

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// NewRoleList returns the list resource codesign_project_role.
func NewRoleList() list.ListResource { return &roleList{} }

// NewMemberList returns the list resource codesign_project_role_member.
func NewMemberList() list.ListResource { return &memberList{} }

type (
	roleList   struct{ config.ResourceClient }
	memberList struct{ config.ResourceClient }
)

var (
	_ list.ListResourceWithConfigure = &roleList{}
	_ list.ListResourceWithConfigure = &memberList{}
)

func (l *roleList) Metadata(ctx context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	(&roleResource{}).Metadata(ctx, req, resp)
}

func (l *memberList) Metadata(ctx context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	(&memberResource{}).Metadata(ctx, req, resp)
}

const listedTogether = "Needs Terraform 1.14 and the scope `codesign`."

func (l *roleList) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	resp.Schema = listSchema("Lists roles for `terraform query`, ready to import: every role with trustees on every " +
		"project that the identity of the provider can see. " + listedTogether)
}

func (l *memberList) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	resp.Schema = listSchema("Lists members of roles for `terraform query`, ready to import: every trustee of every " +
		"role on every project that the identity of the provider can see. " + listedTogether)
}

func listSchema(description string) schema.Schema {
	return schema.Schema{
		MarkdownDescription: description,
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
		},
	}
}

// listed is one role of a project, or one of its trustees.
type listed struct {
	project  *client.Project
	role     settings.Role
	trustees []string
}

func (l *roleList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	found, diagnostics := findRoles(ctx, l.ResourceClient, req, func(one listed) []listed { return []listed{one} })
	streamResults(stream, found, diagnostics, func(one listed) list.ListResult { return roleResult(ctx, req, one) })
}

func (l *memberList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	found, diagnostics := findRoles(ctx, l.ResourceClient, req, func(one listed) []listed {
		var members []listed
		for _, trustee := range settings.Union(one.trustees, nil) {
			members = append(members, listed{one.project, one.role, []string{trustee}})
		}
		return members
	})
	streamResults(stream, found, diagnostics, func(one listed) list.ListResult { return memberResult(ctx, req, one) })
}

// findRoles returns the first elements up to the limit. It reads all projects before it returns,
// because the CLI may be too slow for the connection to the server.
func findRoles(
	ctx context.Context, r config.ResourceClient, req list.ListRequest, split func(listed) []listed,
) (found []listed, diagnostics diag.Diagnostics) {
	var arguments projectQuery
	diagnostics.Append(req.Config.Get(ctx, &arguments)...)
	api := r.RequireClient(&diagnostics)
	query := arguments.request(&diagnostics)
	if diagnostics.HasError() {
		return nil, diagnostics
	}
	projects, beyondLimit := 0, 0
	err := reconcile.Each(ctx, api, query, func(p *client.Project) bool {
		projects++
		for _, one := range rolesOf(p) {
			elements := split(one)
			if req.Limit > 0 {
				room := max(0, int(req.Limit)-len(found))
				beyondLimit += max(0, len(elements)-room)
				elements = elements[:min(room, len(elements))]
			}
			found = append(found, elements...)
		}
		return true
	})
	if err != nil {
		diags.AddError(&diagnostics, path.Empty(), unableToList, err)
		return nil, diagnostics
	}
	if projects == 0 {
		arguments.warnEmpty(&diagnostics)
	}
	if all := len(found) + beyondLimit; beyondLimit > 0 {
		addWarning(&diagnostics, path.Empty(), "The list of roles is truncated", fmt.Sprintf(
			"There are %d results, and the first %d are listed. Set limit in the list block to at least %d (the "+
				"default of the CLI is 100), or select fewer projects with filter, rights or statuses.", all,
			len(found), all))
	}
	return found, diagnostics
}

// rolesOf are the roles of a project that have trustees.
func rolesOf(p *client.Project) []listed {
	var roles []listed
	for _, role := range settings.Roles() {
		if trustees := edit.SettingsOf(p).Trustees(role); len(trustees) > 0 {
			roles = append(roles, listed{p, role, trustees})
		}
	}
	return roles
}

// roleResult is one role with the values that an import reads.
func roleResult(ctx context.Context, req list.ListRequest, one listed) list.ListResult {
	m := newRoleModel(string(one.role))
	m.GUID = attr.NewGUIDValue(dn.CanonicalGUID(one.project.GUID))
	m.refresh(one.project)
	return newRoleResult(ctx, req, fmt.Sprintf("%s %s", dn.Name(one.project.DN), one.role),
		newRoleIdentity(one.project.GUID, m.Role), map[string]any{
			"dn": m.DN, "guid": m.GUID, "project_id": m.ProjectID, "role": m.Role, "trustees": m.Trustees,
			"on_drift": types.StringValue(repairDrift),
		})
}

func memberResult(ctx context.Context, req list.ListRequest, one listed) list.ListResult {
	m := memberModel{
		projectNames: noNames(), Role: types.StringValue(string(one.role)),
		Trustee: attr.NewTrusteeValue(one.trustees[0]),
	}
	m.GUID = attr.NewGUIDValue(dn.CanonicalGUID(one.project.GUID))
	m.refresh(one.project)
	return newRoleResult(ctx, req, fmt.Sprintf("%s %s %s", dn.Name(one.project.DN), one.role, one.trustees[0]),
		m.identity(), map[string]any{
			"dn": m.DN, "guid": m.GUID, "project_id": m.ProjectID, "role": m.Role, "trustee": m.Trustee,
			"active": m.Active,
		})
}

func newRoleResult(
	ctx context.Context, req list.ListRequest, name string, identity any, values map[string]any,
) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = name
	result.Diagnostics.Append(result.Identity.Set(ctx, identity)...)
	if !req.IncludeResource {
		return result
	}
	for attribute, value := range values {
		result.Diagnostics.Append(result.Resource.SetAttribute(ctx, path.Root(attribute), value)...)
	}
	return result
}
