package settings

import (
	"maps"
	"slices"
)

// newFieldType is the type of a custom field that the project does not have yet.
const newFieldType = 1

// ListChange changes a set: to exactly Items, or by Add and Remove.
type ListChange struct {
	Exact       bool
	Items       []string
	Add, Remove []string
	// KeepLast keeps one item where Remove would leave none.
	KeepLast bool
}

// IsEmpty reports whether no set is changed by it.
func (l ListChange) IsEmpty() bool { return !l.Exact && len(l.Add)+len(l.Remove) == 0 }

// apply keeps the order and the spelling of the items that stay.
func (l ListChange) apply(before []string) []string {
	if l.IsEmpty() {
		return before
	}
	before = unique(before)
	if l.Exact {
		dropped := without(before, l.Items)
		return Union(without(before, dropped), l.Items)
	}
	all := Union(before, l.Add)
	left := without(all, l.Remove)
	if l.KeepLast && len(left) == 0 && len(all) > 0 {
		return sorted(all)[:1]
	}
	return left
}

// asksFor reports whether the change adds an item or insists on it.
func (l ListChange) asksFor(item string) bool {
	if l.Exact {
		return Contains(l.Items, item)
	}
	return Contains(l.Add, item)
}

// drops reports whether the change removes an item.
func (l ListChange) drops(item string) bool {
	if l.Exact {
		return !Contains(l.Items, item)
	}
	return Contains(l.Remove, item)
}

// Change is what a caller changes of a project. What is absent is left alone.
type Change struct {
	Description  *string
	Lists        map[Field]ListChange
	CustomFields map[string][]string // by name; an empty list clears the field
}

// IsEmpty reports whether the change leaves every project alone.
func (c Change) IsEmpty() bool { return len(c.Fields()) == 0 }

// Role is the change of the trustees that have a role.
func (c Change) Role(r Role) ListChange { return c.Lists[r.Field()] }

// lists are the changes of sets that are not empty.
func (c Change) lists() map[Field]ListChange {
	lists := maps.Clone(c.Lists)
	maps.DeleteFunc(lists, func(field Field, list ListChange) bool {
		return new(Settings).list(field) == nil || list.IsEmpty()
	})
	return lists
}

// Fields are the settings that the change names, in the order of Compare.
func (c Change) Fields() []Field {
	lists := c.lists()
	return slices.DeleteFunc(Fields(), func(f Field) bool {
		return lists[f].IsEmpty() && (f != Description || c.Description == nil) &&
			(f != CustomFields || len(c.CustomFields) == 0)
	})
}

// Apply returns the settings that the change asks for. The argument stays as it is.
func (c Change) Apply(before Settings) Settings {
	after := before
	if c.Description != nil {
		after.Description = *c.Description
	}
	for field, list := range c.lists() {
		set := after.list(field)
		*set = list.apply(*set)
	}
	after.CustomFields = c.applyFields(before.CustomFields)
	return after
}

func (c Change) applyFields(before []CustomField) []CustomField {
	after := slices.Clone(before)
	for _, name := range slices.Sorted(maps.Keys(c.CustomFields)) {
		values := c.CustomFields[name]
		i := indexOfField(after, name)
		switch {
		case i >= 0:
			after[i].Values = values
		case len(values) > 0:
			after = append(after, CustomField{Name: name, Values: values, Type: newFieldType})
		}
	}
	return after
}

// MetBy reports whether the settings already are what the change asks for.
func (c Change) MetBy(s Settings) bool { return len(Compare(s, c.Apply(s))) == 0 }

// LeavesNoOwner reports whether the change removes the last owner.
func (c Change) LeavesNoOwner(before Settings) bool {
	list, changed := c.lists()[Owners]
	return changed && len(list.apply(before.Owners)) == 0
}
