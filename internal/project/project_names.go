package project

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// projectNames are the names of a project in a configuration, plan or state, of which the
// configuration sets one. Models embed it.
type projectNames struct {
	DN        attr.DNValue   `tfsdk:"dn"`
	GUID      attr.GUIDValue `tfsdk:"guid"`
	ProjectID types.Int64    `tfsdk:"project_id"`
}

// configuredNames reads the names of a configuration.
func configuredNames(ctx context.Context, from tfsdk.Config, diagnostics *diag.Diagnostics) projectNames {
	var n projectNames
	diagnostics.Append(from.GetAttribute(ctx, path.Root("dn"), &n.DN)...)
	diagnostics.Append(from.GetAttribute(ctx, path.Root("guid"), &n.GUID)...)
	diagnostics.Append(from.GetAttribute(ctx, path.Root("project_id"), &n.ProjectID)...)
	return n
}

// address returns the first of the names that is set.
func (n projectNames) address() address {
	switch {
	case !n.DN.IsNull():
		return address{path.Root("dn"), client.ByDN(n.DN.ValueString()), !n.DN.IsUnknown()}
	case !n.GUID.IsNull():
		return address{path.Root("guid"), client.ByGUID(n.GUID.ValueString()), !n.GUID.IsUnknown()}
	case !n.ProjectID.IsNull():
		return address{path.Root("project_id"), client.ByID(n.ProjectID.ValueInt64()), !n.ProjectID.IsUnknown()}
	default:
		return address{path: path.Empty()}
	}
}

// serverRef is the project of a state, or of a plan that has read it, whichever name is configured.
func (n projectNames) serverRef() client.ProjectRef { return reconcile.RefOf(n.project()) }

func (n projectNames) project() *client.Project {
	return &client.Project{DN: n.DN.ValueString(), GUID: n.GUID.ValueString(), ID: n.ProjectID.ValueInt64()}
}

// byGUID addresses the project of a state: its DN may have changed since.
func (n projectNames) byGUID() address {
	if n.GUID.ValueString() != "" {
		n.DN = attr.DNValue{}
	}
	return n.address()
}

// refs are the names that are known.
func (n projectNames) refs() []client.ProjectRef {
	p := n.project()
	all := []client.ProjectRef{client.ByDN(p.DN), client.ByGUID(p.GUID), client.ByID(p.ID)}
	return slices.DeleteFunc(all, func(ref client.ProjectRef) bool { return ref == client.ProjectRef{} })
}

// storedNames are names of a project in the private state, empty where they are not known.
type storedNames struct {
	DN        string `json:"dn,omitempty"`
	GUID      string `json:"guid,omitempty"`
	ProjectID int64  `json:"project_id,omitempty"`
}

func (n projectNames) stored() storedNames {
	return storedNames{n.DN.ValueString(), n.GUID.ValueString(), n.ProjectID.ValueInt64()}
}

func (s storedNames) names() projectNames {
	return projectNames{
		DN:        attr.DNValue{StringValue: attr.StringOrNull(s.DN)},
		GUID:      attr.GUIDValue{StringValue: attr.StringOrNull(s.GUID)},
		ProjectID: attr.Int64OrNull(s.ProjectID),
	}
}

// fullName is the project in a message: its DN and its GUID.
func (n projectNames) fullName() string {
	name, guid := n.DN.ValueString(), n.GUID.ValueString()
	if name == "" || guid == "" {
		return n.byGUID().ref.String()
	}
	return fmt.Sprintf("%s (GUID %s)", name, guid)
}

// sameName reports whether the configured name is the one that the other model has.
func (n projectNames) sameName(other projectNames) bool {
	switch {
	case !n.DN.IsNull():
		return dn.Equal(n.DN.ValueString(), other.DN.ValueString())
	case !n.GUID.IsNull():
		return dn.EqualGUID(n.GUID.ValueString(), other.GUID.ValueString())
	default:
		return n.ProjectID.Equal(other.ProjectID)
	}
}

