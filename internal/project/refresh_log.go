package project

import (
	"slices"
	"sync"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// refreshLog is what this process has refreshed, planned and applied. The protocol describes one
// resource at a time and does not say what came before.
type refreshLog struct {
	// missing are the projects that a refresh did not find. The CLI plans to create what a refresh
	// removes, also as part of a destroy. That plan must not fail because the project is missing.
	missing projectSet
	// refreshed are the projects that a refresh read. The apply plans again in another process, without
	// a refresh.
	refreshed projectSet
	// applied are the projects of creates and updates. The destroy of another resource for the same
	// project leaves the status unchanged.
	applied projectSet
	// statusBefore has, for each project, the status before the first write of this process. The plan
	// that an apply repeats has to show the same status as the first one.
	statusBefore sync.Map
	// desired are the desired statuses of the planned resources, by project.
	desired claims[desiredStatus]
	// roles are the roles that the planned resources manage, by project and role.
	roles claims[roleClaim]
	// planned are the GUIDs of projects, by the DNs that they get from planned creates and renames. The
	// GUID of a project that will be created is "".
	planned sync.Map
	// reported are the warnings that appear once in a run.
	reported sync.Map
}

func logOf(r *config.ResourceClient) *refreshLog { return config.Shared[refreshLog](r) }

// plan records the DN that a project gets.
func (l *refreshLog) plan(name, guid string) { l.planned.Store(client.ByDN(name).Folded(), guid) }

// plannedGUID returns the GUID of the project that will have the DN, and whether one will.
func (l *refreshLog) plannedGUID(name client.ProjectRef) (guid string, planned bool) {
	value, planned := l.planned.Load(name.Folded())
	guid, _ = value.(string)
	return guid, planned
}

// isFirst reports whether a warning is reported for the first time in this run.
func (l *refreshLog) isFirst(warning string) bool {
	_, reported := l.reported.LoadOrStore(warning, true)
	return !reported
}

// projectSet is a set of names of projects, in any spelling. It is safe for concurrent use.
type projectSet struct{ names sync.Map }

// add adds all names by which a configuration may refer to a project.
func (s *projectSet) add(names ...client.ProjectRef) {
	for _, name := range names {
		s.names.Store(name.Folded(), true)
	}
}

func (s *projectSet) has(name client.ProjectRef) bool {
	_, found := s.names.Load(name.Folded())
	return found
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

// desiredStatus is the status that one planned resource has for a project.
type desiredStatus struct {
	name      string // the project as the configuration names it: `dn = "…"`
	status    string
	onDestroy bool // status is the status_on_destroy of a resource that is destroyed
}

// DisagreesWith reports whether both cannot be met.
func (d desiredStatus) DisagreesWith(other desiredStatus) bool { return d.status != other.status }

// roleClaim is one planned resource that manages a role of a project.
type roleClaim struct {
	TypeName string `json:"type"` // of the resource, such as codesign_project_role
	Name     string `json:"name"` // the project as the configuration names it: `dn = "…"`
	// Trustee is that of a resource for one trustee, empty for one that manages the whole role.
	Trustee string `json:"trustee,omitempty"`
}

// DisagreesWith reports whether each apply of one resource undoes what the other one did. Resources
// for different trustees of a role agree.
func (c roleClaim) DisagreesWith(other roleClaim) bool {
	return c.Trustee == "" || other.Trustee == "" || settings.SameTrustee(c.Trustee, other.Trustee)
}

// releaseRoles reverts the claims of a planned resource that is replaced.
func (l *refreshLog) releaseRoles(project []client.ProjectRef, claim roleClaim, roles ...settings.Role) {
	for _, role := range roles {
		l.roles.remove(claim, roleKeys(project, role)...)
	}
}

// roleKeys has a key for each name of the project: a plan may know only one of them.
func roleKeys(project []client.ProjectRef, role settings.Role) []string {
	keys := make([]string, 0, len(project))
	for _, name := range project {
		keys = append(keys, name.Folded()+"\x00"+string(role))
	}
	return keys
}
