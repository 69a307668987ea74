package lifecycle

// Action is what makes a project change its status.
type Action int

const (
	// Submit sends Pending to a draft; the server then raises a flow ticket.
	Submit Action = iota
	// Update sends the new status with Codesign/UpdateProjectStatus.
	Update
	// Approve decides the project's flow ticket with Flow/Tickets/Approve.
	Approve
	// Reject decides it with Flow/Tickets/Reject.
	Reject
	// Delete is Codesign/DeleteProject where a delete flow holds it back.
	Delete
	// Create is Codesign/CreateProject.
	Create
)

var actionNames = []string{"submit", "update", "approve", "reject", "delete", "create"}

// String is the verb used in messages and on the picture of the lifecycle.
func (a Action) String() string { return actionNames[a] }

// Transition is one step between two statuses.
type Transition struct {
	From, To   Status
	Action     Action
	Who        string // who may take it, as far as the vendor's pages say
	Documented bool
}

// transitions are the steps that the vendor documents (DOC page of
// UpdateProjectStatus, UI pages) and its Python client takes.
var transitions = []Transition{
	{Draft, Pending, Submit, "an Owner of the project or a Code Signing Administrator", true},
	{Draft, Disabled, Update, "an Owner of the project or a Code Signing Administrator", true},
	{Pending, Enabled, Approve, "the approvers named on the flow ticket", true},
	{Pending, Draft, Reject, "the approvers named on the flow ticket", true},
	{Disabled, Enabled, Update, "a Code Signing Administrator; depending on the server also a Key Use Approver or an Owner", true},
	{Enabled, Disabled, Update, "a Code Signing Administrator or an Owner of the project", true},
}

// Transitions lists the documented steps, for the documentation's picture.
func Transitions() []Transition { return append([]Transition(nil), transitions...) }

// Met tells whether a project with the current status needs nothing done. The
// goal Pending means "submitted", so a project that was approved since then,
// and is Enabled, meets it too.
func Met(goal, current Status) bool {
	return current == goal || (goal == Pending && current == Enabled)
}

// Next is the step to take from a status towards a goal that is not met yet.
// A step that is not documented has Documented false: it is tried once, directly.
// The error is a *NoWayError.
func Next(current, goal Status) (Transition, error) {
	if err := refuse(current, goal); err != nil {
		return Transition{}, err
	}
	if goal == Enabled && current == Draft {
		return documented(Draft, Pending), nil
	}
	if t := documented(current, goal); t.Documented {
		return t, nil
	}
	return Transition{From: current, To: goal, Action: Update, Who: "whoever the server allows"}, nil
}

// MaxSteps is more than any route has: a route visits no status twice.
const MaxSteps = int(DisabledByParent) + 1

// TooManySteps is the error for a route that does not end, because the table of transitions is wrong.
func TooManySteps(current, goal Status) error {
	return &NoRouteError{current, goal, "the steps between these statuses form a loop. This is a bug in the provider."}
}

// Route is every step from a status to a goal, none if the goal is met.
func Route(current, goal Status) ([]Transition, error) {
	var route []Transition
	for !Met(goal, current) {
		step, err := Next(current, goal)
		if err == nil && len(route) == MaxSteps {
			err = TooManySteps(current, goal)
		}
		if err != nil {
			return route, err
		}
		route, current = append(route, step), step.To
	}
	return route, nil
}

// documented finds a step of the table by which a project is driven; a
// rejection is an answer to a submission and not a way to draft.
func documented(from, to Status) Transition {
	for _, t := range transitions {
		if t.From == from && t.To == to && t.Action != Reject {
			return t
		}
	}
	return Transition{}
}
