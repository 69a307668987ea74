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

// ImportState takes the ticket's GUID, as the id or as the identity, and reads the ticket: the CLI
// has only a generic text for an object that the read after it does not find.
func (r *decisionResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	given := req.ID
	if given == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		var named identity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &named)...)
		given = named.GUID.ValueString()
	}
	if problem := notATicket(given); problem != "" {
		resp.Diagnostics.AddError("Invalid import id", "A workflow ticket is imported by its GUID; the id given is "+problem+".")
		return
	}
	if api := r.Client(); api != nil {
		if _, err := newDriver(ctx, api).Get(ctx, dn.CanonicalGUID(given)); err != nil {
			reportImport(&resp.Diagnostics, err)
			return
		}
	}
	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("guid"), path.Root("guid"), req, resp)
}

// reportImport has no attribute to point at: an import has no configuration of its own.
func reportImport(diagnostics *diag.Diagnostics, err error) {
	if failure.CodeOf(err) == failure.NotFound {
		err = diags.WithRemedy(err, "A ticket that was consumed after its decision cannot be imported and needs no block.")
	}
	diags.AddError(diagnostics, path.Empty(), "Could not import the workflow ticket", err)
}

// notATicket says what a text is that can't be the GUID of a ticket.
func notATicket(guid string) string {
	err := dn.ValidateGUID(guid)
	switch {
	case strings.TrimSpace(guid) == "":
		return "empty"
	case err != nil:
		return "none: " + err.Error()
	case strings.Trim(dn.CanonicalGUID(guid), "0-") == "":
		return "all zeros, which names nothing"
	default:
		return ""
	}
}
