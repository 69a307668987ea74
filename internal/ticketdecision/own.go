package ticketdecision

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/schedule"
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
}

type privateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

type privateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// recall is the own decision, nil after an import.
func recall(ctx context.Context, private privateReader, diags *diag.Diagnostics) *ownDecision {
	value, found := private.GetKey(ctx, ownKey)
	diags.Append(found...)
	var own ownDecision
	if len(value) == 0 || json.Unmarshal(value, &own) != nil {
		return nil
	}
	return &own
}

func remember(ctx context.Context, private privateWriter, m *model, awaited bool, diags *diag.Diagnostics) {
	keep(ctx, private, ownDecision{
		Status: m.Status.ValueString(), Start: m.end("start").ValueString(), Stop: m.end("stop").ValueString(),
		Hollow: m.hasHollowSchedule(), Awaited: awaited,
	}, diags)
}

func keep(ctx context.Context, private privateWriter, own ownDecision, diags *diag.Diagnostics) {
	value, err := json.Marshal(own)
	if err != nil {
		diags.AddError("Could not keep the decision", err.Error())
		return
	}
	diags.Append(private.SetKey(ctx, ownKey, value)...)
}

// waits tells whether what the server says is what it said when it accepted the
// decision.
func (o *ownDecision) waits(told schedule.Decision) bool {
	return o != nil && o.Awaited && told.Status == schedule.Pending
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
