package ticket

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// ImportState takes the GUID of the ticket as the ID or as the identity. It reads the ticket, because
// the CLI's own message for a missing object does not name it.
func (r *decisionResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	id := req.ID
	if id == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		var named identity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &named)...)
		id = named.GUID.ValueString()
	}
	if problem := idProblem(id); problem != "" {
		resp.Diagnostics.AddError("Invalid import ID", "A workflow ticket is imported by its GUID. "+problem+".")
		return
	}
	if api := r.Client(); api != nil {
		if _, err := newDecider(ctx, api).Get(ctx, dn.CanonicalGUID(id)); err != nil {
			reportImport(&resp.Diagnostics, id, err)
			return
		}
	}
	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("guid"), path.Root("guid"), req, resp)
}

// reportImport names no attribute: an import has no configuration.
func reportImport(diagnostics *diag.Diagnostics, guid string, err error) {
	if failure.CodeOf(err) == failure.NotFound {
		err = diags.WithRemedy(err, "A ticket that was consumed after its decision cannot be imported and needs no "+
			"block.")
	}
	diags.AddError(diagnostics, path.Empty(), "Unable to import workflow ticket "+guid, err)
}

// idProblem is empty for a GUID that can be that of a ticket.
func idProblem(id string) string {
	err := dn.ValidateGUID(id)
	switch {
	case strings.TrimSpace(id) == "":
		return "The ID is empty"
	case err != nil:
		return "The ID is not a GUID: " + err.Error()
	case strings.Trim(dn.CanonicalGUID(id), "0-") == "":
		return "The ID is the GUID of all zeros, which no ticket has"
	default:
		return ""
	}
}
