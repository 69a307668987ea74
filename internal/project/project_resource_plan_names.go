package project

import (
	"context"

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

// checkName reports whether a project can be created, continued or renamed with the planned name. A new
// one can be continued if its change allows it.
func (p *projectPlanner) checkName(ctx context.Context, change settings.Change, complete bool) bool {
	name, creates := p.plan.DN.ValueString(), p.state.GUID.IsNull()
	found, err := reconcile.Get(ctx, p.api, client.ByDN(name))
	switch {
	case isNotFound(err):
		return p.checkFolder(ctx, name)
	case failure.CodeOf(err) == failure.Indeterminate:
		p.addNameError(failure.Errorf(failure.Exists, "the name %s is in use, or its use cannot be read: %w", name,
			err).Advise("Nothing was sent. " + edit.HiddenRemedy))
	case err != nil:
		p.failRead(dn.Name(name), err)
	case creates && (p.replaced.deletes(found) || p.mayContinue(ctx, found, change, complete)),
		!creates && dn.EqualGUID(found.GUID, p.state.GUID.ValueString()):
		return true
	case found.Status == lifecycle.Deleted:
		p.addNameError(heldError(found))
	case creates:
		p.addNameError(edit.ExistsError(found))
	default:
		p.addNameError(takenError(found))
	}
	return false
}

func takenError(other *client.Project) error {
	return failure.Errorf(failure.Exists, "the name %s belongs to another project (GUID %s)", other.DN,
		other.GUID).Advise("Nothing was sent. Choose another name. To manage the other project with this resource " +
		"instead, run `terraform state rm` with its address, then import the other project.")
}

func heldError(project *client.Project) error {
	return failure.Errorf(failure.Exists,
		"project %s is queued for deletion, and the name is held until the deletion is decided", project.DN).Advise(
		"Nothing was sent. Choose another name, or wait: an approved deletion frees the name, and a rejected one " +
			"leaves the project Disabled.")
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
	p.addNameError(failure.Errorf(failure.NotFound, "the folder %s does not exist", folder).Advise(
		"Nothing was sent. A project is created in \\VED\\Code Signing\\Projects, or in an existing folder below it. " +
			"Check the spelling, or create the folder in the product's user interface."))
	return false
}

func (p *projectPlanner) addNameError(err error) {
	summary := "Unable to create project " + dn.Name(p.plan.DN.ValueString())
	if !p.state.GUID.IsNull() {
		summary = "Unable to rename project " + nameOf(p.state.project())
	}
	diags.AddError(&p.resp.Diagnostics, path.Root("dn"), summary, err)
}
