package ticketdecision

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

// keepSpelling plans what the state has where the configuration only spells it
// differently: the same GUID, the same moment in another zone.
func (m *model) keepSpelling(state *model) {
	if m.sameGuid(state) {
		m.Guid = state.Guid
	}
	if m.Schedule.IsNull() || m.Schedule.IsUnknown() || state.Schedule.IsNull() {
		return
	}
	ends := map[string]attr.Value{}
	for name := range scheduleTypes {
		planned, before := m.end(name), state.end(name)
		ends[name] = planned
		if t := instant(planned); !t.IsZero() && schedule.SameInstant(t, instant(before)) {
			ends[name] = before
		}
	}
	m.Schedule = types.ObjectValueMust(scheduleTypes, ends)
}

func (m *model) sameGuid(o *model) bool {
	return !m.Guid.IsUnknown() && dn.EqualGuid(m.Guid.ValueString(), o.Guid.ValueString())
}

// change is one attribute whose new value would be sent. Certain is false while
// the value is not known.
type change struct {
	at      path.Path
	certain bool
}

// changesTo lists what a plan would send beyond what the state has. Values that
// are taken away send nothing, since a request leaves out what is not given.
// After an import, where there is no own decision, values that the server does
// not tell are taken to be the ones of the decision that was imported.
func (m *model) changesTo(plan *model, own *ownDecision) []change {
	var out []change
	if c, changed := m.decisionChange(plan, own); changed {
		out = append(out, c)
	}
	for _, v := range []struct {
		name         string
		before, then attr.Value
	}{
		{"explanation", m.Explanation, plan.Explanation},
		{"reason", m.Reason, plan.Reason},
		{"user_data", m.UserData, plan.UserData},
		{"object_dn", m.ObjectDn, plan.ObjectDn},
		{"approvers", m.Approvers, plan.Approvers},
	} {
		if !isSame(v.then, v.before) && !isEmpty(v.then) && (own != nil || !v.before.IsNull()) {
			out = append(out, change{path.Root(v.name), !v.then.IsUnknown()})
		}
	}
	return out
}

func (m *model) decisionChange(plan *model, own *ownDecision) (change, bool) {
	at := path.Root("schedule")
	if !plan.Status.Equal(m.Status) {
		at = path.Root("status")
	}
	if !plan.known() {
		return change{at, false}, true
	}
	wanted, before := plan.decision(), m.decision()
	switch {
	case own == nil:
		return change{at, true}, wanted.Compare(before) != schedule.Same
	case m.overruled(plan, own):
		return change{}, false
	default:
		return change{at, true}, !wanted.Equal(before)
	}
}

// overruled is true for a ticket that was consumed with somebody else's decision
// on it, while the configuration still has the own one. There is nothing left to
// put right.
func (m *model) overruled(plan *model, own *ownDecision) bool {
	return m.isConsumed() && own != nil && plan.known() &&
		plan.decision().Equal(own.decision()) && !m.decision().Equal(own.decision())
}

// isSame is true for a DN in another spelling, too.
func isSame(a, b attr.Value) bool {
	first, isDn := a.(tfkit.DnValue)
	second, areDns := b.(tfkit.DnValue)
	if isDn && areDns && first.ValueString() != "" && second.ValueString() != "" {
		return dn.Equal(first.ValueString(), second.ValueString())
	}
	return a.Equal(b)
}

// isEmpty is true for what is left out of a request.
func isEmpty(v attr.Value) bool {
	switch v := v.(type) {
	case types.Set:
		return !v.IsUnknown() && len(v.Elements()) == 0
	default:
		return v.IsNull() || v.Equal(types.StringValue(""))
	}
}
