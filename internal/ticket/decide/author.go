package decide

import (
	"context"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

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
