package project

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/list"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

// NewList returns the list resource codesign_project.
func NewList() list.ListResource {
	return &projectList{
		typeName: "_project",
		description: "Lists projects for `terraform query`, ready to import: every project that the identity of the " +
			"provider can see, except those that are queued for deletion.",
		noun: "projects", count: "%d projects match", warnsOmitted: true,
		elements: func(p *client.Project) []listElement {
			if p.Status == lifecycle.Deleted {
				return nil
			}
			return []listElement{{dn.Name(p.DN), newStatusIdentity(p.GUID), importedValues(p)}}
		},
	}
}

// NewStatusList returns the list resource codesign_project_status.
func NewStatusList() list.ListResource {
	return &projectList{
		typeName: "_project_status",
		description: "Lists projects for `terraform query`, ready to import: every project that the identity of the " +
			"provider can see and whose status can be configured.",
		noun: "projects", count: "%d projects match", warnsOmitted: true,
		elements: func(p *client.Project) []listElement {
			m := statusModel{projectNames: noNames()}
			m.GUID = attr.NewGUIDValue(dn.CanonicalGUID(p.GUID))
			if m.refresh(p); m.Status.IsNull() {
				return nil
			}
			values := m.importedValues()
			values["status"] = m.Status
			return []listElement{{dn.Name(p.DN), newStatusIdentity(p.GUID), values}}
		},
	}
}

// NewRoleList returns the list resource codesign_project_role.
func NewRoleList() list.ListResource {
	return &projectList{
		typeName: "_project_role",
		description: "Lists roles for `terraform query`, ready to import: every role with trustees on every project " +
			"that the identity of the provider can see.",
		noun: "roles", count: "There are %d results",
		elements: func(p *client.Project) []listElement {
			var elements []listElement
			for _, role := range settings.Roles() {
				if len(edit.SettingsOf(p).Trustees(role)) > 0 {
					m := importedRole(dn.CanonicalGUID(p.GUID), string(role), p)
					elements = append(elements, listElement{roleTitle(p, role), m.identity(), m.importedValues()})
				}
			}
			return elements
		},
	}
}

// NewMemberList returns the list resource codesign_project_role_member.
func NewMemberList() list.ListResource {
	return &projectList{
		typeName: "_project_role_member",
		description: "Lists members of roles for `terraform query`, ready to import: every trustee of every role on " +
			"every project that the identity of the provider can see.",
		noun: "roles", count: "There are %d results",
		elements: func(p *client.Project) []listElement {
			var elements []listElement
			for _, role := range settings.Roles() {
				for _, trustee := range settings.Union(edit.SettingsOf(p).Trustees(role), nil) {
					m := importedMember(dn.CanonicalGUID(p.GUID), string(role), trustee, p)
					elements = append(elements, listElement{
						roleTitle(p, role) + " " + trustee, m.identity(), m.importedValues(),
					})
				}
			}
			return elements
		},
	}
}

func roleTitle(p *client.Project, role settings.Role) string {
	return fmt.Sprintf("%s %s", dn.Name(p.DN), role)
}
