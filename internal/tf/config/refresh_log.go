package config

import (
	"slices"
	"sync"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
)

// RefreshLog is what this process has refreshed, planned and applied. The protocol describes one
// resource at a time and does not say what came before.
type RefreshLog struct {
	// Missing are the projects that a refresh did not find. The CLI plans to create what a refresh
	// removes, also as part of a destroy. That plan must not fail because the project is missing.
	Missing ObjectNames
	// Refreshed are the objects that a refresh read. The apply plans again in another process, without
	// a refresh.
	Refreshed ObjectNames
	// Applied are the projects of creates and updates. The destroy of another resource for the same
	// project leaves the status unchanged.
	Applied ObjectNames
	// StatusBefore has, for each project, the status before the first write of this process. The plan
	// that an apply repeats has to show the same status as the first one.
	StatusBefore sync.Map
	// Desired are the desired statuses of the planned resources.
	Desired DesiredStatuses
	// Roles are the roles that the planned resources manage.
	Roles RoleClaims
	// Reported are the warnings that appear once in a run.
	Reported Flags
	// Planned are the DNs that projects get from planned creates and renames.
	Planned PlannedNames
	// Created are the objects that an apply created. With create_before_destroy the same process
	// destroys the replaced one afterwards.
	Created ObjectNames
}

// PlannedNames maps DNs that projects will have to their GUIDs. It is safe for concurrent use.
type PlannedNames struct{ guids sync.Map }

// Add records a planned DN. The GUID of a project that will be created is "".
func (n *PlannedNames) Add(name, guid string) { n.guids.Store(client.ByDN(name).Folded(), guid) }

// GUID returns the GUID of the project that will have the DN, and whether one will.
func (n *PlannedNames) GUID(name client.ProjectRef) (guid string, planned bool) {
	if name.DN == "" {
		return "", false
	}
	value, planned := n.guids.Load(name.Folded())
	guid, _ = value.(string)
	return guid, planned
}

// ObjectNames is a set of object names. It is safe for concurrent use.
type ObjectNames struct {
	mu    sync.Mutex
	names map[string]bool
}

// Add adds all names by which a configuration may refer to an object.
func (n *ObjectNames) Add(names ...client.ProjectRef) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.names == nil {
		n.names = map[string]bool{}
	}
	for _, name := range names {
		n.names[name.Folded()] = true
	}
}

// Has reports whether the set has the name in any spelling.
func (n *ObjectNames) Has(name client.ProjectRef) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.names[name.Folded()]
}

// Flags remember what was reported in this run. It is safe for concurrent use.
type Flags struct{ set sync.Map }

// First reports whether a flag is set for the first time.
func (f *Flags) First(flag string) bool {
	_, set := f.set.LoadOrStore(flag, true)
	return !set
}

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
