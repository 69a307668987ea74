package projectstatus

import (
	"context"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/dn"
)

// ImportState accepts a DN, a GUID or a number as the id, or the identity.
func (r *statusResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if req.ID == "" {
		resource.ImportStatePassthroughWithIdentity(ctx, path.Root("guid"), path.Root("guid"), req, resp)
		return
	}
	if number, err := strconv.ParseInt(req.ID, 10, 64); err == nil {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("project_id"), number)...)
		return
	}
	attribute, err := "guid", dn.ValidateGuid(req.ID)
	if strings.Contains(req.ID, dn.Separator) {
		attribute, err = "dn", dn.Validate(req.ID)
	}
	if err != nil {
		resp.Diagnostics.AddError("Invalid import id", "A project is imported by its DN, its GUID or its number; "+
			"the id given is none of these: "+err.Error()+".")
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(attribute), req.ID)...)
}
