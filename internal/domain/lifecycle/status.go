// Package lifecycle holds the rules of a project's status: the statuses, the
// steps between them, who may take each and which ones are never sent. It is
// pure: nothing here asks a server or waits.
package lifecycle

import "fmt"

// Status is a project's status as the server numbers it
// (CodeSigning_SignProjectStatus in OAS, ProjectStatus in DOC). Numbers beyond
// the known ones are legal: newer servers may have more.
type Status int

// The known statuses. Deleted means queued for deletion; Deleted and
// DisabledByParent are only ever read, never sent.
const (
	Disabled Status = iota
	Enabled
	Draft
	Pending
	Deleted
	DisabledByParent
)

var statusNames = []string{"Disabled", "Enabled", "Draft", "Pending", "Deleted", "DisabledByParent"}

// String is the name that users see, "Unknown (N)" for a number without one.
func (s Status) String() string {
	if s < 0 || int(s) >= len(statusNames) {
		return fmt.Sprintf("Unknown (%d)", int(s))
	}
	return statusNames[s]
}

// Known tells whether the number has a name.
func (s Status) Known() bool { return s >= 0 && int(s) < len(statusNames) }

// StatusNames are the known statuses in the order of their numbers.
func StatusNames() []string { return append([]string(nil), statusNames...) }

// DesiredNames are the statuses that a project can be driven to, in the order in
// which documentation lists them.
func DesiredNames() []string {
	return []string{Disabled.String(), Enabled.String(), Draft.String(), Pending.String()}
}

// ParseStatus turns a status name into its number. Case matters, as it does for
// every other name in a configuration.
func ParseStatus(name string) (Status, bool) {
	for i, known := range statusNames {
		if name == known {
			return Status(i), true
		}
	}
	return 0, false
}

// ParseDesired is ParseStatus for the four statuses that can be a goal.
func ParseDesired(name string) (Status, bool) {
	s, ok := ParseStatus(name)
	return s, ok && s <= Pending
}