// fillNames sets what is not known yet. It keeps the spelling of the configuration and the planned
// values.
func (n *projectNames) fillNames(p *client.Project) {
	if n.DN.IsNull() || n.DN.IsUnknown() {
		n.DN = attr.NewDNValue(p.DN)
	}
	if n.GUID.IsNull() || n.GUID.IsUnknown() {
		n.GUID = attr.NewGUIDValue(p.GUID)
	}
	if n.ProjectID.IsNull() || n.ProjectID.IsUnknown() {
		n.ProjectID = attr.Int64OrNull(p.ID)
	}
}

// refreshNames sets the DN that the server reports, and the names that never change if they are not
// known. The attribute types keep another spelling of the same name.
func (n *projectNames) refreshNames(p *client.Project) {
	n.DN = attr.NewDNValue(p.DN)
	n.fillNames(p)
}

// spelledAs takes over the spelling of names that are the same.
func (n projectNames) spelledAs(state projectNames) projectNames {
	if dn.Equal(n.DN.ValueString(), state.DN.ValueString()) {
		n.DN = state.DN
	}
	if dn.EqualGUID(n.GUID.ValueString(), state.GUID.ValueString()) {
		n.GUID = state.GUID
	}
	return n
}

// sameNames compares all names, with their spelling.
func (n projectNames) sameNames(o projectNames) bool {
	return n.DN.Equal(o.DN) && n.GUID.Equal(o.GUID) && n.ProjectID.Equal(o.ProjectID)
}

// setName sets the attribute that an import ID is a value of.
func (n *projectNames) setName(id string) error {
	number, _, notNumeric := big.ParseFloat(id, 10, 128, big.ToNearestEven)
	switch {
	case strings.TrimSpace(id) == "":
		return errors.New("the ID is empty")
	case notNumeric == nil:
		whole, _ := number.Int64()
		n.ProjectID = types.Int64Value(whole)
		return attr.CheckID(number)
	case strings.Contains(id, dn.Separator):
		n.DN = attr.NewDNValue(id)
		return dn.Validate(id)
	default:
		n.GUID = attr.NewGUIDValue(id)
		return attr.CheckGUID(id)
	}
}

// keepComputed takes over the names of the state that are not configured.
func (n *projectNames) keepComputed(configured, state projectNames) {
	if configured.DN.IsNull() {
		n.DN = state.DN
	}
	if configured.GUID.IsNull() {
		n.GUID = state.GUID
	}
	if configured.ProjectID.IsNull() {
		n.ProjectID = state.ProjectID
	}
}

// missing replaces NotFound for a project of the state: its name was right, so the advice to check
// the name does not apply.
func (n projectNames) missing(err error) error {
	if !isNotFound(err) {
		return err
	}
	return &failure.Error{
		Code: failure.NotFound, Cause: err,
		Message: "project " + n.fullName() + " no longer exists",
		Remedy: "The project was deleted after the last refresh. Nothing was sent. Make a new plan: it removes the " +
			"resource from the state.",
	}
}

// readForRefresh reads the project of a state. It returns nil while the provider is not known, and after
// an error, which it reports at the attribute that names the project. It removes the resource from the
// state if the project certainly does not exist.
func (n projectNames) readForRefresh(
	ctx context.Context, r *config.ResourceClient, named path.Path, get getProject,
	req resource.ReadRequest, resp *resource.ReadResponse,
) *client.Project {
	api := r.Client()
	if resp.Diagnostics.HasError() || api == nil {
		return nil
	}
	ref := n.byGUID().ref
	logOf(r).refreshed.add(ref)
	p, err := get(ctx, api, ref)
	switch {
	case isNotFound(err):
		// The plan that follows in this run knows the names that are missing, also the one that was configured
		// at the last apply.
		before, _ := appliedKey.Get(ctx, req.Private, &resp.Diagnostics)
		logOf(r).missing.add(append(n.refs(), before.names().refs()...)...)
		resp.State.RemoveResource(ctx)
		addWarning(&resp.Diagnostics, path.Empty(), "Project "+nameOf(n.project())+" was deleted",
			"The server has no project "+n.fullName()+". The resource is removed from the state.")
		return nil
	case err != nil:
		addStatusError(&resp.Diagnostics, named, "Unable to read project "+nameOf(n.project()), err)
		return nil
	}
	return p
}
