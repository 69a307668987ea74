package ticket

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

// ownKey is where the private state keeps the decision that this resource made
// or adopted. An import has none until something is applied.
const ownKey = "decision"

// ownDecision is a decision as the configuration spells it. Reads compare the
// server with it, and not with the state, into which drift is written.
type ownDecision struct {
	Status string `json:"status"`
	Start  string `json:"start,omitempty"`
	Stop   string `json:"stop,omitempty"`
	// Hollow: there is a schedule, and nothing in it, which decides like none.
	Hollow bool `json:"hollow,omitempty"`
	// Awaited: accepted by the server, but the ticket was still Pending then, for
	// its other approvers. Until it is seen decided, Pending is no drift.
	Awaited bool `json:"awaited,omitempty"`
	// Imported: taken over as the server showed it. What the server does not show is not known.
	Imported bool `json:"imported,omitempty"`
	// Shown is how the server shows the decision: perhaps with rounded times, or without a zone.
	// Nil until it was seen on the ticket.
	Shown *schedule.Shown `json:"shown,omitempty"`
}

type privateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

type privateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// recall is the own decision, nil after the import of a ticket that was Pending.
func recall(ctx context.Context, private privateReader, diagnostics *diag.Diagnostics) *ownDecision {
	value, found := private.GetKey(ctx, ownKey)
	diagnostics.Append(found...)
	var own ownDecision
	if len(value) == 0 || json.Unmarshal(value, &own) != nil {
		return nil
	}
	return &own
}

// ownOf is the decision of a model, which is known completely.
func ownOf(m *model) ownDecision {
	return ownDecision{
		Status: m.Status.ValueString(), Start: m.end("start").ValueString(), Stop: m.end("stop").ValueString(),
		Hollow: m.hasHollowSchedule(),
	}
}

func keep(ctx context.Context, private privateWriter, own ownDecision, diagnostics *diag.Diagnostics) {
	value, err := json.Marshal(own)
	if err != nil {
		diagnostics.AddError("Could not keep the decision", err.Error())
		return
	}
	diagnostics.Append(private.SetKey(ctx, ownKey, value)...)
}

// waits says whether the ticket is as it was when the server accepted the decision.
func (o *ownDecision) waits(status string) bool {
	return o != nil && o.Awaited && status == schedule.Pending
}

// isImported is true where nothing was applied since the import.
func (o *ownDecision) isImported() bool { return o == nil || o.Imported }

// isStill says whether the server still shows the own decision. Until it was seen, the
// explanation identifies it.
func (o *ownDecision) isStill(shown schedule.Shown, explanation, ownExplanation string) bool {
	explained := o.Shown == nil && shown.Status == o.Status && explanation != "" && explanation == ownExplanation
	return explained || o.decision().IsStill(shown, o.Shown)
}

// update takes over what a read says of the own decision, and says whether that is news.
func (o *ownDecision) update(shown schedule.Shown, isStill bool) (changed bool) {
	if o.Awaited && !o.waits(shown.Status) {
		o.Awaited, changed = false, true
	}
	if o.Shown == nil && isStill && !o.Awaited {
		o.Shown, changed = &shown, true
	}
	return changed
}

func (o *ownDecision) decision() schedule.Decision {
	var m model
	o.restore(&m)
	return m.decision()
}

func (o *ownDecision) restore(m *model) {
	m.Status = types.StringValue(o.Status)
	m.setSchedule(o.Start, o.Stop)
	if o.Hollow {
		m.Schedule = hollowSchedule()
	}
}
