package project

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// projectList is a list resource whose elements are projects, or belong to them.
type projectList struct {
	config.ResourceClient
	typeName    string // without the name of the provider
	description string
	// elements are those of one project. A project without one is omitted, with a warning if
	// warnsOmitted is set.
	elements     func(*client.Project) []listElement
	warnsOmitted bool
	noun         string // of the elements, for messages
}

var _ list.ListResourceWithConfigure = &projectList{}

// listElement is one result, with the state that an import has.
type listElement struct {
	name            string
	identity, state any
}

func (l *projectList) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + l.typeName
}

func (l *projectList) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	all := map[string]schema.Attribute{}
	all["filter"], all["rights"], all["statuses"] = queryAttributes()
	resp.Schema = schema.Schema{
		MarkdownDescription: l.description + " Needs Terraform 1.14 and the scope `codesign`.", Attributes: all,
	}
}

// List reads all projects before it returns the first result, because the CLI may be too slow for the
// connection to the server.
func (l *projectList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	found, diagnostics := l.find(ctx, req)
	stream.Results = func(push func(list.ListResult) bool) {
		if len(diagnostics) > 0 && !push(list.ListResult{Diagnostics: diagnostics}) {
			return
		}
		for _, one := range found {
			if !push(one.result(ctx, req)) {
				return
			}
		}
	}
}

func (e listElement) result(ctx context.Context, req list.ListRequest) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = e.name
	result.Diagnostics.Append(result.Identity.Set(ctx, e.identity)...)
	if req.IncludeResource {
		result.Diagnostics.Append(result.Resource.Set(ctx, e.state)...)
	}
	return result
}

// find returns the first elements of the server up to the limit.
func (l *projectList) find(
	ctx context.Context, req list.ListRequest,
) (found []listElement, diagnostics diag.Diagnostics) {
	var arguments projectQuery
	diagnostics.Append(req.Config.Get(ctx, &arguments)...)
	api := l.RequireClient(&diagnostics)
	query := arguments.request(&diagnostics)
	if diagnostics.HasError() {
		return nil, diagnostics
	}
	projects := 0
	var omitted []*client.Project
	err := reconcile.Each(ctx, api, query, func(p *client.Project) {
		projects++
		elements := l.elements(p)
		if len(elements) == 0 {
			omitted = append(omitted, p)
		}
		found = append(found, elements...)
	})
	if err != nil {
		diags.AddError(&diagnostics, path.Empty(), unableToList, err)
		return nil, diagnostics
	}
	if projects == 0 {
		arguments.warnEmpty(&diagnostics)
	}
	if l.warnsOmitted {
		warnOmitted(&diagnostics, omitted)
	}
	if all, limit := len(found), int(req.Limit); limit > 0 && all > limit {
		addWarning(&diagnostics, path.Empty(), "The list of "+l.noun+" is truncated", fmt.Sprintf(
			"%d %s match, and the first %d are listed. Set limit in the list block to at least %d (the default of the "+
				"CLI is 100), or select fewer projects with filter, rights or statuses.", all, l.noun, limit, all))
		found = found[:limit]
	}
	return found, diagnostics
}

const unableToList = "Unable to list projects"

// warnOmitted names the projects for which no configuration can be planned.
func warnOmitted(diagnostics *diag.Diagnostics, omitted []*client.Project) {
	const shown = 10
	if len(omitted) == 0 {
		return
	}
	var names []string
	for _, p := range omitted[:min(shown, len(omitted))] {
		names = append(names, fmt.Sprintf("%s (%s)", p.DN, p.Status))
	}
	addWarning(diagnostics, path.Empty(), fmt.Sprintf("Projects omitted from the list: %d", len(omitted)),
		"A configuration cannot set their status: "+failure.List(names, len(omitted))+".")
}

// NewList returns the list resource codesign_project.
func NewList() list.ListResource {
	return &projectList{
		typeName: "_project",
		description: "Lists projects for `terraform query`, ready to import: every project that the identity of the " +
			"provider can see, except those that are queued for deletion.",
		noun: "projects", warnsOmitted: true,
		elements: func(p *client.Project) []listElement {
			if p.Status == lifecycle.Deleted {
				return nil
			}
			return []listElement{{dn.Name(p.DN), newStatusIdentity(p.GUID), importedProject(p)}}
		},
	}
}

// NewStatusList returns the list resource codesign_project_status.
func NewStatusList() list.ListResource {
	return &projectList{
		typeName: "_project_status",
		description: "Lists projects for `terraform query`, ready to import: every project that the identity of the " +
			"provider can see and whose status can be configured.",
		noun: "projects", warnsOmitted: true,
		elements: func(p *client.Project) []listElement {
			m := &statusModel{Timeouts: noTimeouts()}
			m.GUID = attr.NewGUIDValue(dn.CanonicalGUID(p.GUID))
			if m.refresh(p); m.Status.IsNull() {
				return nil
			}
			m.InitialStatus = m.CurrentStatus
			return []listElement{{dn.Name(p.DN), newStatusIdentity(p.GUID), m}}
		},
	}
}

// NewRoleList returns the list resource codesign_project_role.
func NewRoleList() list.ListResource {
	return newRoleList("_project_role", "Lists roles for `terraform query`, ready to import: every role with trustees "+
		"on every project that the identity of the provider can see.",
		func(p *client.Project, role settings.Role, trustees []string) []listElement {
			if len(trustees) == 0 {
				return nil
			}
			m := importedRole(p, dn.CanonicalGUID(p.GUID), string(role))
			return []listElement{{roleTitle(p, role), m.identity(), m}}
		})
}

// NewMemberList returns the list resource codesign_project_role_member.
func NewMemberList() list.ListResource {
	return newRoleList("_project_role_member", "Lists members of roles for `terraform query`, ready to import: every "+
		"trustee of every role on every project that the identity of the provider can see.",
		func(p *client.Project, role settings.Role, trustees []string) (elements []listElement) {
			for _, trustee := range settings.Union(trustees, nil) {
				m := importedMember(p, dn.CanonicalGUID(p.GUID), string(role), trustee)
				title := roleTitle(p, role) + " " + trustee
				elements = append(elements, listElement{title, m.identity(), m})
			}
			return elements
		})
}

func newRoleList(
	typeName, description string, of func(*client.Project, settings.Role, []string) []listElement,
) list.ListResource {
	return &projectList{
		typeName: typeName, description: description, noun: "roles",
		elements: func(p *client.Project) (elements []listElement) {
			for _, role := range settings.Roles() {
				elements = append(elements, of(p, role, p.Trustees(role))...)
			}
			return elements
		},
	}
}

func roleTitle(p *client.Project, role settings.Role) string {
	return fmt.Sprintf("%s %s", dn.Name(p.DN), role)
}
