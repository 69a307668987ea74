package identity

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// people answers a search from a list, and a lookup with NotFound.
type people struct {
	names []string
	err   error
	asked *[]string // the kinds of lookup
}

func (p people) BrowseIdentities(
	_ context.Context, filter string, limit int, identityType int64,
) ([]client.Identity, error) {
	if limit < 2 || identityType != usersAndGroups {
		return nil, fmt.Errorf("searched with limit %d and type %d", limit, identityType)
	}
	var found []client.Identity
	for i, name := range p.names {
		if strings.Contains(strings.ToLower(name), strings.ToLower(filter)) && len(found) < limit {
			found = append(found, client.Identity{
				Name: name, PrefixedName: "AD+CORP:" + name, PrefixedUniversal: fmt.Sprintf("AD+CORP:%02d", i), Type: 1,
			})
		}
	}
	return found, p.err
}

func (p people) ValidateUniversal(context.Context, string) (*client.Identity, error) {
	return p.notFound("universal")
}

func (p people) ValidateIdentity(context.Context, string) (*client.Identity, error) {
	return p.notFound("name")
}

func (p people) notFound(lookup string) (*client.Identity, error) {
	if p.asked != nil {
		*p.asked = append(*p.asked, lookup)
	}
	if p.err != nil {
		return nil, p.err
	}
	return nil, &client.Error{Reason: client.NotFound, Operation: "Identity/Validate"}
}

func TestFind_SearchesWholeName(t *testing.T) {
	for name, c := range map[string]struct {
		people       []string
		wanted       string
		text, advice string // of the error; none when empty
	}{
		"one":                 {[]string{"jane"}, "jane", "", ""},
		"other case":          {[]string{"Jane"}, "jANE", "", ""},
		"beside longer names": {[]string{"janet", "jane", "mary-jane"}, "jane", "", ""},
		"no match":            {nil, "jane", `no identity with the name "jane"`, "`prefixed_name`"},
		"part of a name": {
			[]string{"janet"}, "jane", `no identity with the name "jane"`, "AD+CORP:00: user AD+CORP:janet",
		},
		"two with one name": {
			[]string{"jane", "bob", "Jane"}, "jane", "is the name of several", "AD+CORP:02: user AD+CORP:Jane",
		},
		"part of many names": {
			append([]string{"a"}, strings.Split(strings.Repeat("abc ", 200), " ")...), "a", "the search is incomplete",
			"`prefixed_universal`",
		},
		"many with one name": {strings.Fields(strings.Repeat("a ", 30)), "a", "is the name of several", "and 10 more"},
	} {
		found, err := find(t.Context(), people{names: c.people}, "name", c.wanted)
		if c.text == "" {
			if err != nil || !strings.EqualFold(found.Name, c.wanted) {
				t.Errorf("%s: got %v, %v", name, found, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), c.text) || !strings.Contains(diags.Explain(err), c.advice) {
			t.Errorf("%s: got %v, %v", name, found, err)
		}
	}
}

func TestFind_LooksUpPrefixedNames(t *testing.T) {
	for _, row := range []struct{ attribute, given, lookup string }{
		{"name", "local:jane", "name"},
		{"prefixed_name", "local:jane", "name"},
		{"prefixed_universal", "local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}", "universal"},
		{"prefixed_universal", "AzureAD+CORP:0a1b", "universal"},
	} {
		var asked []string
		attribute, given := row.attribute, row.given
		_, err := find(t.Context(), people{names: []string{given}, asked: &asked}, attribute, given)
		if !slices.Equal(asked, []string{row.lookup}) {
			t.Errorf("%s: got lookups %v", attribute, asked)
		}
		if err == nil || !strings.Contains(err.Error(), "the server has no identity") ||
			!strings.Contains(err.Error(), given) {
			t.Errorf("%s: got %v", attribute, err)
		}
	}
}

func TestFind_ReturnsServerErrors(t *testing.T) {
	down := &client.Error{Reason: client.MissingScope}
	for _, given := range []string{"jane", "local:jane"} {
		if _, err := find(t.Context(), people{err: down}, "name", given); !errors.Is(err, down) {
			t.Errorf("%s: got %v", given, err)
		}
	}
}
