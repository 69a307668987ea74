package lifecycle

import (
	"fmt"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
)

// MaxSteps is more than any route has: a route visits no status twice.
const MaxSteps = int(DisabledByParent) + 1

// Met reports whether a project with the current status needs no change. The desired status Pending
// means "submitted", so a project that was approved since then, and is Enabled, meets it too.
func Met(desired, current Status) bool {
	return current == desired || (desired == Pending && current == Enabled)
}

// Next is the step to take from a status to a desired one that is not met yet. An undocumented step
// is tried once, directly. The code of the error is NoRoute.
func Next(current, desired Status) (Transition, error) {
	if reason := Blocked(current); reason != "" {
		return Transition{}, noRouteError(current, desired, failure.Object, reason)
	}
	if desired == Pending && current != Draft {
		return Transition{}, noRouteError(current, desired, failure.Status,
			"only a draft can be submitted for approval. Use the status Enabled instead.")
	}
	if desired == Enabled && current == Draft {
		return documented(Draft, Pending), nil
	}
	if t := documented(current, desired); t.Documented {
		return t, nil
	}
	return Transition{From: current, To: desired, Action: Update, Who: "any identity that the server allows"}, nil
}

// Route is every step from a status to a desired one, none if that is met.
func Route(current, desired Status) ([]Transition, error) {
	var route []Transition
	for !Met(desired, current) {
		step, err := Next(current, desired)
		if err == nil && len(route) == MaxSteps {
			err = TooManySteps(current, desired)
		}
		if err != nil {
			return route, err
		}
		route, current = append(route, step), step.To
	}
	return route, nil
}

// Blocked is the reason why a project with this status cannot get any other, or "".
func Blocked(current Status) string {
	switch current {
	case Deleted:
		return "it is queued for deletion. If an approver rejects the deletion, the project becomes Disabled."
	case DisabledByParent:
		return "it is disabled by its parent. Enable the parent first."
	default:
		return ""
	}
}

// TooManySteps is the error for a route without an end, because the table of transitions is wrong.
func TooManySteps(current, desired Status) error {
	return noRouteError(current, desired, failure.Status,
		"the steps between these statuses form a loop. This is a bug in the provider.")
}

func noRouteError(current, desired Status, attribute failure.Attribute, reason string) error {
	return &failure.Error{
		Code: failure.NoRoute, Attribute: attribute,
		Message: fmt.Sprintf("a project that is %s cannot become %s: %s", current, desired, reason),
	}
}
