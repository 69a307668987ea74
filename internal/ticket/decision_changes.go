package ticket

import (
	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

// keepSpelling plans the value of the state if the configuration only spells it differently: the same
// GUID, or the same time in another zone.
func (m *model) keepSpelling(state *model) {
	if m.hasGUIDOf(state) {
		m.GUID = state.GUID
	}
	if m.Schedule.IsNull() || m.Schedule.IsUnknown() || state.Schedule.IsNull() {
		return
	}
	times := map[string]fwattr.Value{}
	for name := range scheduleTypes {
		planned, before := m.instant(name), state.instant(name)
		times[name] = planned
		if t := timeOf(planned); !t.IsZero() && schedule.SameInstant(t, timeOf(before)) {
			times[name] = before
		}
	}
	m.Schedule = types.ObjectValueMust(scheduleTypes, times)
}

func (m *model) hasGUIDOf(o *model) bool {
	return !m.GUID.IsUnknown() && dn.EqualGUID(m.GUID.ValueString(), o.GUID.ValueString())
}

// change is an attribute whose new value would be sent.
type change struct {
	at    path.Path
	known bool
}

// changesTo lists what a plan would send. A removed value sends nothing, because a request leaves it
// out. After an import, values that the server does not show are assumed to be the imported ones.
func (m *model) changesTo(plan *model, recorded *record) []change {
	var out []change
	if c, changed := m.decisionChange(plan, recorded); changed {
		out = append(out, c)
	}
	for _, v := range []struct {
		name         string
		before, then fwattr.Value
	}{
		{"explanation", m.Explanation, plan.Explanation},
		{"reason", m.Reason, plan.Reason},
		{"user_data", m.UserData, plan.UserData},
		{"object_dn", m.ObjectDN, plan.ObjectDN},
		{"approvers", m.Approvers, plan.Approvers},
	} {
		if !isSame(v.then, v.before) && !isEmpty(v.then) && (!recorded.isImported() || !v.before.IsNull()) {
			out = append(out, change{path.Root(v.name), !v.then.IsUnknown()})
		}
	}
	return out
}

func (m *model) decisionChange(plan *model, recorded *record) (change, bool) {
	at := path.Root("schedule")
	if !plan.Status.Equal(m.Status) {
		at = path.Root("status")
	}
	if !plan.isKnown() {
		return change{at, false}, true
	}
	wanted, before := plan.decision(), m.decision()
	switch {
	case recorded.isImported():
		return change{at, true}, !m.isImportOf(plan, recorded)
	case m.isOverruled(plan, recorded):
		return change{}, false
	default:
		return change{at, true}, !wanted.Equal(before)
	}
}

// isImportOf is true if the imported decision is the configured one. If the server does not show enough
// to tell, the explanation decides.
func (m *model) isImportOf(plan *model, recorded *record) bool {
	if m.isOverruled(plan, recorded) {
		return true
	}
	shown := schedule.Shown{Decision: m.decision()}
	if recorded != nil && recorded.Shown != nil && schedule.Infer(recorded.Shown.Decision).Equal(shown.Decision) {
		shown = *recorded.Shown
	}
	switch match := plan.decision().Compare(shown); {
	case match == schedule.Same:
		return true
	case match == schedule.Vague, match.IsUncertain():
		return plan.Explanation.ValueString() != "" && plan.Explanation.Equal(m.Explanation)
	default:
		return false
	}
}

// isOverruled is true for a ticket that was consumed with another person's decision, while the
// configuration still has the recorded one, which cannot be restored.
func (m *model) isOverruled(plan *model, recorded *record) bool {
	if !m.isConsumed() || recorded == nil || !plan.isKnown() || m.decision().Equal(recorded.Decision) {
		return false
	}
	wanted := plan.decision()
	return wanted.Equal(recorded.Decision) ||
		recorded.Imported && wanted.Compare(schedule.Shown{Decision: recorded.Decision}) == schedule.Same
}

// isSame also compares DNs in different spellings.
func isSame(a, b fwattr.Value) bool {
	first, isDN := a.(attr.DNValue)
	second, isDNToo := b.(attr.DNValue)
	if isDN && isDNToo && first.ValueString() != "" && second.ValueString() != "" {
		return dn.Equal(first.ValueString(), second.ValueString())
	}
	return a.Equal(b)
}

// isEmpty is true for a value that a request leaves out.
func isEmpty(v fwattr.Value) bool {
	switch v := v.(type) {
	case types.Set:
		return !v.IsUnknown() && len(v.Elements()) == 0
	default:
		return v.IsNull() || v.Equal(types.StringValue(""))
	}
}
