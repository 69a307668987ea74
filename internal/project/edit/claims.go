package edit

import (
	"maps"
	"slices"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
)

// claims are the items that the resources of this process ask for, by field. The destroy of another
// resource leaves them alone: a trustee that moves from one resource to another keeps its role.
type claims map[settings.Field][]string

func (c claims) add(change settings.Change) {
	for field, list := range change.Lists {
		c[field] = settings.Union(c[field], slices.Concat(list.Items, list.Add))
	}
}

// release returns the change without the removal of claimed items, and those items.
func (c claims) release(change settings.Change) (settings.Change, []settings.Difference) {
	var kept []settings.Difference
	change.Lists = maps.Clone(change.Lists)
	for field, list := range change.Lists {
		list.Remove = slices.DeleteFunc(slices.Clone(list.Remove), func(item string) bool {
			claimed := settings.Contains(c[field], item)
			if claimed {
				kept = append(kept, settings.Difference{Field: field, Gained: []string{item}})
			}
			return claimed
		})
		change.Lists[field] = list
	}
	return change, kept
}

// claim records what the entries ask for, then limits the changes of those that release.
func (q *queue) claim(entries []*entry) {
	q.shared.mu.Lock()
	defer q.shared.mu.Unlock()
	key := dn.CanonicalGUID(q.guid)
	if q.shared.claims == nil {
		q.shared.claims = map[string]claims{}
	}
	if q.shared.claims[key] == nil {
		q.shared.claims[key] = claims{}
	}
	all := q.shared.claims[key]
	for _, n := range entries {
		if !n.request.Release {
			all.add(n.request.Change)
		}
	}
	for _, n := range entries {
		if n.request.Release {
			n.request.Change, n.kept = all.release(n.request.Change)
		}
	}
}
