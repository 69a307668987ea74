package projectstatus

import (
	"context"
	"errors"
	"math/big"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

// ImportState accepts a DN, a GUID or a number as the id, or the identity.
func (r *statusResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		importIdentity(ctx, req, resp)
		return
	}
	attribute, value, err := nameIn(req.ID)
	if err != nil {
		resp.Diagnostics.AddError("Invalid import id", "A project is imported by its DN, its GUID or its number; "+
			"the id given is none of these: "+err.Error()+".")
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(attribute), value)...)
}

// nameIn is the attribute to which an id belongs, with its value.
func nameIn(id string) (attribute string, value any, err error) {
	number, _, notNumeric := big.ParseFloat(id, 10, 128, big.ToNearestEven)
	switch {
	case strings.TrimSpace(id) == "":
		return "", nil, errors.New("it is empty")
	case notNumeric == nil:
		whole, _ := number.Int64()
		return "project_id", whole, tfkit.CheckProjectId(number)
	case strings.Contains(id, dn.Separator):
		return "dn", id, dn.Validate(id)
	default:
		return "guid", id, checkGuid(id)
	}
}

func checkGuid(guid string) error {
	err := dn.ValidateGuid(guid)
	if err == nil && strings.Trim(dn.CanonicalGuid(guid), "0-") == "" {
		return errors.New("a GUID of all zeros names nothing")
	}
	return err
}

func importIdentity(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	var named identity
	resp.Diagnostics.Append(req.Identity.Get(ctx, &named)...)
	if err := checkGuid(named.Guid.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("guid"), "Invalid import id", "The guid of the identity is wrong: "+err.Error()+".")
		return
	}
	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("guid"), path.Root("guid"), req, resp)
}
