// Package lifecycle holds the rules of a project's status: the statuses, the steps between them,
// and who may take each. It is pure: it sends no request and does not wait.
package lifecycle

import (
	"fmt"
	"slices"
)

// Status is the number of a project's status (CodeSigning_SignProjectStatus in OAS, ProjectStatus
// in DOC). Newer servers may have more than the known ones.
type Status int

// The known statuses. Deleted means queued for deletion. Deleted and DisabledByParent are never
// sent.
const (
	Disabled Status = iota
	Enabled
	Draft
	Pending
	Deleted
	DisabledByParent
)

var statusNames = []string{"Disabled", "Enabled", "Draft", "Pending", "Deleted", "DisabledByParent"}

// String is the name in configurations, or "Unknown (N)".
func (s Status) String() string {
	if !s.Known() {
		return fmt.Sprintf("Unknown (%d)", int(s))
	}
	return statusNames[s]
}

// Known reports whether the number has a name.
func (s Status) Known() bool { return s >= 0 && int(s) < len(statusNames) }

// StatusNames are the known statuses in the order of their numbers.
func StatusNames() []string { return slices.Clone(statusNames) }

// DesiredNames are the statuses that a configuration can ask for, in the order of the
// documentation.
func DesiredNames() []string {
	return []string{Disabled.String(), Enabled.String(), Draft.String(), Pending.String()}
}

// ParseStatus returns the status with a name. Case matters.
func ParseStatus(name string) (Status, bool) {
	i := slices.Index(statusNames, name)
	return Status(max(i, 0)), i >= 0
}

// ParseDesired is ParseStatus for the four statuses that a configuration can ask for.
func ParseDesired(name string) (Status, bool) {
	s, ok := ParseStatus(name)
	return s, ok && s <= Pending
}
