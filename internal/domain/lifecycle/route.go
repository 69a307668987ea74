package lifecycle

import (
	"slices"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
)

// Action changes the status of a project.
type Action int

const (
	// Submit sends Pending to a draft. The server then creates a flow ticket.
	Submit Action = iota
	// Update sends the new status with Codesign/UpdateProjectStatus.
	Update
	// Approve approves the project's flow ticket with Flow/Tickets/Approve.
	Approve
	// Reject rejects it with Flow/Tickets/Reject.
	Reject
)

var actionNames = []string{"submit", "update", "approve", "reject"}

// String is the verb in messages and in the picture of the lifecycle.
func (a Action) String() string { return actionNames[a] }

// Transition is a step from one status to another.
type Transition struct {
	From, To   Status
	Action     Action
	Who        string // may take it, according to the vendor's documentation
	Documented bool
}

// transitions are the steps that the vendor documents (DOC page of
// UpdateProjectStatus, UI pages) and its Python client takes.
var transitions = []Transition{
	{Draft, Pending, Submit, "an Owner of the project or a Code Signing Administrator", true},
	{Draft, Disabled, Update, "an Owner of the project or a Code Signing Administrator", true},
	{Pending, Enabled, Approve, "the approvers of the flow ticket", true},
	{Pending, Draft, Reject, "the approvers of the flow ticket", true},
	{
		Disabled, Enabled, Update,
		"a Code Signing Administrator; depending on the server also a Key Use Approver or an Owner", true,
	},
	{Enabled, Disabled, Update, "a Code Signing Administrator or an Owner of the project", true},
}

// Transitions lists the documented steps, for the documentation's picture.
func Transitions() []Transition { return slices.Clone(transitions) }

// documented finds a step in the table. A rejection answers a submission, and is not a way to set a
// project back to Draft.
func documented(from, to Status) Transition {
	for _, t := range transitions {
		if t.From == from && t.To == to && t.Action != Reject {
			return t
		}
	}
	return Transition{}
}

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

func noRouteError(current, desired Status, attribute failure.Attribute, reason string) error {
	err := failure.Errorf(failure.NoRoute, "a project that is %s cannot become %s: %s", current, desired, reason)
	err.Attribute = attribute
	return err
}
