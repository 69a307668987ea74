package config

import (
	"slices"
	"sync"
)

// DesiredStatus is the status that one planned resource has for a project.
type DesiredStatus struct {
	Name      string // the project as the configuration names it: `dn = "…"`
	Status    string
	OnDestroy bool // Status is the status_on_destroy of a resource that is destroyed
}

// DesiredStatuses are the desired statuses of one plan, by project. It is safe for concurrent use.
type DesiredStatuses struct {
	mu        sync.Mutex
	byProject map[string][]DesiredStatus
}

// Add returns the first resource that has another status for the same project. All names of a
// project have the same key.
func (d *DesiredStatuses) Add(project string, desired DesiredStatus) (other DesiredStatus, conflict bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.byProject == nil {
		d.byProject = map[string][]DesiredStatus{}
	}
	all := d.byProject[project]
	i := slices.IndexFunc(all, func(o DesiredStatus) bool { return o.Status != desired.Status })
	d.byProject[project] = append(all, desired)
	if i < 0 {
		return DesiredStatus{}, false
	}
	return all[i], true
}

// Remove reverts Add: the CLI plans a replaced resource twice.
func (d *DesiredStatuses) Remove(project string, desired DesiredStatus) {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := d.byProject[project]
	if i := slices.Index(all, desired); i >= 0 {
		d.byProject[project] = slices.Delete(all, i, i+1)
	}
}
