package project

import (
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

// Address is the attribute by which a configuration names a project.
type Address struct {
	Path  path.Path // empty where nothing is set
	Ref   client.ProjectRef
	Known bool
}

// AddressOf is that of a configuration in which exactly one of the three is set.
func AddressOf(dn attr.DNValue, guid attr.GUIDValue, projectID types.Int64) Address {
	switch {
	case !dn.IsNull():
		return Address{path.Root("dn"), client.ByDN(dn.ValueString()), !dn.IsUnknown()}
	case !guid.IsNull():
		return Address{path.Root("guid"), client.ByGUID(guid.ValueString()), !guid.IsUnknown()}
	case !projectID.IsNull():
		return Address{path.Root("project_id"), client.ByID(projectID.ValueInt64()), !projectID.IsUnknown()}
	default:
		return Address{Path: path.Empty()}
	}
}
