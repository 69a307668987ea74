package simulator

import "time"

// Variants are shapes of answers and habits of servers that clients have to bear. Their members are
// members of Settings, also in JSON.
type Variants struct {
	// DetailsTimes changes the times of Workflow/Ticket/Details: any of "minutes" (rounded down to
	// whole minutes) and "zoneless" (ISO text without a zone), separated by commas.
	DetailsTimes string `json:"details_times,omitempty"`
	// DetailsClock is added (ms) to zoneless times, as by a server that writes its local time.
	DetailsClock int `json:"details_clock,omitempty"`
	// UnknownIdentity is the answer of Identity/Validate for an unknown identity: "" (an object
	// without ID), "null" (ID is null), "empty" (200 without a body) or "204".
	UnknownIdentity string `json:"unknown_identity,omitempty"`
	// DashedUniversals are dashed GUIDs without braces, in every directory. It counts when the
	// server starts.
	DashedUniversals bool `json:"dashed_universals,omitempty"`
	// FlowEmptyNull answers an empty Flow Enumerate with Tickets null and without Result.
	FlowEmptyNull bool `json:"flow_empty_null,omitempty"`
	// AnswerEncoding of JSON answers: "" (UTF-8), "bom" (UTF-8 with a byte order mark) or "utf-16"
	// (little endian, with a byte order mark).
	AnswerEncoding string `json:"answer_encoding,omitempty"`
	// RefusedSteps are sign result codes by the step they refuse: "Enabled->Disabled", or "Disabled"
	// for every step to that status.
	RefusedSteps map[string]int `json:"refused_steps,omitempty"`
	// VisibilityLag is how long (ms) a project that was created while the server runs stays
	// invisible to every read.
	VisibilityLag int `json:"visibility_lag,omitempty"`
	// EnumerationLag is how long (ms) EnumerateProjects leaves out a created project and shows a
	// renamed one under its former DN.
	EnumerationLag int `json:"enumeration_lag,omitempty"`
}

// refusal is the result code for a step that settings refuse; 0 for none.
func (v Variants) refusal(from, to int) int {
	if code, set := v.RefusedSteps[statusName(from)+"->"+statusName(to)]; set {
		return code
	}
	return v.RefusedSteps[statusName(to)]
}

func milliseconds(n int) time.Duration { return time.Duration(n) * time.Millisecond }
