package config

import (
	"slices"
	"sync"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
)

// RoleClaim is one planned resource that manages a role of a project.
type RoleClaim struct {
	Type    string // of the resource, such as codesign_project_role
	Name    string // the project as the configuration names it: `dn = "…"`
	Trustee string // of a resource for one trustee, empty for one that manages the whole role
}

// disagreesWith reports whether each apply of one resource undoes what the other one did. Resources
// for different trustees of a role agree.
func (c RoleClaim) disagreesWith(other RoleClaim) bool {
	return c.Trustee == "" || other.Trustee == "" || settings.SameTrustee(c.Trustee, other.Trustee)
}

// RoleClaims are the claims of one plan. It is safe for concurrent use.
type RoleClaims struct {
	mu  sync.Mutex
	all map[string][]RoleClaim // by project and role
}

// Add returns the first resource that disagrees about the same role. A project has several names,
// and a plan may know only one of them.
func (r *RoleClaims) Add(
	project []client.ProjectRef, role settings.Role, claim RoleClaim,
) (other RoleClaim, conflict bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.all == nil {
		r.all = map[string][]RoleClaim{}
	}
	for _, name := range project {
		key := roleKey(name, role)
		i := slices.IndexFunc(r.all[key], claim.disagreesWith)
		if i >= 0 && !conflict {
			other, conflict = r.all[key][i], true
		}
		r.all[key] = append(r.all[key], claim)
	}
	return other, conflict
}

// Remove reverts Add: the CLI plans a replaced resource twice.
func (r *RoleClaims) Remove(project []client.ProjectRef, role settings.Role, claim RoleClaim) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, name := range project {
		key := roleKey(name, role)
		if i := slices.Index(r.all[key], claim); i >= 0 {
			r.all[key] = slices.Delete(r.all[key], i, i+1)
		}
	}
}

func roleKey(name client.ProjectRef, role settings.Role) string {
	return name.Folded() + "\x00" + string(role)
}

// Flags remember what was reported in this run. It is safe for concurrent use.
type Flags struct{ set sync.Map }

// First reports whether a flag is set for the first time.
func (f *Flags) First(flag string) bool {
	_, set := f.set.LoadOrStore(flag, true)
	return !set
}
