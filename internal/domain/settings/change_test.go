package settings_test

import (
	"slices"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
)

func withDescription(text string, r settings.Role, list settings.ListChange) settings.Change {
	c := role(r, list)
	c.Description = &text
	return c
}

func TestChange_Digest(t *testing.T) {
	base := role(settings.Use, exact("a", "b")).Digest(payments())
	shuffled := payments()
	shuffled.KeyUsers = []string{"ad:{c}", "AD:{C}"}
	shuffled.Description = "Another text"
	for name, c := range map[string]struct {
		digest string
		same   bool
	}{
		"order, case, repetition": {role(settings.Use, exact("B", "A", "a")).Digest(shuffled), true},
		"by additions and removals": {
			role(settings.Use, settings.ListChange{Add: []string{"a", "b"}, Remove: []string{"ad:{c}"}}).
				Digest(payments()),
			true,
		},
		"with a change that changes not": {
			withDescription("Payments", settings.Use, exact("a", "b")).Digest(payments()),
			true,
		},
		"another list":      {role(settings.Use, exact("a")).Digest(payments()), false},
		"another role":      {role(settings.Audit, exact("a", "b")).Digest(payments()), false},
		"another old value": {role(settings.Use, exact("a", "b")).Digest(settings.Settings{}), false},
		"another field too": {
			withDescription("x", settings.Use, exact("a", "b")).Digest(payments()),
			false,
		},
		"one item of two": {role(settings.Use, exact(`a" "b`)).Digest(payments()), false},
	} {
		if (c.digest == base) != c.same {
			t.Errorf("%s: same %t", name, !c.same)
		}
	}
	one, two := fields("a", "1\n2").Digest(payments()), fields("a", "1", "2").Digest(payments())
	if one == two || fields("A", "1", "2").Digest(payments()) != two ||
		fields("a", "2", "1").Digest(payments()) == two {
		t.Error("values of a custom field are exact, its name is not")
	}
	if description("a").Digest(payments()) == description("A").Digest(payments()) {
		t.Error("a description is exact")
	}
}

func TestChange_LeavesNoOwner(t *testing.T) {
	for name, c := range map[string]struct {
		change settings.Change
		want   bool
	}{
		"exact":       {role(settings.Owner, exact()), true},
		"all removed": {role(settings.Owner, remove("LOCAL:{ANNA}", "local:{ben}")), true},
		"one removed": {role(settings.Owner, remove("local:{ben}")), false},
		"the last is kept": {
			role(settings.Owner, settings.ListChange{Remove: []string{"local:{ben}", "local:{anna}"}, KeepLast: true}),
			false,
		},
		"another role": {role(settings.Use, exact()), false},
		"no change":    {settings.Change{}, false},
	} {
		if got := c.change.LeavesNoOwner(payments()); got != c.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
	if (settings.Change{}).LeavesNoOwner(settings.Settings{}) {
		t.Error("a project without owners is not changed")
	}
}

func TestChange_IsEmpty(t *testing.T) {
	for _, c := range []settings.Change{
		{},
		role(settings.Use, settings.ListChange{KeepLast: true}), apps(settings.ListChange{}),
		role("Admin", add("a")),
		{CustomFields: map[string][]string{}},
	} {
		if !c.IsEmpty() || len(c.Fields()) > 0 {
			t.Errorf("%+v: not empty, fields %v", c, c.Fields())
		}
	}
	for _, c := range []settings.Change{
		description(""), role(settings.Use, add("a")), role(settings.Use, exact()), fields("a"),
	} {
		if c.IsEmpty() {
			t.Errorf("%+v: empty", c)
		}
	}
	whole, err := settings.Merge(description(""), role(settings.Owner, add("a")), role(settings.ApproveUse, exact()),
		apps(exact()), fields("a"))
	if err != nil || whole.IsEmpty() {
		t.Fatal(whole, err)
	}
	want := []settings.Field{
		settings.Description, settings.Owners, settings.KeyUseApprovers, settings.Applications, settings.CustomFields,
	}
	if !slices.Equal(whole.Fields(), want) {
		t.Errorf("got fields %v", whole.Fields())
	}
}

// The order of a merged list depends on its items, not on their spelling. A list without values clears
// a custom field.
func TestMerge_Form(t *testing.T) {
	merged, err := settings.Merge(role(settings.Use, add("B")), role(settings.Use, add("a")),
		settings.Change{CustomFields: map[string][]string{"Team": nil}})
	if added := merged.Role(settings.Use).Add; err != nil || !slices.Equal(added, []string{"a", "B"}) {
		t.Errorf("got %v, %v", added, err)
	}
	last := role(settings.Owner, settings.ListChange{Remove: []string{"x"}, KeepLast: true})
	other := role(settings.Owner, remove("y"))
	for _, order := range [][]settings.Change{{last, other}, {other, last}} {
		if merged, err := settings.Merge(order...); err != nil || !merged.Role(settings.Owner).KeepLast {
			t.Errorf("the last owner is not kept: %+v, %v", merged, err)
		}
	}
	if values := merged.CustomFields["Team"]; values == nil || len(values) > 0 {
		t.Errorf("got %v", values)
	}
}

// Of several fields in conflict, the error names the same one each time.
func TestMerge_ErrorIsStable(t *testing.T) {
	of := func(item string) settings.Change {
		lists := map[settings.Field]settings.ListChange{}
		for _, r := range settings.Roles() {
			lists[r.Field()] = exact(item)
		}
		return settings.Change{Lists: lists}
	}
	for range 20 {
		_, err := settings.Merge(of("a"), of("b"))
		if at := failure.AttributeOf(err); at != failure.Attribute(settings.Auditors) {
			t.Fatalf("got %q: %v", at, err)
		}
	}
}
