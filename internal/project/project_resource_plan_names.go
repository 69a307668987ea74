package project

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// checkNewName reports whether a project can be created, or continued, with the planned name.
func (p *projectPlanner) checkNewName(ctx context.Context, change settings.Change, complete bool) bool {
	mine := func(found *client.Project) bool {
		return p.replaced.deletes(found) || p.mayContinue(ctx, found, change, complete)
	}
	return p.checkName(ctx, mine, edit.ExistsError, "Nothing was sent. Choose another name, or give the identity of "+
		"the provider a role on the project and import it.")
}

// checkRename reports whether the new name is free and its folder exists.
func (p *projectPlanner) checkRename(ctx context.Context, project *client.Project) bool {
	mine := func(found *client.Project) bool { return dn.EqualGUID(found.GUID, project.GUID) }
	return p.checkName(ctx, mine, takenError, "Nothing was sent. Choose another name.")
}

// checkName reports whether no other project has the planned name. Taken is the error if one has it,
// and hidden the next step if the server does not show which.
func (p *projectPlanner) checkName(
	ctx context.Context, mine func(*client.Project) bool, taken func(*client.Project) error, hidden string,
) bool {
	name := p.plan.DN.ValueString()
	found, err := reconcile.Get(ctx, p.api, client.ByDN(name))
	switch {
	case isNotFound(err):
		return p.checkFolder(ctx, name)
	case failure.CodeOf(err) == failure.Indeterminate:
		p.addNameError(&failure.Error{
			Code: failure.Exists, Cause: err, Remedy: hidden,
			Message: fmt.Sprintf("the name %s is in use, or its use cannot be read: %v", name, err),
		})
	case err != nil:
		p.fail(dn.Name(name), err)
	case mine(found):
		return true
	case found.Status == lifecycle.Deleted:
		p.addNameError(heldError(found))
	default:
		p.addNameError(taken(found))
	}
	return false
}

func takenError(other *client.Project) error {
	return &failure.Error{
		Code:    failure.Exists,
		Message: fmt.Sprintf("the name %s belongs to another project (GUID %s)", other.DN, other.GUID),
		Remedy: "Nothing was sent. Choose another name. To manage the other project with this resource instead, run " +
			"`terraform state rm` with its address, then import the other project.",
	}
}

func heldError(project *client.Project) error {
	return &failure.Error{
		Code: failure.Exists,
		Message: fmt.Sprintf("project %s is queued for deletion, and the name is held until the deletion is "+
			"decided", project.DN),
		Remedy: "Nothing was sent. Choose another name, or wait: an approved deletion frees the name, and a " +
			"rejected one leaves the project Disabled.",
	}
}

// mayContinue reports whether the project is one that an earlier run created and did not finish. The
// apply decides about a configuration that is not known yet.
func (p *projectPlanner) mayContinue(
	ctx context.Context, project *client.Project, change settings.Change, complete bool,
) bool {
	if project.Status == lifecycle.Deleted {
		return false
	}
	self := p.api.SelfNames(ctx)
	if edit.Adoptable(project, change, self) {
		return true
	}
	return !complete && edit.Adoptable(project, settings.Change{}, self)
}

// checkFolder fails if the folder of the name does not exist. Callers without the scope
// configuration cannot check it.
func (p *projectPlanner) checkFolder(ctx context.Context, name string) bool {
	folder := dn.Parent(name)
	if _, err := p.api.IsValid(ctx, client.ByDN(folder)); !client.IsNotFound(err) {
		return true
	}
	p.addNameError(&failure.Error{
		Code:    failure.NotFound,
		Message: fmt.Sprintf("the folder %s does not exist", folder),
		Remedy: "Nothing was sent. A project is created in \\VED\\Code Signing\\Projects, or in an existing " +
			"folder below it. Check the spelling, or create the folder in the product's user interface.",
	})
	return false
}

func (p *projectPlanner) addNameError(err error) {
	summary := "Unable to create project " + dn.Name(p.plan.DN.ValueString())
	if !p.state.GUID.IsNull() {
		summary = "Unable to rename project " + nameOf(p.state.project())
	}
	diags.AddError(&p.resp.Diagnostics, path.Root("dn"), summary, err)
}

// fail reports that a project cannot be read.
func (p *projectPlanner) fail(name string, err error) {
	at := diags.AttributeFor(path.Root("dn"), err)
	diags.AddError(&p.resp.Diagnostics, at, "Unable to read project "+name, withPlanRemedy(err))
}
