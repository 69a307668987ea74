package ticket

import (
	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

// keepSpelling plans what the state has where the configuration only spells it
// differently: the same GUID, the same moment in another zone.
func (m *model) keepSpelling(state *model) {
	if m.sameGUID(state) {
		m.GUID = state.GUID
	}
	if m.Schedule.IsNull() || m.Schedule.IsUnknown() || state.Schedule.IsNull() {
		return
	}
	ends := map[string]fwattr.Value{}
	for name := range scheduleTypes {
		planned, before := m.end(name), state.end(name)
		ends[name] = planned
		if t := instant(planned); !t.IsZero() && schedule.SameInstant(t, instant(before)) {
			ends[name] = before
		}
	}
	m.Schedule = types.ObjectValueMust(scheduleTypes, ends)
}

func (m *model) sameGUID(o *model) bool {
	return !m.GUID.IsUnknown() && dn.EqualGUID(m.GUID.ValueString(), o.GUID.ValueString())
}

// change is one attribute whose new value would be sent. Certain is false while
// the value is not known.
type change struct {
	at      path.Path
	certain bool
}

// changesTo lists what a plan would send beyond what the state has. Values that
// are taken away send nothing, since a request leaves out what is not given.
// After an import, values that the server does not show are taken to be the ones
// of the decision that was imported.
func (m *model) changesTo(plan *model, own *ownDecision) []change {
	var out []change
	if c, changed := m.decisionChange(plan, own); changed {
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
		if !isSame(v.then, v.before) && !isEmpty(v.then) && (!own.isImported() || !v.before.IsNull()) {
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
	case own.isImported():
		return change{at, true}, !m.isImportOf(plan, own)
	case m.overruled(plan, own):
		return change{}, false
	default:
		return change{at, true}, !wanted.Equal(before)
	}
}

// isImportOf says whether the decision that was imported is the configured one. Where the server
// shows too little for that, the explanation decides.
func (m *model) isImportOf(plan *model, own *ownDecision) bool {
	if m.overruled(plan, own) {
		return true
	}
	shown := schedule.Shown{Decision: m.decision()}
	if own != nil && own.Shown != nil && schedule.Infer(own.Shown.Decision).Equal(shown.Decision) {
		shown = *own.Shown
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

// overruled is true for a ticket that was consumed with another person's decision,
// while the configuration still has the own one. Nothing can be restored then.
func (m *model) overruled(plan *model, own *ownDecision) bool {
	if !m.isConsumed() || own == nil || !plan.known() || m.decision().Equal(own.decision()) {
		return false
	}
	wanted := plan.decision()
	return wanted.Equal(own.decision()) || own.Imported && wanted.Compare(schedule.Shown{Decision: own.decision()}) == schedule.Same
}

// isSame is true for a DN in another spelling, too.
func isSame(a, b fwattr.Value) bool {
	first, isDN := a.(attr.DNValue)
	second, areDNs := b.(attr.DNValue)
	if isDN && areDNs && first.ValueString() != "" && second.ValueString() != "" {
		return dn.Equal(first.ValueString(), second.ValueString())
	}
	return a.Equal(b)
}

// isEmpty is true for what is left out of a request.
func isEmpty(v fwattr.Value) bool {
	switch v := v.(type) {
	case types.Set:
		return !v.IsUnknown() && len(v.Elements()) == 0
	default:
		return v.IsNull() || v.Equal(types.StringValue(""))
	}
}
