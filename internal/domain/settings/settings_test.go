package settings_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

func exact(items ...string) settings.ListChange {
	return settings.ListChange{Exact: true, Items: items}
}

func add(items ...string) settings.ListChange { return settings.ListChange{Add: items} }

func remove(items ...string) settings.ListChange { return settings.ListChange{Remove: items} }

func role(r settings.Role, list settings.ListChange) settings.Change {
	return settings.Change{Lists: map[settings.Field]settings.ListChange{r.Field(): list}}
}

func apps(list settings.ListChange) settings.Change {
	return settings.Change{Lists: map[settings.Field]settings.ListChange{settings.Applications: list}}
}

func description(text string) settings.Change { return settings.Change{Description: &text} }

func fields(name string, values ...string) settings.Change {
	return settings.Change{CustomFields: map[string][]string{name: values}}
}

func payments() settings.Settings {
	return settings.Settings{
		Description: "Payments", Owners: []string{"local:{Anna}", "local:{Ben}"}, KeyUsers: []string{"AD:{C}"},
		Applications: []string{`\VED\Signtool`},
		CustomFields: []settings.CustomField{{Name: "Cost Centre", Values: []string{"4711"}, Type: 4}},
	}
}

func TestRoles(t *testing.T) {
	s := settings.Settings{}
	for _, r := range settings.Roles() {
		if !slices.Contains(signright.Known(), string(r)) || r.Field() == "" {
			t.Errorf("%s: field %q", r, r.Field())
		}
		give := settings.Change{Lists: map[settings.Field]settings.ListChange{r.Field(): {Add: []string{string(r)}}}}
		changed := give.Apply(s)
		if len(s.Trustees(r)) != 0 {
			t.Errorf("%s: the original changed", r)
		}
		s = changed
		if got := s.Trustees(r); !slices.Equal(got, []string{string(r)}) {
			t.Errorf("%s: got %v", r, got)
		}
	}
	want := settings.Settings{
		Owners: []string{"Owner"}, Auditors: []string{"Audit"}, KeyUsers: []string{"Use"},
		KeyUseApprovers: []string{"ApproveUse"},
	}
	if !reflect.DeepEqual(s, want) {
		t.Errorf("got %+v", s)
	}
	other := settings.Role("Admin")
	if other.Field() != "" || s.Trustees(other) != nil {
		t.Error("Admin is not a role of a project")
	}
	if values := payments().Values("COST CENTRE"); !slices.Equal(values, []string{"4711"}) {
		t.Errorf("got %q", values)
	}
	if values := payments().Values("Team"); values != nil {
		t.Errorf("got %q", values)
	}
}

