package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

func (r *statusResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state statusModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	// Also where nobody can be asked, or the resource leaves the state: CLIs before 1.12 keep no identity.
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, state.GUID.ValueString())...)
	api := r.Client()
	if resp.Diagnostics.HasError() || api == nil {
		return
	}
	at := state.byGUID()
	r.RefreshLog().Refreshed.Add(at.Ref)
	p, err := reconcile.GetCached(ctx, api, at.Ref)
	if failure.CodeOf(err) == failure.NotFound {
		before, _ := recallAddress(ctx, req.Private, &resp.Diagnostics)
		r.RefreshLog().Missing.Add(append(state.refs(), before.refs()...)...)
		resp.State.RemoveResource(ctx)
		warn(&resp.Diagnostics, path.Empty(), "The project is gone", "The server knows no project "+state.called()+" any more. It is removed from the state.")
		return
	}
	if err != nil {
		statusReport(&resp.Diagnostics, "Could not read the project", at.Path, err)
		return
	}
	state.refresh(p)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, p.GUID)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// byGUID addresses the project that the resource was created for: its name may
// have changed since.
func (m statusModel) byGUID() Address {
	if m.GUID.ValueString() != "" {
		return AddressOf(attr.NewDNNull(), m.GUID, types.Int64Null())
	}
	return m.address()
}

// refs are all names of the project.
func (m statusModel) refs() []client.ProjectRef {
	var refs []client.ProjectRef
	if name := m.DN.ValueString(); name != "" {
		refs = append(refs, client.ByDN(name))
	}
	if guid := m.GUID.ValueString(); guid != "" {
		refs = append(refs, client.ByGUID(guid))
	}
	if id := m.ProjectID.ValueInt64(); id != 0 {
		refs = append(refs, client.ByID(id))
	}
	return refs
}

// called is the project by both of its names, for a person.
func (m statusModel) called() string {
	name, guid := m.DN.ValueString(), m.GUID.ValueString()
	switch {
	case guid == "":
		return m.address().Ref.String()
	case name == "":
		return guid
	default:
		return sprintf("%s (GUID %s)", name, guid)
	}
}

// refresh is fill for a read, where the state follows the server. Other
// spellings of the same name are kept by the attribute types.
func (m *statusModel) refresh(p *client.Project) {
	m.DN = attr.NewDNValue(p.DN)
	m.fillConstants(p)
	m.CurrentStatus = types.StringValue(p.Status.String())
	if _, isGoal := lifecycle.ParseDesired(p.Status.String()); isGoal && m.Status.IsNull() {
		m.Status = m.CurrentStatus // just imported: the desired status is the current one
	}
}

// setIdentity keeps an identity that names the project already, since for the CLI
// an identity that changes is an error, as is one that is missing.
func setIdentity(ctx context.Context, target *tfsdk.ResourceIdentity, guid string) diag.Diagnostics {
	if target == nil {
		return nil
	}
	if !target.Raw.IsFullyNull() {
		var known identity
		diagnostics := target.Get(ctx, &known)
		if diagnostics.HasError() || dn.EqualGUID(known.GUID.ValueString(), guid) {
			return diagnostics
		}
	}
	return target.Set(ctx, identity{types.StringValue(dn.CanonicalGUID(guid))})
}
