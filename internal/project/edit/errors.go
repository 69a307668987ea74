package edit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// Result codes of the family sign after which the server may have carried out a part of the work.
var partialCodes = []int{10, 11, 1000}

const (
	codeObjectsPending = 3005
	codeCreateFailure  = 3
	codeAlreadyExists  = 2002
)

func signCode(err error) int {
	if e, ok := errors.AsType[*client.Error](err); ok && e.Code.Present && e.Code.Family == client.FamilySign {
		return e.Code.Number
	}
	return 0
}

func isPartial(err error) bool { return slices.Contains(partialCodes, signCode(err)) }

func isPendingObjects(err error) bool { return signCode(err) == codeObjectsPending }

const maintainers = "The owners of the project and Code Signing Administrators may change it."

func refusedError(p *client.Project, err error) error {
	return failure.Errorf(failure.Refused,
		"the server refused the update of project %s, and its settings are unchanged: %w", reconcile.NameOf(p),
		err).Advise(maintainers + " The state is unchanged. Correct the cause, then apply again.")
}

const awaitDeletion = "Wait until the deletion is decided: an approved deletion removes the project, and a rejected " +
	"one leaves it Disabled. To stop managing it, remove the block of a new resource, or run `terraform state rm` " +
	"with the address of a resource in the state."

// DeletedError is about a change of a project that is queued for deletion.
func DeletedError(p *client.Project) error {
	return failure.Errorf(failure.NotApplicable,
		"project %s is queued for deletion (status Deleted) and cannot be changed", reconcile.NameOf(p)).Advise(
		"Nothing was sent. " + awaitDeletion).At(failure.Object)
}

// deletedMeanwhileError is about an update that was sent before.
func deletedMeanwhileError(p *client.Project) error {
	return failure.Errorf(failure.NotApplicable,
		"project %s is queued for deletion (status Deleted) and does not show the update that was sent",
		reconcile.NameOf(p)).Advise(awaitDeletion).At(failure.Object)
}

func noOwnerError(p *client.Project) error {
	return failure.Errorf(failure.NotApplicable, "the change would leave project %s without an owner",
		reconcile.NameOf(p)).Advise("Nothing was sent. Give the role Owner to another trustee first, or in the same " +
		"apply.").At(failure.Attribute(settings.Owners))
}

func unstableError(p *client.Project) error {
	return failure.Errorf(failure.ChangedConcurrently,
		"another client changed project %s each time that it was read before the update", reconcile.NameOf(p)).Advise(
		"Nothing was sent. Find out who changes the project, then apply again.")
}

func outcomeUnknownError(p *client.Project, err error) error {
	return failure.Errorf(failure.OutcomeUnknown,
		"the answer to the update of project %s was lost, and the project does not show it: %w", reconcile.NameOf(p),
		err).Advise("The update may wait for an approval. Check the project in the product's user interface, then " +
		"apply again: the apply reads the project first.")
}

func notShownError(p *client.Project, change settings.Change, before settings.Settings) error {
	fields := make([]string, 0, 1)
	for _, d := range settings.Compare(before, change.Apply(before)) {
		fields = append(fields, string(d.Field))
	}
	return failure.Errorf(failure.NotShown,
		"the server accepted the update of project %s, but does not show it: %s has the old value",
		reconcile.NameOf(p), strings.Join(slices.Compact(fields), ", ")).Advise(
		"The update was sent once and is not sent again by this apply. Check the project in the product's user " +
			"interface. If it displays a value in another form, write that form in the configuration.",
	).At(failure.Attribute(fields[0]))
}

func rejectedError(p *client.Project, ticket int64) error {
	return failure.Errorf(failure.Rejected, "the update of project %s was rejected: flow ticket %d is closed, and the "+
		"project has its old settings", reconcile.NameOf(p), ticket).Advise("The approver's comment, in the " +
		"product's user interface or in an email, gives the reason. The next apply sends the update again.")
}

// notSentError is for a change whose time ended before its turn.
func notSentError(ctx context.Context, guid, busy string) error {
	code, what := failure.Stopped(ctx.Err())
	if busy != "" {
		busy = ": " + busy
	}
	return &failure.Error{
		Code: code, Cause: ctx.Err(), Remedy: "Nothing was sent for this resource. Apply again.",
		Message: fmt.Sprintf("%s before the update of project %s was sent%s", what, guid, busy),
	}
}

