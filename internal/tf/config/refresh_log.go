package config

import (
	"sync"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
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
