package identity

import (
	"context"
	"fmt"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

// directory is the part of the API client that knows identities.
type directory interface {
	ValidateIdentity(ctx context.Context, prefixedUniversalOrName string) (*client.Identity, error)
	ValidateUniversal(ctx context.Context, prefixedUniversal string) (*client.Identity, error)
	BrowseIdentities(ctx context.Context, filter string, limit int, identityType int64) ([]client.Identity, error)
}

const (
	// usersAndGroups are the types (IdentityType in OAS: 1 user, 2 group) that hold rights.
	usersAndGroups = 1 | 2
	// searchLimit is far above what one name can match, so that a full answer
	// means that the name was only a part of many others.
	searchLimit = 100
)

// search finds the one identity with a bare name. Browse answers with everything
// that the name is a part of; rights go only to whoever has exactly this name.
func search(ctx context.Context, d directory, name string) (*client.Identity, error) {
	answer, err := d.BrowseIdentities(ctx, name, searchLimit, usersAndGroups)
	if err != nil {
		return nil, err
	}
	var same []client.Identity
	for _, candidate := range answer {
		if dn.Equal(candidate.Name, name) {
			same = append(same, candidate)
		}
	}
	switch {
	case len(same) > 1:
		return nil, &nameError{fmt.Sprintf("%q is the name of several identities", name), choose(same)}
	case len(answer) >= searchLimit:
		return nil, &nameError{fmt.Sprintf("%q is part of %d names or more, too many to be sure", name, searchLimit), beMorePrecise}
	case len(same) == 0:
		return nil, &nameError{fmt.Sprintf("%q is nobody's name in the directory that the caller belongs to", name), choose(answer)}
	default:
		return &same[0], nil
	}
}

// nameError is a name that is not the name of exactly one identity.
type nameError struct{ text, advice string }

func (e *nameError) Error() string { return e.text }

// Advice is how to name the identity instead.
func (e *nameError) Advice() string { return e.advice }

const (
	beMorePrecise = "Give the name with its directory in front (`prefixed_name`, such as `AD+CORP:jane`), which is found across " +
		"directories, or the `prefixed_universal`."
	maxCandidates = 20
)

// choose lists the candidates with what tells them apart.
func choose(candidates []client.Identity) string {
	if len(candidates) == 0 {
		return beMorePrecise
	}
	lines := []string{"Set `prefixed_universal` (or `prefixed_name`, where it is unique) to the one that is meant:"}
	for _, c := range candidates[:min(len(candidates), maxCandidates)] {
		lines = append(lines, fmt.Sprintf("  - %s: %s %s", c.PrefixedUniversal, c.Kind(), c.PrefixedName))
	}
	if more := len(candidates) - maxCandidates; more > 0 {
		lines = append(lines, fmt.Sprintf("  - and %d more", more))
	}
	return strings.Join(lines, "\n")
}
