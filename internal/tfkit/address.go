package tfkit

import (
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
)

// Address is the attribute by which a configuration names a project.
type Address struct {
	Path  path.Path // empty where nothing is set
	Ref   api.ProjectRef
	Known bool
}

// AddressOf is that of a configuration in which exactly one of the three is set.
func AddressOf(dn DnValue, guid GuidValue, projectId types.Int64) Address {
	switch {
	case !dn.IsNull():
		return Address{path.Root("dn"), api.ByDn(dn.ValueString()), !dn.IsUnknown()}
	case !guid.IsNull():
		return Address{path.Root("guid"), api.ByGuid(guid.ValueString()), !guid.IsUnknown()}
	case !projectId.IsNull():
		return Address{path.Root("project_id"), api.ById(projectId.ValueInt64()), !projectId.IsUnknown()}
	default:
		return Address{Path: path.Empty()}
	}
}
