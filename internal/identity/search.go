package identity

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// directory is the part of the API client that finds identities.
type directory interface {
	ValidateIdentity(ctx context.Context, prefixedUniversalOrName string) (*client.Identity, error)
	ValidateUniversal(ctx context.Context, prefixedUniversal string) (*client.Identity, error)
	BrowseIdentities(ctx context.Context, filter string, limit int, identityType int64) ([]client.Identity, error)
}

const (
	// usersAndGroups are the types (IdentityType in OAS: 1 user, 2 group) that can have rights.
	usersAndGroups = 1 | 2
	// searchLimit is far above the number of identities with one name. A search that reaches it matched
	// a part of many names.
	searchLimit = 100
	// maxCandidates limits the lines of an error.
	maxCandidates = 20
)

// find searches for a name without a prefix. It looks up other names directly, which works for all
// directories.
func find(ctx context.Context, d directory, attribute, value string) (*client.Identity, error) {
	if attribute == "name" && !strings.Contains(value, ":") {
		return search(ctx, d, value)
	}
	lookUp := d.ValidateIdentity
	if attribute == "prefixed_universal" {
		lookUp = d.ValidateUniversal
	}
	found, err := lookUp(ctx, value)
	if client.IsNotFound(err) {
		return nil, diags.WithRemedy(fmt.Errorf("the server has no identity %q", value),
			"Compare the spelling and the case with the product's user interface. "+
				"The part before the colon is the directory: `local`, or `AD+` or `LDAP+` and its name on the server.")
	}
	return found, err
}

// search finds the one identity with a name. The server also returns identities whose names contain
// it; they are not used, because they would get rights by mistake.
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
		return nil, notUnique(fmt.Sprintf("%q is the name of several identities", name), same)
	case len(answer) >= searchLimit:
		return nil, notUnique(fmt.Sprintf("%q is part of %d or more names, so the search is incomplete", name,
			searchLimit), nil)
	case len(same) == 0:
		return nil, notUnique(fmt.Sprintf("the caller's directory has no identity with the name %q", name), answer)
	default:
		return &same[0], nil
	}
}

// notUnique is the error for a name that is not the name of exactly one identity.
func notUnique(text string, candidates []client.Identity) error {
	return diags.WithRemedy(errors.New(text), listCandidates(candidates))
}

// listCandidates lists what distinguishes the candidates.
func listCandidates(candidates []client.Identity) string {
	if len(candidates) == 0 {
		return "Set `prefixed_name`, the name with its directory (such as `AD+CORP:jane`), which works for all " +
			"directories, or `prefixed_universal`."
	}
	lines := []string{"Set `prefixed_universal`, or `prefixed_name` if it is unique, to one of these:"}
	for _, c := range candidates[:min(len(candidates), maxCandidates)] {
		lines = append(lines, fmt.Sprintf("  - %s: %s %s", c.PrefixedUniversal, c.Kind(), c.PrefixedName))
	}
	if more := len(candidates) - maxCandidates; more > 0 {
		lines = append(lines, fmt.Sprintf("  - and %d more", more))
	}
	return strings.Join(lines, "\n")
}
