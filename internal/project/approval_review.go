package project

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// stopsHere prepares the reader for the one stop that the provider cannot word itself: an apply plans
// again, and the CLI compares both plans before it asks the provider to apply.
const stopsHere = " The apply decides this submission and no other. If the submission changes before the apply, the CLI stops with " +
	"\"Provider produced inconsistent final plan\": then nothing was sent. Review the project again and make a new plan."

// warnOfReview adds to the planned values what they do not show.
func warnOfReview(diagnostics *diag.Diagnostics, plan *approvalModel, r *reconcile.Review) {
	switch {
	case r.Submission.Decided:
		warnUnreviewed(diagnostics, plan, "The project is Enabled: it has been approved already, so the apply sends nothing.")
	case !r.Pending():
		warnUnreviewed(diagnostics, plan, fmt.Sprintf("The project is %s. The apply waits for its submission and decides it, whatever it contains. "+
			"To review the submission first, make a new plan once the project is Pending.", r.Project.Status))
	case r.Ticket == nil:
		warnUnreviewed(diagnostics, plan, "The project is Pending, but the caller sees no flow ticket of it: the server lists a ticket only to its approvers, "+
			"and may list it late. The apply waits for the ticket.")
	default:
		at, name := path.Root("dn"), redact.Visible(dn.Name(plan.DN.ValueString()))
		detail := fmt.Sprintf("Submitted %s: %s.", submittedAt(r.Submission.SubmittedAt), redact.Visible(r.View.String()))
		if r.Uncertain {
			detail += " The server writes times without a zone, and the ticket may be older than the submission. Make sure that it is about the submission."
		}
		diagnostics.AddAttributeWarning(at, fmt.Sprintf("Review flow ticket %d of project %s", r.Ticket.ID, name), detail+stopsHere)
	}
}

func warnUnreviewed(diagnostics *diag.Diagnostics, plan *approvalModel, why string) {
	summary := "No submission to review"
	if !plan.DN.IsUnknown() {
		summary += " for project " + redact.Visible(dn.Name(plan.DN.ValueString()))
	}
	diagnostics.AddAttributeWarning(path.Root("dn"), summary, why)
}

func submittedAt(t time.Time) string {
	if t.IsZero() {
		return "at a time that the server does not report"
	}
	return "at " + t.UTC().Format(time.RFC3339)
}
