package ticket

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

// Read asks for one ticket.
func (d *one) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config ticketDataTicket
	api := d.Begin(ctx, req, &config, resp)
	if api == nil {
		return
	}
	found, err := decide.New(api).Get(ctx, dn.CanonicalGUID(config.GUID.ValueString()))
	if err != nil {
		at := path.Root("guid")
		diags.AddError(&resp.Diagnostics, diags.AttributeFor(at, err), "Could not read the workflow ticket", err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, describe(found))...)
}

// Read asks for the tickets of an object, or with the user data.
func (d *many) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var shown list
	api := d.Begin(ctx, req, &shown, resp)
	if api == nil {
		return
	}
	found, err := decide.List(ctx, api, shown.query())
	if err != nil {
		diags.AddError(&resp.Diagnostics, diags.AttributeFor(shown.asked(), err), "Could not list the workflow tickets", err)
		return
	}
	shown.show(found)
	if len(found) == 0 && !shown.AllowEmpty.ValueBool() {
		shown.warnOfNothing(&resp.Diagnostics)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &shown)...)
}

// asked is the argument that says whose tickets are listed.
func (l *list) asked() path.Path {
	if l.ObjectDN.IsNull() {
		return path.Root("user_data")
	}
	return path.Root("object_dn")
}

// warnOfNothing points at the argument to loosen: the one that is judged last.
func (l *list) warnOfNothing(diagnostics *diag.Diagnostics) {
	at, which := l.asked(), "No workflow ticket"
	if len(l.Statuses) > 0 {
		at, which = path.Root("statuses"), "No workflow ticket that is "+strings.Join(l.Statuses, " or ")
	}
	if !l.ObjectDN.IsNull() {
		which += " blocks " + l.ObjectDN.ValueString()
	}
	if !l.UserData.IsNull() {
		which += fmt.Sprintf(" has the user data %q", l.UserData.ValueString())
	}
	diagnostics.AddAttributeWarning(at, "No workflow ticket was found", which+". A ticket that the server has consumed after its decision is not listed any more. "+
		"Where that is expected, allow_empty = true says so.")
}
