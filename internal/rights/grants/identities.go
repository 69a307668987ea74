package grants

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
	"github.com/codesign-tf/terraform-provider-codesign/internal/sidebyside"
)

// IdentityReader is the part of the API client that looks an identity up.
type IdentityReader interface {
	ValidateUniversal(ctx context.Context, prefixedUniversal string) (*client.Identity, error)
}

// Trustees are the keys of grants on objects, each once, sorted.
func Trustees(lists ...[]signright.Grant) []string {
	var all []string
	for _, list := range lists {
		for _, g := range list {
			all = append(all, g.Key)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Resolve looks trustees up side by side. It gives those it could find; where some
// are missing, the error is an *UnresolvedError, and what was found still counts.
func Resolve(ctx context.Context, reader IdentityReader, trustees []string) (map[string]client.Identity, error) {
	var (
		mutex  sync.Mutex
		found  = map[string]client.Identity{}
		failed = map[string]error{}
	)
	stopped := sidebyside.Each(ctx, len(trustees), func(ctx context.Context, i int) error {
		identity, err := reader.ValidateUniversal(ctx, trustees[i])
		mutex.Lock()
		defer mutex.Unlock()
		if err != nil {
			failed[trustees[i]] = err
			return endsResolving(err)
		}
		found[trustees[i]] = *identity
		return nil
	})
	return found, unresolved(trustees, found, failed, stopped)
}

// endsResolving picks the failures that every other lookup would meet as well.
func endsResolving(err error) error {
	switch client.ReasonOf(err) {
	case client.MissingScope, client.BadToken, client.Cancelled, client.Unsupported, client.Redirected:
		return err
	default:
		return nil
	}
}

func unresolved(trustees []string, found map[string]client.Identity, failed map[string]error, stopped error) error {
	sum := &UnresolvedError{Cause: stopped}
	for _, trustee := range trustees {
		if _, ok := found[trustee]; ok {
			continue
		}
		sum.Trustees = append(sum.Trustees, trustee)
		if err := failed[trustee]; sum.Cause == nil && !client.IsNotFound(err) {
			sum.Cause = err
		}
	}
	if len(sum.Trustees) == 0 {
		return nil
	}
	return sum
}

// UnresolvedError lists the trustees that could not be looked up.
type UnresolvedError struct {
	Trustees []string
	// Cause is nil where the server knows none of them.
	Cause error
}

func (e *UnresolvedError) Error() string {
	listed := e.Trustees[:min(len(e.Trustees), maxListed)]
	text := fmt.Sprintf("%d of the trustees could not be resolved: %s", len(e.Trustees), strings.Join(listed, ", "))
	if more := len(e.Trustees) - len(listed); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	if e.Cause != nil {
		text += ". " + e.Cause.Error()
	}
	return text
}

// Unwrap is the cause.
func (e *UnresolvedError) Unwrap() error { return e.Cause }

// Advice is what to do next.
func (e *UnresolvedError) Advice() string {
	const kept = "Their rights are listed all the same, without a name."
	if client.ReasonOf(e.Cause) == client.MissingScope {
		return kept + " Looking identities up takes the scope `configuration`."
	}
	if e.Cause == nil {
		return kept + " The server does not know them: they may be gone from their directory, which leaves their rights behind."
	}
	return kept
}
