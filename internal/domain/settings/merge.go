package settings

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
)

// Merge returns the change that does all that the changes do. The order of the changes does not
// matter. The code of the error is Conflict, its attribute the field on which two changes disagree.
func Merge(changes ...Change) (Change, error) {
	var merged Change
	for _, c := range changes {
		if err := merged.add(c); err != nil {
			return Change{}, err
		}
	}
	return merged, nil
}

func (c *Change) add(other Change) error {
	if text := other.Description; text != nil {
		if c.Description != nil && *c.Description != *text {
			return conflict(Description, fmt.Sprintf("one change sets the text %s, another %s",
				quote([]string{*c.Description}), quote([]string{*text})))
		}
		c.Description = text
	}
	lists := other.lists()
	for _, field := range slices.Sorted(maps.Keys(lists)) { // so that the error is always about the same field
		joined, disagreement := mergeLists(c.lists()[field], lists[field])
		if disagreement != "" {
			return conflict(field, disagreement)
		}
		if c.Lists == nil {
			c.Lists = map[Field]ListChange{}
		}
		c.Lists[field] = joined
	}
	return c.addFields(other.CustomFields)
}

// addFields joins fields by name. Of two spellings of a name it keeps the first one in byte order.
func (c *Change) addFields(fields map[string][]string) error {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		values, spelling := slices.Clone(fields[name]), name
		if values == nil {
			values = []string{}
		}
		if earlier, named := c.fieldName(name); named {
			if !slices.Equal(values, c.CustomFields[earlier]) {
				return conflict(CustomFields, fmt.Sprintf("two changes set the custom field %s to different values",
					quote([]string{name})))
			}
			spelling = min(earlier, name)
			delete(c.CustomFields, earlier)
		}
		if c.CustomFields == nil {
			c.CustomFields = map[string][]string{}
		}
		c.CustomFields[spelling] = values
	}
	return nil
}

func (c Change) fieldName(name string) (string, bool) {
	for candidate := range c.CustomFields {
		if dn.Equal(candidate, name) {
			return candidate, true
		}
	}
	return "", false
}

// mergeLists joins two changes of one set, or says how they disagree. An exact list includes additions
// and removals that agree with it.
func mergeLists(a, b ListChange) (joined ListChange, disagreement string) {
	switch {
	case a.Exact:
		return mergeExact(a, b)
	case b.Exact:
		return mergeExact(b, a)
	}
	joined = ListChange{
		Add: sorted(slices.Concat(a.Add, b.Add)), Remove: sorted(slices.Concat(a.Remove, b.Remove)),
		KeepLast: a.KeepLast || b.KeepLast,
	}
	if i := slices.IndexFunc(joined.Add, joined.drops); i >= 0 {
		disagreement = fmt.Sprintf("one change adds %s, another removes it", quote(joined.Add[i:i+1]))
	}
	return joined, disagreement
}

func mergeExact(exact, other ListChange) (joined ListChange, disagreement string) {
	const sets = "one change sets the list to %s, another "
	if other.Exact && !SameSet(exact.Items, other.Items) {
		disagreement = fmt.Sprintf(sets+"to %s", quote(exact.Items), quote(other.Items))
	} else if outside := without(other.Add, exact.Items); len(outside) > 0 {
		disagreement = fmt.Sprintf(sets+"adds %s", quote(exact.Items), quote(outside))
	} else if i := slices.IndexFunc(other.Remove, exact.asksFor); i >= 0 {
		disagreement = fmt.Sprintf(sets+"removes %s", quote(exact.Items), quote(other.Remove[i:i+1]))
	}
	return ListChange{Exact: true, Items: sorted(slices.Concat(exact.Items, other.Items, other.Add))}, disagreement
}

func conflict(field Field, message string) error {
	return failure.Errorf(failure.Conflict, "two resources change %s of the project in different ways: %s", field,
		message).Advise("Let only one resource of the configuration manage each value.").At(failure.Attribute(field))
}

// quote writes a set for a message.
func quote(set []string) string {
	if len(set) == 0 {
		return "nothing"
	}
	quoted := make([]string, 0, len(set))
	for _, item := range sorted(set) {
		quoted = append(quoted, `"`+redact.Visible(item)+`"`)
	}
	return strings.Join(quoted, ", ")
}
