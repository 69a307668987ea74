// Package grants reads the rights on objects, the rights of trustees, and the identities behind
// them. It knows neither Terraform nor HTTP.
package grants

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

// ObjectReader is the part of the API client that reads the rights on an object.
type ObjectReader interface {
	GetObjectRights(ctx context.Context, dn string) ([]signright.Grant, error)
}

// TrusteeReader is the part of the API client that reads the rights of a trustee.
type TrusteeReader interface {
	GetTrusteeRights(ctx context.Context, trustee string) ([]signright.Grant, error)
}

// OfObject reads the rights on a project, application or collection: one grant for each trustee,
// sorted.
func OfObject(ctx context.Context, reader ObjectReader, dn string) ([]signright.Grant, error) {
	answer, err := reader.GetObjectRights(ctx, dn)
	if err != nil {
		return nil, withAdvice(err, objectAdvice)
	}
	return signright.Merge(answer), nil
}

// OfTrustee reads all rights of a trustee (prefixed universal): one grant for each DN, sorted.
func OfTrustee(ctx context.Context, reader TrusteeReader, trustee string) ([]signright.Grant, error) {
	answer, err := reader.GetTrusteeRights(ctx, trustee)
	if err != nil {
		return nil, withAdvice(err, trusteeAdvice)
	}
	return signright.Merge(answer), nil
}

// The scopes are those of 26.1 (OAS), with those of older pages (DOC) beside them.
var objectAdvice = map[client.Reason]string{
	client.NotFound: "No project, application or collection has this DN, or the caller may not see it. " +
		"Compare it with the name in the product's user interface. In HCL, write each backslash twice.",
	client.WrongType: "Only projects, applications and collections of applications have rights. " +
		"This DN is an object of another type.",
	client.Forbidden:    "Only a Code Signing Administrator may read the rights on an object.",
	client.MissingScope: "This call needs the scope `codesign:admin` (`codesign` on older servers).",
}

var trusteeAdvice = map[client.Reason]string{
	client.NotFound: "No trustee has this prefixed universal. The data source codesign_identity returns it for a name.",
	client.Forbidden: "Only a Code Signing Administrator or an application administrator may read the rights of a " +
		"trustee.",
	client.MissingScope: "This call needs the scope `codesign:admin` (`codesign:manage` on older servers).",
}

// OfObjects reads the rights on many objects concurrently, in the order of the DNs. One failed read
// fails all of them, because an audit must not be incomplete. The error lists the objects.
func OfObjects(ctx context.Context, reader ObjectReader, dns []string) ([][]signright.Grant, error) {
	read, failed := make([][]signright.Grant, len(dns)), make([]error, len(dns))
	stopped := client.ForEach(ctx, dns, func(ctx context.Context, i int, dn string) error {
		read[i], failed[i] = OfObject(ctx, reader, dn)
		if client.IsAboutObject(failed[i]) {
			return nil // the others are read, so that the error lists all such objects
		}
		return failed[i]
	})
	if err := objectsError(dns, failed, stopped); err != nil {
		return nil, err
	}
	return read, nil
}

// objectsError is nil if nothing failed. It leaves out reads that were only cancelled.
func objectsError(dns []string, failed []error, stopped error) error {
	var lines []string
	var causes []error
	for i, dn := range dns {
		if err := failed[i]; err != nil && client.ReasonOf(err) != client.Cancelled {
			lines, causes = append(lines, fmt.Sprintf("%s: %v", dn, err)), append(causes, err)
		}
	}
	message := fmt.Sprintf("the rights on %d of %d objects could not be read", len(lines), len(dns))
	switch {
	case stopped != nil && len(lines) == 0: // cancelled by the caller
		message += ": " + stopped.Error()
	case stopped != nil:
		message += ", and the others were not read"
	case len(lines) == 0:
		return nil
	}
	if len(lines) > 0 {
		message += "\n" + failure.Lines(lines[:min(len(lines), maxListed)], len(lines))
	}
	e := &failure.Error{Message: message, Cause: errors.Join(append([]error{stopped}, causes...)...)}
	if first, ok := errors.AsType[*failure.Error](e.Cause); ok {
		e.Remedy = first.Remedy
	}
	return e
}

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

// Resolve looks up trustees concurrently. It returns those that it found, also beside an error, which
// lists the others.
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
	e := &failure.Error{
		Message: fmt.Sprintf("%d of the trustees could not be resolved: %s", len(trustees),
			failure.List(trustees[:min(len(trustees), maxListed)], len(trustees))),
		Remedy: "Their rights are listed without a name.",
		Cause:  cause,
	}
	if cause == nil {
		e.Remedy += " The server does not know these trustees. They may have been deleted from their directory, " +
			"which does not delete their rights."
		return e
	}
	if client.ReasonOf(cause) == client.MissingScope {
		e.Remedy += " Resolving identities needs the scope `configuration`."
	}
	e.Message += ". " + cause.Error()
	return e
}

// withAdvice adds what a table advises for the reason of a failure.
func withAdvice(err error, advice map[client.Reason]string) error {
	if text := advice[client.ReasonOf(err)]; text != "" {
		return &failure.Error{Message: err.Error(), Remedy: text, Cause: err}
	}
	return err
}

// maxListed limits the lines of an error about many objects.
const maxListed = 20
