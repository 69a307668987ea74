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
	return newRoleList("_project_role", "Lists roles for `terraform query`, ready to import: every role with trustees "+
		"on every project that the identity of the provider can see.",
		func(p *client.Project, role settings.Role, trustees []string) []listElement {
			if len(trustees) == 0 {
				return nil
			}
			m := importedRole(dn.CanonicalGUID(p.GUID), string(role), p)
			return []listElement{{roleTitle(p, role), m.identity(), m.importedValues()}}
		})
}

// NewMemberList returns the list resource codesign_project_role_member.
func NewMemberList() list.ListResource {
	return newRoleList("_project_role_member", "Lists members of roles for `terraform query`, ready to import: every "+
		"trustee of every role on every project that the identity of the provider can see.",
		func(p *client.Project, role settings.Role, trustees []string) (elements []listElement) {
			for _, trustee := range settings.Union(trustees, nil) {
				m := importedMember(dn.CanonicalGUID(p.GUID), string(role), trustee, p)
				title := roleTitle(p, role) + " " + trustee
				elements = append(elements, listElement{title, m.identity(), m.importedValues()})
			}
			return elements
		})
}

func newRoleList(
	typeName, description string, of func(*client.Project, settings.Role, []string) []listElement,
) list.ListResource {
	return &projectList{
		typeName: typeName, description: description, noun: "roles", count: "There are %d results",
		elements: func(p *client.Project) (elements []listElement) {
			for _, role := range settings.Roles() {
				elements = append(elements, of(p, role, edit.SettingsOf(p).Trustees(role))...)
			}
			return elements
		},
	}
}

func roleTitle(p *client.Project, role settings.Role) string {
	return fmt.Sprintf("%s %s", dn.Name(p.DN), role)
}
