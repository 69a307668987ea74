package identity

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// people answers a search with a fixed list, and knows nobody by any other way.
type people struct {
	names []string
	err   error
	asked *[]string // by which way
}

func (p people) BrowseIdentities(_ context.Context, filter string, limit int, identityType int64) ([]client.Identity, error) {
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
	return p.nobody("universal")
}

func (p people) ValidateIdentity(context.Context, string) (*client.Identity, error) {
	return p.nobody("name")
}

func (p people) nobody(way string) (*client.Identity, error) {
	if p.asked != nil {
		*p.asked = append(*p.asked, way)
	}
	if p.err != nil {
		return nil, p.err
	}
	return nil, &client.Error{Reason: client.NotFound, Operation: "Identity/Validate"}
}

func TestABareNameFindsTheOneWithExactlyThisName(t *testing.T) {
	for name, c := range map[string]struct {
		people       []string
		wanted       string
		text, advice string // of the error; none when empty
	}{
		"the only one":                {[]string{"jane"}, "jane", "", ""},
		"case aside":                  {[]string{"Jane"}, "jANE", "", ""},
		"beside longer names":         {[]string{"janet", "jane", "mary-jane"}, "jane", "", ""},
		"nobody":                      {nil, "jane", `"jane" is nobody's name`, "`prefixed_name`"},
		"only a part of another name": {[]string{"janet"}, "jane", `"jane" is nobody's name`, "AD+CORP:00: user AD+CORP:janet"},
		"two of one name":             {[]string{"jane", "bob", "Jane"}, "jane", "is the name of several", "AD+CORP:02: user AD+CORP:Jane"},
		"part of very many names":     {append([]string{"a"}, strings.Split(strings.Repeat("abc ", 200), " ")...), "a", "too many to be sure", "`prefixed_universal`"},
		"many of one name":            {strings.Fields(strings.Repeat("a ", 30)), "a", "is the name of several", "and 10 more"},
	} {
		found, err := find(t.Context(), people{names: c.people}, "name", c.wanted)
		if c.text == "" {
			if err != nil || !strings.EqualFold(found.Name, c.wanted) {
				t.Errorf("%s: got %v, %v", name, found, err)
			}
			continue
		}
		wrong, ok := errors.AsType[*nameError](err)
		if !ok || !strings.Contains(wrong.Error(), c.text) || !strings.Contains(wrong.Advice(), c.advice) {
			t.Errorf("%s: got %v, %v", name, found, err)
		}
	}
}

func TestWhatHasAPrefixIsAskedForDirectly(t *testing.T) {
	for _, row := range []struct{ attribute, given, way string }{
		{"name", "local:jane", "name"},
		{"prefixed_name", "local:jane", "name"},
		{"prefixed_universal", "local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}", "universal"},
		{"prefixed_universal", "AzureAD+CORP:0a1b", "universal"},
	} {
		var asked []string
		attribute, given := row.attribute, row.given
		_, err := find(t.Context(), people{names: []string{given}, asked: &asked}, attribute, given)
		if !slices.Equal(asked, []string{row.way}) {
			t.Errorf("%s: asked as %v", attribute, asked)
		}
		if err == nil || !strings.Contains(err.Error(), "the server knows no identity") || !strings.Contains(err.Error(), given) {
			t.Errorf("%s: got %v", attribute, err)
		}
	}
}

func TestAFailureOfTheServerIsNotTakenForAnUnknownName(t *testing.T) {
	down := &client.Error{Reason: client.MissingScope}
	for _, given := range []string{"jane", "local:jane"} {
		if _, err := find(t.Context(), people{err: down}, "name", given); !errors.Is(err, down) {
			t.Errorf("%s: got %v", given, err)
		}
	}
}
