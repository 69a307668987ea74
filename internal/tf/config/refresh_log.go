package config

import (
	"sync"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// RefreshLog is what a plan knows of the refresh before it, which is in the
// same process: the protocol does not tell.
type RefreshLog struct {
	// Departed are the projects that the refresh found gone. The CLI plans to create
	// what a refresh removes, even on the way to a destroy, and that must not fail
	// because of what is gone.
	Missing ObjectNames
	// Refreshed is what the refresh read. An apply plans once more, in a process of
	// its own and without a refresh.
	Refreshed ObjectNames
	// Applied are the projects that a create or an update of this process is about. A destroy of
	// another object about the same project then leaves the project's status unchanged.
	Applied ObjectNames
	// Before are the statuses that projects had before this process first wrote one. The plan that an
	// apply makes again has to show them as the first plan did.
	StatusBefore sync.Map
	// Desired is what the resources that were planned want of each project.
	Desired DesiredStatuses
	// Created is what an apply created. The old object of a replacement with
	// create_before_destroy is destroyed after that, by the same process.
	Created ObjectNames
}

// ObjectNames is a set of names of objects, for use from many goroutines.
type ObjectNames struct {
	mu    sync.Mutex
	names map[string]bool
}

// Add takes every name by which a configuration may know the object.
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

// Has tells whether this is the name of one of them, however it is spelled.
func (n *ObjectNames) Has(name client.ProjectRef) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.names[name.Folded()]
}
