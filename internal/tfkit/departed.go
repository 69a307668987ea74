package tfkit

import (
	"strings"
	"sync"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/dn"
)

// Departed are the projects that a refresh of this process has found gone. The
// CLI plans to create what a refresh removes, even on the way to a destroy, and
// that must not fail because of what is gone.
type Departed struct {
	mu    sync.Mutex
	names map[string]bool
}

// Add takes every name by which a configuration may know the project.
func (d *Departed) Add(names ...api.ProjectRef) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.names == nil {
		d.names = map[string]bool{}
	}
	for _, name := range names {
		d.names[folded(name)] = true
	}
}

// Has tells whether this is the name of one of them.
func (d *Departed) Has(name api.ProjectRef) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.names[folded(name)]
}

func folded(name api.ProjectRef) string {
	if name.Guid != "" {
		return dn.CanonicalGuid(name.Guid)
	}
	return strings.ToLower(name.String())
}
