package grants

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

// IdentityReader is the part of the API client that looks up an identity.
type IdentityReader interface {
	ValidateUniversal(ctx context.Context, prefixedUniversal string) (*client.Identity, error)
}

// Keys are the distinct keys of grants, sorted: trustees, or DNs.
func Keys(lists ...[]signright.Grant) []string {
	var all []string
	for _, list := range lists {
		for _, g := range list {
			all = append(all, g.Key)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Resolve looks up trustees concurrently. It returns those that it found, also beside an error,
// which is an *Error that lists the others.
func Resolve(ctx context.Context, reader IdentityReader, trustees []string) (map[string]client.Identity, error) {
	identities, _, cause := Find(ctx, reader, trustees)
	var unresolved []string
	for _, trustee := range trustees {
		if _, found := identities[trustee]; !found {
			unresolved = append(unresolved, trustee)
		}
	}
	return identities, unresolvedError(unresolved, cause)
}

// Find looks up trustees concurrently. It returns those that it found, those that the server does
// not know, and the error of the lookups that failed.
func Find(
	ctx context.Context, reader IdentityReader, trustees []string,
) (identities map[string]client.Identity, unknown []string, cause error) {
	found, failed := make([]*client.Identity, len(trustees)), make([]error, len(trustees))
	cause = client.ForEach(ctx, trustees, func(ctx context.Context, i int, trustee string) error {
		found[i], failed[i] = reader.ValidateUniversal(ctx, trustee)
		if failsForAll(failed[i]) {
			return failed[i]
		}
		return nil
	})
	identities = map[string]client.Identity{}
	for i, trustee := range trustees {
		switch {
		case found[i] != nil && failed[i] == nil:
			identities[trustee] = *found[i]
		case client.IsNotFound(failed[i]):
			unknown = append(unknown, trustee)
		default:
			cause = cmp.Or(cause, failed[i])
		}
	}
	return identities, unknown, cause
}

// failsForAll is true for an error that every other lookup would return as well.
func failsForAll(err error) bool {
	switch client.ReasonOf(err) {
	case client.MissingScope, client.BadToken, client.Cancelled, client.Unsupported, client.Redirected:
		return true
	default:
		return false
	}
}

// unresolvedError is nil if all trustees were found. The cause is nil if the server does not know
// the trustees.
func unresolvedError(trustees []string, cause error) error {
	if len(trustees) == 0 {
		return nil
	}
	e := &Error{
		message: fmt.Sprintf("%d of the trustees could not be resolved: %s", len(trustees),
			listFirst(trustees, ", ", " and %d more")),
		advice: "Their rights are listed without a name.",
	}
	switch {
	case cause == nil:
		e.advice += " The server does not know these trustees. They may have been deleted from their directory, " +
			"which does not delete their rights."
		return e
	case client.ReasonOf(cause) == client.MissingScope:
		e.advice += " Resolving identities needs the scope `configuration`."
	}
	e.message, e.causes = e.message+". "+cause.Error(), []error{cause}
	return e
}
