// Package project serves every type about projects: the resources codesign_project_status and
// codesign_project_approval, the list resource codesign_project_status, the action
// codesign_set_project_status, and the data sources codesign_project and codesign_projects.
package project

import (
	"context"
	"errors"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// address is the attribute by which a configuration names a project.
type address struct {
	path  path.Path // empty if no name is configured
	ref   client.ProjectRef
	known bool
}

// displayName is the name of a project in a summary: the last component of its DN, or the GUID or
// number by which it is configured.
func displayName(ref client.ProjectRef) string {
	if ref.DN != "" {
		return redact.Visible(dn.Name(ref.DN))
	}
	return redact.Visible(ref.String())
}

// nameOf is displayName for a project that was read.
func nameOf(p *client.Project) string {
	return displayName(client.ProjectRef{DN: p.DN, GUID: p.GUID, ID: p.ID})
}

// getProject reads a project from the cache of the client.
type getProject func(ctx context.Context, api reconcile.API, ref client.ProjectRef) (*client.Project, error)

// newReconciler returns a reconciler that logs each step.
func newReconciler(ctx context.Context, api *client.Client, timing poll.Timing) *reconcile.Reconciler {
	r := reconcile.New(api)
	r.Timing, r.Report = timing, diags.Reporter(ctx)
	return r
}

// addWarning shows invisible characters of names. The path is empty if no attribute is at fault.
func addWarning(diagnostics *diag.Diagnostics, at path.Path, summary, detail string) {
	summary, detail = redact.Visible(summary), redact.VisibleLines(detail)
	if at.Equal(path.Empty()) {
		diagnostics.AddWarning(summary, detail)
		return
	}
	diagnostics.AddAttributeWarning(at, summary, detail)
}

// destroyRemedy is how to remove a resource from the state without a request.
func destroyRemedy(unchanged string) string {
	return "The resource stays in the state. To remove it from the state and leave the " + unchanged + " unchanged, " +
		"run `terraform state rm` with its address, or, with Terraform 1.7 or OpenTofu 1.7 and later, replace its " +
		"block with a `removed` block with `destroy = false` and apply."
}

// warnQueued warns of a project whose deletion waits for a decision.
func warnQueued(diagnostics *diag.Diagnostics, at path.Path, name, consequence string) {
	addWarning(diagnostics, at, "Project "+name+" is queued for deletion", consequence)
}

// addStatusError reports an error at the attribute to change: the name if the project is at fault,
// status if the transition is, self_approve if the approval is.
func addStatusError(diagnostics *diag.Diagnostics, named path.Path, summary string, err error) {
	diags.AddError(diagnostics, statusAttribute(named, err), summary, err)
}

// addPlanError is addStatusError for a plan, which reads the project and computes its route.
func addPlanError(diagnostics *diag.Diagnostics, named path.Path, name string, desired lifecycle.Status, err error) {
	summary := "Unable to read project " + name
	if failure.CodeOf(err) == failure.NoRoute {
		summary = unableToSet(name, desired)
	}
	addStatusError(diagnostics, named, summary, err)
}

// unableToSet is the summary of a failed change of status.
func unableToSet(name string, desired lifecycle.Status) string {
	verbs := map[lifecycle.Status]string{
		lifecycle.Enabled: "enable", lifecycle.Disabled: "disable", lifecycle.Pending: "submit",
	}
	if verb, found := verbs[desired]; found {
		return "Unable to " + verb + " project " + name
	}
	return "Unable to set project " + name + " to " + desired.String()
}

func statusAttribute(named path.Path, err error) path.Path {
	switch failure.AttributeOf(err) {
	case failure.Object:
		return named
	case failure.Approval:
		return path.Root("self_approve")
	case failure.Status:
		return path.Root("status")
	default:
		return path.Empty()
	}
}

// addApprovalError reports an error at decision if the decision is at fault, otherwise at dn. A
// failure of the connection or the token has no attribute.
func addApprovalError(diagnostics *diag.Diagnostics, summary string, err error) {
	at := path.Root("dn")
	failed, ok := errors.AsType[*failure.Error](err)
	if ok && failed.Attribute == failure.Approval || failure.CodeOf(err) == failure.DecidedOtherwise {
		at = path.Root("decision")
	}
	diags.AddError(diagnostics, diags.AttributeFor(at, err), summary, err)
}

func isNotFound(err error) bool { return failure.CodeOf(err) == failure.NotFound }

// addProjectError reports an error at the argument at fault. Change is what was to be sent.
func addProjectError(diagnostics *diag.Diagnostics, summary string, change settings.Change, err error) {
	diags.AddError(diagnostics, projectAttribute(err, change), summary, err)
}

// projectAttribute is the argument that the error names, or the only one that the change has.
func projectAttribute(err error, change settings.Change) path.Path {
	fields := change.Fields()
	switch at := failure.AttributeOf(err); {
	case at == failure.Object:
		return path.Root("dn")
	case at == edit.ForceDestroy, slices.Contains(settings.Fields(), settings.Field(at)):
		return path.Root(string(at))
	case failure.CodeOf(err) != "" && len(fields) == 1:
		return path.Root(string(fields[0]))
	default:
		return path.Empty()
	}
}
