package edit

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
)

func TestImportBlock_ResourceName(t *testing.T) {
	for name, want := range map[string]string{
		"Payments": "payments", "Größe 7": "gr__e_7", "7up": "project_7up", "": "project_", "_x": "project__x",
	} {
		block := importBlock(&client.Project{DN: `\VED\Code Signing\Projects\` + name})
		if !strings.Contains(block, "to = codesign_project."+want+" #") {
			t.Errorf("%q: got %s", name, block)
		}
	}
}

func TestCreateError(t *testing.T) {
	answered := func(number int, reason client.Reason) error {
		return &client.Error{Reason: reason, Delivery: client.Answered, Code: client.Code{
			Family: client.FamilySign, Number: number, Present: true,
		}}
	}
	hidden := &failure.Error{Code: failure.Indeterminate}
	for name, c := range map[string]struct {
		err, found error
		code       failure.Code
		words      string
	}{
		"lost":      {&client.Error{Delivery: client.Unclear}, nil, failure.OutcomeUnknown, "was lost"},
		"no folder": {answered(codeCreateFailure, client.Refused), nil, failure.Refused, "its folder exists"},
		"in use":    {answered(codeAlreadyExists, client.Refused), nil, failure.Exists, "in use by another object"},
		"hidden":    {answered(2, client.Refused), hidden, failure.Exists, "has no role"},
		"refused":   {answered(2, client.Refused), nil, failure.Refused, "Correct the cause"},
		"forbidden": {answered(2, client.Forbidden), nil, failure.Refused, "Correct the cause"},
		"other code family": {
			&client.Error{Reason: client.Refused, Delivery: client.Answered, Code: client.Code{
				Family: client.FamilyConfig, Number: codeAlreadyExists, Present: true,
			}}, nil, failure.Refused, "Correct the cause",
		},
	} {
		err := createError(`\VED\x`, c.err, c.found)
		var failed *failure.Error
		if !errors.As(err, &failed) || failed.Code != c.code ||
			!strings.Contains(failed.Message+failed.Remedy, c.words) {
			t.Errorf("%s: got %+v", name, err)
		}
		if wantAttribute := c.code != failure.OutcomeUnknown; (failed.Attribute == failure.Object) != wantAttribute {
			t.Errorf("%s: got attribute %q", name, failed.Attribute)
		}
	}
	scope := &client.Error{Reason: client.MissingScope, Delivery: client.NotSent}
	var failed *failure.Error
	if err := createError(`\VED\x`, scope, nil); !errors.Is(err, scope) || errors.As(err, &failed) {
		t.Errorf("a missing scope: got %v", err)
	}
}

func TestEnvironmentsError_LongLists(t *testing.T) {
	for n, more := range map[int]string{1: "", maxItems: "", maxItems + 2: "and 2 more"} {
		p := &client.Project{DN: `\VED\p`}
		for i := range n {
			p.Environments = append(p.Environments, client.Environment{DN: fmt.Sprintf(`\VED\p\e%d`, i), Kind: "GPG"})
		}
		text := EnvironmentsError(p).Error()
		if strings.Contains(text, "more") != (more != "") || !strings.Contains(text, more) ||
			!strings.Contains(text, "e0 (GPG)") {
			t.Errorf("%d environments: got %s", n, text)
		}
	}
}

func TestDifferences_Text(t *testing.T) {
	d := differences{
		describe: func(_ context.Context, trustee string) string { return "<" + trustee + ">" },
		first:    "before", second: "now",
	}
	before := settings.Settings{Description: "a", KeyUsers: []string{"kim"}, Applications: []string{`\VED\a`}}
	now := settings.Settings{Description: strings.Repeat("ö", maxTextLength+1), KeyUsers: []string{"lea"}}
	text := d.text(t.Context(), before, now, settings.Compare(before, now))
	for _, words := range []string{
		`before "a", now "` + strings.Repeat("ö", maxTextLength) + `…"`, "without <kim> with <lea>",
		"(before: <kim>; now: <lea>)", `without \VED\a (before: \VED\a; now: none)`,
	} {
		if !strings.Contains(text, words) {
			t.Errorf("%q is not in %q", words, text)
		}
	}
	if strings.Contains(text, "<\\VED") {
		t.Error("an application is described as a trustee")
	}
	if exact := strings.Repeat("ö", maxTextLength); failure.Shorten(exact, maxTextLength) != exact {
		t.Errorf("got %q", failure.Shorten(exact, maxTextLength))
	}
	var many []string
	for i := range maxItems + 3 {
		many = append(many, fmt.Sprint(i))
	}
	if text := d.items(t.Context(), settings.KeyUsers, many); !strings.HasSuffix(text, "<9>, and 3 more") {
		t.Errorf("got %q", text)
	}
}

// The server may rewrite the value of a custom field. It shows the change if it differs from before, or if
// everything else of the update was carried out.
func TestProgressOf_CustomField(t *testing.T) {
	with := func(description string, values ...string) settings.Settings {
		s := settings.Settings{Description: description}
		if values != nil {
			s.CustomFields = []settings.CustomField{{Name: "Team", Values: values}}
		}
		return s
	}
	for name, c := range map[string]struct {
		change        settings.Change
		before, after settings.Settings
		want          progress
	}{
		"as sent":                  {field("b"), with("", "a"), with("", "b"), showsAll},
		"rewritten":                {field("b"), with("", "a"), with("", "B!"), showsAll},
		"unchanged":                {field("b"), with("", "a"), with("", "a"), showsNothing},
		"cleared":                  {field(), with("", "a"), with(""), showsAll},
		"not cleared":              {field(), with("", "a"), with("", "a"), showsNothing},
		"new":                      {field("b"), with(""), with("", "b"), showsAll},
		"new, not there":           {field("b"), with(""), with(""), showsNothing},
		"rewritten, not cleared":   {field(), with("", "a"), with("", "b"), showsNothing},
		"others in, not cleared":   {both(), with("old", "a"), with("new", "a"), showsPart},
		"lost instead of set":      {field("b"), with("", "a"), with(""), showsNothing},
		"unchanged, others are in": {both("b"), with("old", "a"), with("new", "a"), showsAll},
		"new, only others are in":  {both("b"), with("old"), with("new"), showsPart},
		"only the field":           {both("b"), with("old", "a"), with("old", "b"), showsPart},
	} {
		if got := progressOf(c.change, c.before, c.after); got != c.want {
			t.Errorf("%s: got %d, want %d", name, got, c.want)
		}
	}
}

func field(values ...string) settings.Change {
	return settings.Change{CustomFields: map[string][]string{"Team": values}}
}

func both(values ...string) settings.Change {
	change, description := field(values...), "new"
	change.Description = &description
	return change
}
