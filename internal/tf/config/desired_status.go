package config

import (
	"slices"
	"sync"
)

// DesiredStatus is what one resource of a plan wants of a project.
type DesiredStatus struct {
	Name      string // how the configuration names the project: `dn = "…"`
	Status    string
	OnDestroy bool // the resource is destroyed, and this is its status_on_destroy
}

// DesiredStatuses are those of one plan, by project. The protocol shows a provider one resource at a
// time, so a conflict is found when the second one is planned.
type DesiredStatuses struct {
	mu        sync.Mutex
	byProject map[string][]DesiredStatus
}

// Add reports the first resource that wants another status of the same project, which is given by
// one key for all of its names.
func (d *DesiredStatuses) Add(project string, wanted DesiredStatus) (other DesiredStatus, conflict bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.byProject == nil {
		d.byProject = map[string][]DesiredStatus{}
	}
	all := d.byProject[project]
	i := slices.IndexFunc(all, func(o DesiredStatus) bool { return o.Status != wanted.Status })
	d.byProject[project] = append(all, wanted)
	if i < 0 {
		return DesiredStatus{}, false
	}
	return all[i], true
}

// Remove takes back what a resource wanted: the CLI plans a replaced resource twice.
func (d *DesiredStatuses) Remove(project string, wanted DesiredStatus) {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := d.byProject[project]
	if i := slices.Index(all, wanted); i >= 0 {
		d.byProject[project] = slices.Delete(all, i, i+1)
	}
}