func TestChange_Apply(t *testing.T) {
	for name, c := range map[string]struct {
		change settings.Change
		want   func(*settings.Settings)
	}{
		"nothing":     {settings.Change{}, func(*settings.Settings) {}},
		"empty lists": {role(settings.Use, settings.ListChange{}), func(*settings.Settings) {}},
		"description": {description("New"), func(s *settings.Settings) { s.Description = "New" }},
		"cleared":     {description(""), func(s *settings.Settings) { s.Description = "" }},
		"exact, spelling and order kept": {
			role(settings.Owner, exact("x", "LOCAL:{BEN}", "local:{anna}", "X")),
			func(s *settings.Settings) { s.Owners = []string{"local:{Anna}", "local:{Ben}", "x"} },
		},
		"exact, one dropped": {
			role(settings.Owner, exact("local:{BEN}")),
			func(s *settings.Settings) { s.Owners = []string{"local:{Ben}"} },
		},
		"exact, emptied": {role(settings.Use, exact()), func(s *settings.Settings) { s.KeyUsers = []string{} }},
		"removed from none, last one kept": {
			role(settings.Audit, settings.ListChange{Remove: []string{"x"}, KeepLast: true}),
			func(*settings.Settings) {},
		},
		"added": {
			role(settings.Audit, add("d", "D")),
			func(s *settings.Settings) { s.Auditors = []string{"d"} },
		},
		"added though there": {role(settings.Use, add("ad:{c}")), func(*settings.Settings) {}},
		"removed": {
			role(settings.Use, remove("ad:{C}", "z")),
			func(s *settings.Settings) { s.KeyUsers = []string{} },
		},
		"removed, not there": {role(settings.ApproveUse, remove("z")), func(*settings.Settings) {}},
		"removed, last one kept": {
			role(settings.Owner, settings.ListChange{Remove: []string{"local:{ben}", "local:{anna}"}, KeepLast: true}),
			func(s *settings.Settings) { s.Owners = []string{"local:{Anna}"} },
		},
		"removed, last not needed": {
			role(settings.Owner, settings.ListChange{Remove: []string{"local:{anna}"}, KeepLast: true}),
			func(s *settings.Settings) { s.Owners = []string{"local:{Ben}"} },
		},
		"applications": {
			apps(add(`\VED\signtool`, `\VED\Jar`)),
			func(s *settings.Settings) { s.Applications = []string{`\VED\Signtool`, `\VED\Jar`} },
		},
		"every application": {apps(exact()), func(s *settings.Settings) { s.Applications = []string{} }},
		"custom field": {
			fields("cost centre", "1", "2"),
			func(s *settings.Settings) { s.CustomFields[0].Values = []string{"1", "2"} },
		},
		"custom field cleared": {fields("Cost Centre"), func(s *settings.Settings) { s.CustomFields[0].Values = nil }},
		"custom field added": {fields("Team", "a"), func(s *settings.Settings) {
			s.CustomFields = append(s.CustomFields, settings.CustomField{Name: "Team", Values: []string{"a"}, Type: 1})
		}},
		"absent custom field cleared": {fields("Team"), func(*settings.Settings) {}},
	} {
		before, want := payments(), payments()
		c.want(&want)
		got := c.change.Apply(before)
		if !equal(got, want) {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
		if !reflect.DeepEqual(before, payments()) {
			t.Errorf("%s: the argument changed: %+v", name, before)
		}
		if !c.change.MetBy(got) {
			t.Errorf("%s: not met by its own result", name)
		}
		if changed := len(settings.Compare(before, want)) > 0; c.change.MetBy(before) == changed {
			t.Errorf("%s: met before: %t", name, !changed)
		}
	}
}

// equal compares exactly, except that nil and empty lists are equal.
func equal(a, b settings.Settings) bool {
	lists := func(s settings.Settings) []string {
		all := []string{s.Description}
		for _, r := range settings.Roles() {
			all = append(append(all, s.Trustees(r)...), "|")
		}
		all = append(append(all, s.Applications...), "|")
		for _, f := range s.CustomFields {
			all = append(append(append(all, f.Name, string(rune(f.Type))), f.Values...), "|")
		}
		return all
	}
	return slices.Equal(lists(a), lists(b))
}

func TestMerge(t *testing.T) {
	for name, c := range map[string]struct {
		a, b settings.Change
		at   settings.Field // of the conflict
		says string
	}{
		"the same text":  {description("a"), description("a"), "", ""},
		"two texts":      {description("a"), description("b"), settings.Description, `"a"`},
		"one exact list": {role(settings.Use, exact("a", "b")), role(settings.Use, exact("B", "A", "a")), "", ""},
		"two exact lists": {
			role(settings.Use, exact("a")),
			role(settings.Use, exact()),
			settings.KeyUsers,
			"nothing",
		},
		"exact and its item": {role(settings.Use, exact("a")), role(settings.Use, add("A")), "", ""},
		"exact and another item": {
			role(settings.Audit, exact("a")),
			role(settings.Audit, add("b")),
			settings.Auditors,
			`adds "b"`,
		},
		"exact without its item": {
			role(settings.Owner, exact("a")),
			role(settings.Owner, remove("A")),
			settings.Owners,
			`removes "A"`,
		},
		"exact without another": {role(settings.Owner, exact("a")), role(settings.Owner, remove("b")), "", ""},
		"two members":           {role(settings.Owner, add("a")), role(settings.Owner, add("b")), "", ""},
		"added and removed": {
			role(settings.ApproveUse, add("a")),
			role(settings.ApproveUse, remove("A")),
			settings.KeyUseApprovers,
			`adds "a"`,
		},
		"one in, another out":       {role(settings.Use, add("a")), role(settings.Use, remove("b")), "", ""},
		"two roles":                 {role(settings.Use, add("a")), role(settings.Owner, remove("a")), "", ""},
		"applications":              {apps(exact(`\VED\a`)), apps(exact(`\VED\b`)), settings.Applications, `\VED\b`},
		"applications in two cases": {apps(exact(`\VED\a`)), apps(add(`\ved\A`)), "", ""},
		"two custom fields":         {fields("a", "1"), fields("b", "2"), "", ""},
		"one custom field":          {fields("a", "1"), fields("A", "1"), "", ""},
		"two values":                {fields("a", "1"), fields("A", "2"), settings.CustomFields, `"A"`},
		"values in another order":   {fields("a", "1", "2"), fields("a", "2", "1"), settings.CustomFields, `"a"`},
	} {
		t.Run(name, func(t *testing.T) {
			ab, errAB := settings.Merge(c.a, c.b)
			ba, errBA := settings.Merge(c.b, c.a)
			for _, err := range []error{errAB, errBA} {
				checkConflict(t, err, c.at)
			}
			if c.says != "" && !strings.Contains(errAB.Error(), c.says) {
				t.Errorf("got %q, want %q in it", errAB, c.says)
			}
			if !reflect.DeepEqual(ab, ba) {
				t.Errorf("got %+v, in the other order %+v", ab, ba)
			}
			if c.at != "" {
				return
			}
			after := ab.Apply(payments())
			if !c.a.MetBy(after) || !c.b.MetBy(after) {
				t.Errorf("%+v does not meet both changes", after)
			}
		})
	}
}

func checkConflict(t *testing.T, err error, at settings.Field) {
	t.Helper()
	if at == "" {
		if err != nil {
			t.Errorf("got %v", err)
		}
		return
	}
	var e *failure.Error
	if e, _ = err.(*failure.Error); e == nil || e.Code != failure.Conflict || e.Attribute != failure.Attribute(at) {
		t.Fatalf("got %+v, want a conflict at %s", err, at)
	}
}

func clearLists(s *settings.Settings) { *s = settings.Settings{Description: "a"} }

func TestChange_Unexpected(t *testing.T) {
	for name, c := range map[string]struct {
		change settings.Change
		after  func(*settings.Settings)
		want   []settings.Difference
	}{
		"nothing shows yet": {role(settings.Use, add("x")), func(*settings.Settings) {}, nil},
		"another description": {
			role(settings.Use, add("x")),
			func(s *settings.Settings) { s.Description = "" },
			[]settings.Difference{{Field: settings.Description, Old: "Payments"}},
		},
		"its description rewritten": {
			description("a"), func(s *settings.Settings) { s.Description = "A" },
			[]settings.Difference{{Field: settings.Description, Old: "Payments", New: "A"}},
		},
		"another member lost": {
			role(settings.Use, add("x")), func(s *settings.Settings) { s.KeyUsers = []string{"X"} },
			[]settings.Difference{{Field: settings.KeyUsers, Lost: []string{"AD:{C}"}}},
		},
		"another member gained": {
			role(settings.Use, remove("ad:{c}")), func(s *settings.Settings) { s.KeyUsers = []string{"x"} },
			[]settings.Difference{{Field: settings.KeyUsers, Gained: []string{"x"}}},
		},
		"exact, as asked": {role(settings.Use, exact("x")), func(s *settings.Settings) {
			s.KeyUsers = []string{"x"}
		}, nil},
		"exact, a stranger": {
			role(settings.Use, exact("x")), func(s *settings.Settings) { s.KeyUsers = []string{"y"} },
			[]settings.Difference{{Field: settings.KeyUsers, Gained: []string{"y"}}},
		},
		"exact, its own lost": {
			role(settings.Owner, exact("local:{anna}", "local:{BEN}")), func(s *settings.Settings) {
				s.Owners = s.Owners[:1]
			},
			[]settings.Difference{{Field: settings.Owners, Lost: []string{"local:{Ben}"}}},
		},
		"lists cleared": {description("a"), clearLists, []settings.Difference{
			{Field: settings.Owners, Lost: []string{"local:{Anna}", "local:{Ben}"}},
			{Field: settings.KeyUsers, Lost: []string{"AD:{C}"}},
			{Field: settings.Applications, Lost: []string{`\VED\Signtool`}},
			{Field: settings.CustomFields, Name: "Cost Centre", Old: "4711"},
		}},
		"its custom field": {
			fields("COST CENTRE", "1"),
			func(s *settings.Settings) { s.CustomFields[0].Values = []string{"1"} },
			nil,
		},
		"its custom field rewritten": {
			fields("Cost Centre", "1"), func(s *settings.Settings) { s.CustomFields[0].Values = []string{"one"} },
			nil,
		},
		"another custom field": {
			fields("Team", "1"), func(s *settings.Settings) { s.CustomFields = nil },
			[]settings.Difference{{Field: settings.CustomFields, Name: "Cost Centre", Old: "4711"}},
		},
		"an empty custom field appears": {fields("Cost Centre"), func(s *settings.Settings) {
			s.CustomFields = []settings.CustomField{{Name: "Team"}}
		}, nil},
		"order and case": {
			description("Payments"),
			func(s *settings.Settings) { s.Owners = []string{"LOCAL:{Ben}", "LOCAL:{ANNA}"} },
			nil,
		},
	} {
		after := payments()
		c.after(&after)
		got := c.change.Unexpected(payments(), after)
		if len(got) != len(c.want) {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
			continue
		}
		for i, d := range got {
			w := c.want[i]
			if d.Field != w.Field || d.Name != w.Name || d.Old != w.Old || d.New != w.New ||
				!slices.Equal(d.Gained, w.Gained) || !slices.Equal(d.Lost, w.Lost) {
				t.Errorf("%s: got %+v, want %+v", name, d, w)
			}
		}
	}
}