// awaitingApprovalError has a sentence about the ticket, "" if the caller never saw it. A create leaves no
// record of what was sent.
func awaitingApprovalError(n *entry, p *client.Project, ticket string, waited time.Duration) error {
	code, what := failure.Stopped(n.ctx.Err())
	creates := n.request.Create || !n.request.created.IsZero()
	var remedy string
	switch {
	case ticket != "" && creates:
		remedy = ticket + " The next apply looks for this ticket first and waits for it. "
	case ticket != "":
		remedy = ticket + " The next apply waits for it and does not send the change again. "
	case creates:
		remedy = noTicket + "Have the update decided before the next apply: without a visible ticket, it sends " +
			"the change again. "
	default:
		remedy = noTicket + "The next apply waits for it and does not send the change again. To send a rejected " +
			"change again, change the configured value, or remove the resource from the state with `terraform " +
			"state rm` and import it. "
	}
	return &failure.Error{
		Code: code, Cause: n.ctx.Err(),
		Remedy: remedy + "If approvals take longer, raise `timeouts`.",
		Message: fmt.Sprintf("%s after %s waiting for project %s to show the update, which probably needs an approval",
			what, waited.Round(time.Second), reconcile.NameOf(p)),
	}
}

const noTicket = "The server lists a flow ticket only to its approvers, and the caller sees none. An approver " +
	"can tell whether the update was rejected. "

// partlyAppliedError names what the project has now, and what it should have.
func (b *batch) partlyAppliedError(ctx context.Context, change settings.Change, err error) error {
	now, want := b.project.Settings, change.Apply(b.before)
	message := "the server carried out only a part of the update of project " + reconcile.NameOf(b.project)
	if err != nil {
		message += ": " + err.Error()
	}
	d := differences{describe: reconcile.DescribeIdentities(b.editor.API), first: "now", second: "should be"}
	return &failure.Error{
		Code: failure.PartlyApplied, Cause: err,
		Message: message + ". Not carried out: " + d.text(ctx, now, want, settings.Compare(now, want)),
		Remedy:  "The server keeps what it carried out. Correct the cause, then apply again.",
	}
}

// unexpectedError prints old and new values. It is nil if the update changed only what it should.
func (b *batch) unexpectedError(ctx context.Context, g *group) error {
	changed := g.change.Unexpected(b.before, b.project.Settings)
	if !g.sent || len(changed) == 0 {
		return nil
	}
	d := differences{describe: reconcile.DescribeIdentities(b.editor.API), first: "before", second: "now"}
	return &failure.Error{
		Code:      failure.UnexpectedChange,
		Attribute: failure.Attribute(changed[0].Field),
		Message: fmt.Sprintf("the update of project %s was carried out, but other settings changed, too: %s",
			reconcile.NameOf(b.project), d.text(ctx, b.before, b.project.Settings, changed)),
		Remedy: "The server changed them, or another client did at the same time. The provider does not restore " +
			"them. Compare them with the expected values, and correct them in the configuration or in the product's " +
			"user interface.",
	}
}

// Limits of a message, and of the requests for the names in it.
const (
	maxItems      = 10
	maxTextLength = 500 // characters
)

// differences describes differences for a message. First and second name the two sides.
type differences struct {
	describe      func(ctx context.Context, trustee string) string
	first, second string
}

func (d differences) text(ctx context.Context, a, b settings.Settings, list []settings.Difference) string {
	parts := make([]string, 0, len(list))
	for _, one := range list {
		switch one.Field {
		case settings.Description, settings.CustomFields:
			label := strings.TrimSpace(string(one.Field) + " " + one.Name)
			parts = append(parts, fmt.Sprintf("%s (%s %q, %s %q)", label,
				d.first, failure.Shorten(one.Old, maxTextLength), d.second, failure.Shorten(one.New, maxTextLength)))
		default:
			text := string(one.Field)
			if len(one.Lost) > 0 {
				text += " without " + d.items(ctx, one.Field, one.Lost)
			}
			if len(one.Gained) > 0 {
				text += " with " + d.items(ctx, one.Field, one.Gained)
			}
			parts = append(parts, fmt.Sprintf("%s (%s: %s; %s: %s)", text, d.first,
				d.items(ctx, one.Field, a.Items(one.Field)), d.second, d.items(ctx, one.Field, b.Items(one.Field))))
		}
	}
	return strings.Join(parts, "; ")
}

func (d differences) items(ctx context.Context, field settings.Field, list []string) string {
	if len(list) == 0 {
		return "none"
	}
	var shown []string
	for _, item := range list[:min(len(list), maxItems)] {
		if field != settings.Applications {
			item = d.describe(ctx, item)
		}
		shown = append(shown, item)
	}
	return failure.List(shown, len(list))
}
