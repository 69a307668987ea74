package decide

import (
	"context"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

// adopts reports whether the ticket has the requested decision, so that nothing is sent. The code of
// the error is Conflict for a decision that the request does not replace. The new explanation shows a
// change that an earlier run made and could not record: it arrived together with everything else.
func (d *Decider) adopts(ctx context.Context, request Request, found *client.WorkflowTicket) (bool, error) {
	shown, earlier := ShownOn(found), request.Replaces
	switch {
	case earlier != nil && earlier.Decision.IsStill(shown, earlier.Shown):
		explained := request.Explanation != earlier.Explanation && request.Explanation == found.ApprovalExplanation
		return explained && d.isDecidedAs(ctx, request, found), nil
	case d.isDecidedAs(ctx, request, found):
		return true, nil
	case earlier == nil && shown.Status == schedule.Pending:
		return false, nil
	default:
		return false, conflictError(request, found)
	}
}

// isDecidedAs reports whether the ticket has the requested decision. If the server shows too
// little, the explanation and the author of the decision count.
func (d *Decider) isDecidedAs(ctx context.Context, request Request, found *client.WorkflowTicket) bool {
	switch match := request.Decision.Compare(ShownOn(found)); match {
	case schedule.Same:
		return true
	case schedule.Vague:
		return explanationOf(request, nil, found) == byCaller
	case schedule.Unzoned:
		return d.authorOf(ctx, request, nil, found) == byCaller
	case schedule.Rounded:
		return d.authorOf(ctx, request, nil, found) != byAnother
	default:
		return false
	}
}

// adoptionNotes are about a decision that the server does not show completely.
func adoptionNotes(wanted schedule.Decision, found *client.WorkflowTicket) []string {
	shown := ShownOn(found)
	hidesWindow := schedule.IsScheduled(wanted.Status) && shown.Start.IsZero()
	if !hidesWindow && !wanted.Compare(shown).IsUncertain() {
		return nil
	}
	return []string{"The ticket is already decided, and the server shows the decision as " + shown.String() + ". It " +
		"rounds times, omits their zone, or does not show the window. The provider treats it as the configured " +
		"decision. Nothing was sent."}
}

// resultOf compares the ticket after a write with the write. A decision that the server
// acknowledged is the caller's even if the server shows other times for it, unless its author or
// explanation contradicts. Without an acknowledgement, an unchanged ticket proves nothing.
func (w *write) resultOf(ctx context.Context, after *client.WorkflowTicket, acknowledged bool) poll.WriteResult {
	wanted, shown := w.request.Decision, ShownOn(after)
	match := wanted.Compare(shown)
	unchanged := shown.Equal(ShownOn(w.before))
	switch {
	case !acknowledged && unchanged && !isRewritten(w.before, after):
		return poll.NotApplied
	case match == schedule.Same || match == schedule.Vague, acknowledged && unchanged && match != schedule.Different:
		return poll.Applied
	case unchanged:
		return poll.NotApplied
	case shown.Status != wanted.Status && match == schedule.Different:
		return poll.Superseded
	}
	author := w.decider.authorOf(ctx, w.request, w.before, after)
	if author == byCaller || author == unknownAuthor && (acknowledged || match.IsUncertain()) {
		return poll.Applied
	}
	return poll.Superseded
}

// isRewritten reports whether the ticket was written, even if with the same decision.
func isRewritten(before, after *client.WorkflowTicket) bool {
	return after.ApprovalExplanation != before.ApprovalExplanation || !after.Updated.Equal(before.Updated)
}

// author is who made the decision on a ticket.
type author int

const (
	unknownAuthor author = iota
	byCaller
	byAnother
)

// authorOf returns who made the decision on a ticket. The explanation of the request identifies it.
// Otherwise the server may name the author; a contradicting explanation leaves that open. Before is
// the ticket before a write, nil without one: its explanation may be left over.
func (d *Decider) authorOf(ctx context.Context, request Request, before, found *client.WorkflowTicket) author {
	explained := explanationOf(request, before, found)
	if explained == byCaller {
		return byCaller
	}
	switch named := d.identityOf(ctx, found); {
	case named == unknownAuthor:
		return explained
	case named == byCaller && explained == byAnother && before == nil:
		return unknownAuthor
	default:
		return named
	}
}

// explanationOf compares the explanation on a ticket with that of the request.
func explanationOf(request Request, before, found *client.WorkflowTicket) author {
	switch text := found.ApprovalExplanation; {
	case text == "":
		return unknownAuthor
	case text == request.Explanation:
		return byCaller
	case before != nil && text == before.ApprovalExplanation:
		return unknownAuthor
	default:
		return byAnother
	}
}

// identityOf compares the author that the server names with the caller.
func (d *Decider) identityOf(ctx context.Context, found *client.WorkflowTicket) author {
	if found.ApprovalFrom == "" {
		return unknownAuthor
	}
	isAuthor := func(name string) bool { return isSameIdentity(name, found.ApprovalFrom) }
	switch names := d.API.SelfNames(ctx); {
	case slices.ContainsFunc(names, isAuthor):
		return byCaller
	case len(names) > 0 && strings.Contains(found.ApprovalFrom, ":"):
		return byAnother
	default: // a display name or a DN cannot be compared
		return unknownAuthor
	}
}

// isSameIdentity also accepts a universal without its braces, and a name without its prefix.
func isSameIdentity(name, found string) bool {
	name, found = withoutBraces(name), withoutBraces(found)
	_, bare, _ := strings.Cut(name, ":")
	return dn.Equal(name, found) || bare != "" && dn.Equal(bare, found)
}

var withoutBraces = strings.NewReplacer("{", "", "}", "").Replace
