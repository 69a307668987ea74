package lifecycle

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
func Transitions() []Transition { return append([]Transition(nil), transitions...) }

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
