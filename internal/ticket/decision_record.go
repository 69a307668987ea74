package ticket

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

// recordKey is the entry of the private state with the record. There is none after the import of a
// pending ticket.
const recordKey = config.PrivateKey[record]("decision")

// record is the decision that the resource made, adopted or imported, in the zone of the configuration.
// Reads compare the server with it, because the state also contains drift.
type record struct {
	Decision schedule.Decision `json:"decision"`
	// EmptySchedule: the schedule has no times.
	EmptySchedule bool `json:"hollow,omitempty"`
	// AwaitsOthers: the server accepted the decision, and the ticket stayed Pending for its other
	// approvers. Until it is decided, Pending is not drift.
	AwaitsOthers bool `json:"awaited,omitempty"`
	// Imported: nothing was applied since the import.
	Imported bool `json:"imported,omitempty"`
	// Shown is how the server shows the decision, perhaps with rounded times or without a zone. Nil until
	// it was seen on the ticket.
	Shown *schedule.Shown `json:"shown,omitempty"`
}

// loadRecord returns nil if there is no record.
func loadRecord(ctx context.Context, private config.PrivateReader, diagnostics *diag.Diagnostics) *record {
	if recorded, found := recordKey.Get(ctx, private, diagnostics); found {
		return &recorded
	}
	return nil
}

// newRecord is the record of a model without unknown values.
func newRecord(m *model) record {
	return record{Decision: m.decision(), EmptySchedule: m.Schedule.Equal(emptySchedule)}
}

// after adds the outcome of an apply.
func (r record) after(o decide.Outcome) record {
	r.AwaitsOthers, r.Shown = o.Awaited, o.Shown
	return r
}

// awaitsOthers is true while the ticket has the status that it had when the server accepted the
// decision.
func (r *record) awaitsOthers(status string) bool {
	return r != nil && r.AwaitsOthers && status == schedule.Pending
}

// isImported is true if nothing was applied since the import.
func (r *record) isImported() bool { return r == nil || r.Imported }

// isShown is true if the server still shows the recorded decision. Until it was seen, the explanation
// identifies it.
func (r *record) isShown(shown schedule.Shown, explanation, configuredExplanation string) bool {
	explained := r.Shown == nil && shown.Status == r.Decision.Status && explanation != "" &&
		explanation == configuredExplanation
	return explained || r.Decision.IsStill(shown, r.Shown)
}

// update takes over what a read shows.
func (r *record) update(shown schedule.Shown, isShown bool) {
	r.AwaitsOthers = r.awaitsOthers(shown.Status)
	if r.Shown == nil && isShown && !r.AwaitsOthers {
		r.Shown = &shown
	}
}

// restore sets the recorded decision in place of another one.
func (r *record) restore(m *model) {
	switch {
	case m.decision().Equal(r.Decision):
	case r.EmptySchedule:
		m.Status, m.Schedule = types.StringValue(r.Decision.Status), emptySchedule
	default:
		m.setDecision(r.Decision)
	}
}
