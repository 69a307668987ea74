package lifecycle

import "fmt"

// NoRouteError says that a goal can't be reached from a status, and why.
type NoRouteError struct {
	Current, Goal Status
	Reason        string // a sentence that names the cause and the cure
}

func (e *NoRouteError) Error() string {
	return fmt.Sprintf("a project that is %s can't be driven to %s: %s", e.Current, e.Goal, e.Reason)
}

// refuse knows what is never sent. Everything it lets pass is documented, or is
// tried once.
func refuse(current, goal Status) error {
	if reason := Blocked(current); reason != "" {
		return &NoRouteError{current, goal, reason}
	}
	if goal == Pending && current != Draft {
		return &NoRouteError{current, goal, "only a Draft is submitted for approval. Ask for the status Enabled, " +
			"or have the project set back to Draft by someone who may."}
	}
	return nil
}

// Blocked is the reason why a project with this status can't be driven to any
// other, or the empty string.
func Blocked(current Status) string {
	switch current {
	case Deleted:
		return "it is queued for deletion. The deletion has to be rejected by its approvers first, which leaves the project Disabled."
	case DisabledByParent:
		return "it is disabled by its parent. The parent has to be enabled first."
	default:
		return ""
	}
}
