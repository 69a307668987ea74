package config

import (
	"slices"
	"sync"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
)

// claims are what the planned resources of one plan decide about objects, by key. It is safe for
// concurrent use.
type claims[C interface {
	comparable
	DisagreesWith(C) bool
}] struct {
	mu  sync.Mutex
	all map[string][]C
}

// add returns the first claim for one of the keys that disagrees.
func (c *claims[C]) add(claim C, keys ...string) (other C, conflict bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all == nil {
		c.all = map[string][]C{}
	}
	for _, key := range keys {
		i := slices.IndexFunc(c.all[key], claim.DisagreesWith)
		if i >= 0 && !conflict {
			other, conflict = c.all[key][i], true
		}
		c.all[key] = append(c.all[key], claim)
	}
	return other, conflict
}

// remove reverts add: the CLI plans a replaced resource twice.
func (c *claims[C]) remove(claim C, keys ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, key := range keys {
		if i := slices.Index(c.all[key], claim); i >= 0 {
			c.all[key] = slices.Delete(c.all[key], i, i+1)
		}
	}
}

// DesiredStatus is the status that one planned resource has for a project.
type DesiredStatus struct {
	Name      string // the project as the configuration names it: `dn = "…"`
	Status    string
	OnDestroy bool // Status is the status_on_destroy of a resource that is destroyed
}

// DisagreesWith reports whether both cannot be met.
func (d DesiredStatus) DisagreesWith(other DesiredStatus) bool { return d.Status != other.Status }

// DesiredStatuses are the desired statuses of one plan, by project.
type DesiredStatuses struct{ claims claims[DesiredStatus] }

// Add returns the first resource that has another status for the same project. All names of a
// project have the same key.
func (d *DesiredStatuses) Add(project string, desired DesiredStatus) (other DesiredStatus, conflict bool) {
	return d.claims.add(desired, project)
}

// Remove reverts Add.
func (d *DesiredStatuses) Remove(project string, desired DesiredStatus) {
	d.claims.remove(desired, project)
}

// RoleClaim is one planned resource that manages a role of a project.
type RoleClaim struct {
	Type    string // of the resource, such as codesign_project_role
	Name    string // the project as the configuration names it: `dn = "…"`
	Trustee string // of a resource for one trustee, empty for one that manages the whole role
}

// DisagreesWith reports whether each apply of one resource undoes what the other one did. Resources
// for different trustees of a role agree.
func (c RoleClaim) DisagreesWith(other RoleClaim) bool {
	return c.Trustee == "" || other.Trustee == "" || settings.SameTrustee(c.Trustee, other.Trustee)
}

// RoleClaims are the managed roles of one plan, by project and role.
type RoleClaims struct{ claims claims[RoleClaim] }

// Add returns the first resource that disagrees about the same role. A project has several names,
// and a plan may know only one of them.
func (r *RoleClaims) Add(
	project []client.ProjectRef, role settings.Role, claim RoleClaim,
) (other RoleClaim, conflict bool) {
	return r.claims.add(claim, roleKeys(project, role)...)
}

// Remove reverts Add.
func (r *RoleClaims) Remove(project []client.ProjectRef, role settings.Role, claim RoleClaim) {
	r.claims.remove(claim, roleKeys(project, role)...)
}

func roleKeys(project []client.ProjectRef, role settings.Role) []string {
	keys := make([]string, 0, len(project))
	for _, name := range project {
		keys = append(keys, name.Folded()+"\x00"+string(role))
	}
	return keys
}
