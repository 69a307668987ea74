package edit

import (
	"slices"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
)

// claims are the items that the resources of this process ask for, by field. The destroy of another
// resource leaves them alone: a trustee that moves from one resource to another keeps its role.
type claims map[settings.Field][]string

func (c claims) add(change settings.Change) {
	for role, list := range change.Roles {
		field := role.Field()
		c[field] = settings.Union(c[field], slices.Concat(list.Items, list.Add))
	}
	if list := change.Applications; list != nil {
		c[settings.Applications] = settings.Union(c[settings.Applications], slices.Concat(list.Items, list.Add))
	}
}

// release returns the change without the removal of claimed items, and those items.
func (c claims) release(change settings.Change) (settings.Change, []settings.Difference) {
	var kept []settings.Difference
	roles := map[settings.Role]settings.ListChange{}
	for role, list := range change.Roles {
		claimed := func(item string) bool { return settings.Contains(c[role.Field()], item) }
		var left []string
		for _, item := range list.Remove {
			if claimed(item) {
				kept = append(kept, settings.Difference{Field: role.Field(), Gained: []string{item}})
				continue
			}
			left = append(left, item)
		}
		list.Remove = left
		roles[role] = list
	}
	change.Roles = roles
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
