package ticket

import (
	"slices"
	"strings"
	"testing"

	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

const (
	opens    = "2126-12-01T22:00:00Z"
	opensToo = "2126-12-01T23:00:00+01:00"
	closes   = "2126-12-02T01:00:00Z"
	closes2  = "2126-12-02T02:00:00Z"
)

func bare(status string) model {
	return model{request: request{
		GUID: attr.NewGUIDValue("6ede0e12-f7c0-4068-9977-001076205c84"), Status: types.StringValue(status),
		ObjectDN: attr.DNValue{}, Approvers: types.SetNull(types.StringType),
		Schedule: types.ObjectNull(scheduleTypes),
	}}
}

func window(start, stop string) model {
	m := bare("Approved Between")
	m.Schedule = newSchedule(at(start), at(stop))
	return m
}

func with(m model, set func(*model)) model {
	set(&m)
	return m
}

func explained(m model, s string) model {
	return with(m, func(m *model) { m.Explanation = types.StringValue(s) })
}

func names(changes []change) string {
	var out []string
	for _, c := range changes {
		name := c.at.String()
		if !c.known {
			name += "?"
		}
		out = append(out, name)
	}
	return strings.Join(out, " ")
}

func TestChangesTo(t *testing.T) {
	unknownStart := with(window(opens, closes), func(m *model) {
		m.Schedule = types.ObjectValueMust(scheduleTypes, map[string]fwattr.Value{
			"start": attr.InstantValue{StringValue: types.StringUnknown()}, "stop": attr.NewInstantValue(closes),
		})
	})
	approvers := func(names ...fwattr.Value) func(*model) {
		return func(m *model) { m.Approvers = types.SetValueMust(types.StringType, names) }
	}
	for name, c := range map[string]struct {
		state, plan   model
		own, imported string // what is sent, for an own decision and after an import
	}{
		"no change":      {bare("Approved"), bare("Approved"), "", ""},
		"other status":   {bare("Approved"), bare("Rejected"), "status", "status"},
		"other window":   {window(opens, closes), window(opens, closes2), "schedule", "schedule"},
		"other zone":     {window(opens, closes), window(opensToo, closes), "", ""},
		"added window":   {bare("Approved"), window(opens, closes), "status", "status"},
		"omitted window": {bare("Approved Between"), window(opens, closes), "schedule", ""},
		"unknown status": {bare("Approved"), with(bare(""), func(m *model) {
			m.Status = types.StringUnknown()
		}), "status?", "status?"},
		"unknown start": {window(opens, closes), unknownStart, "schedule?", "schedule?"},
		"unknown schedule": {window(opens, closes), with(window(opens, closes), func(m *model) {
			m.Schedule = types.ObjectUnknown(scheduleTypes)
		}), "schedule?", "schedule?"},
		"added explanation": {bare("Approved"), explained(bare("Approved"), "x"), "explanation", ""},
		"changed explanation": {
			explained(bare("Approved"), "x"), explained(bare("Approved"), "y"), "explanation", "explanation",
		},
		"removed explanation": {explained(bare("Approved"), "x"), bare("Approved"), "", ""},
		"emptied explanation": {explained(bare("Approved"), "x"), explained(bare("Approved"), ""), "", ""},
		"unknown explanation": {explained(bare("Approved"), "x"), with(bare("Approved"), func(m *model) {
			m.Explanation = types.StringUnknown()
		}), "explanation?", "explanation?"},
		"never shown": {bare("Approved"), with(with(bare("Approved"),
			approvers(types.StringValue("local:{a}"))), func(m *model) {
			m.Reason, m.UserData, m.ObjectDN = types.StringValue("r"), types.StringValue("u"), attr.NewDNValue(`\VED\x`)
		}), "reason user_data object_dn approvers", ""},
		"approvers emptied": {
			with(bare("Approved"), approvers(types.StringValue("local:{a}"))), with(bare("Approved"), approvers()),
			"", "",
		},
		"approvers changed": {
			with(bare("Approved"), approvers(types.StringValue("local:{a}"))), with(bare("Approved"),
				approvers(types.StringValue("local:{b}"))), "approvers", "approvers",
		},
		"other spelling of DN": {
			with(bare("Approved"), func(m *model) { m.ObjectDN = attr.NewDNValue(`\VED\Shop`) }),
			with(bare("Approved"), func(m *model) { m.ObjectDN = attr.NewDNValue(`\ved\shop`) }), "", "",
		},
		"unknown DN": {
			with(bare("Approved"), func(m *model) { m.ObjectDN = attr.NewDNValue(`\VED\Shop`) }),
			with(bare("Approved"), func(m *model) {
				m.ObjectDN = attr.DNValue{StringValue: types.StringUnknown()}
			}), "object_dn?", "object_dn?",
		},
		"reopen_on_destroy": {bare("Approved"), with(bare("Approved"), func(m *model) {
			m.ReopenOnDestroy = types.BoolValue(true)
		}), "", ""},
	} {
		if got := names(c.state.changesTo(&c.plan, &record{})); got != c.own {
			t.Errorf("%s, own decision: %q, want %q", name, got, c.own)
		}
		if got := names(c.state.changesTo(&c.plan, nil)); got != c.imported {
			t.Errorf("%s, imported: %q, want %q", name, got, c.imported)
		}
	}
}

func TestKeepSpelling(t *testing.T) {
	state := window(opens, closes)
	plan := window(opensToo, closes2)
	plan.GUID = attr.NewGUIDValue("{6EDE0E12-F7C0-4068-9977-001076205C84}")
	plan.keepSpelling(&state)
	if got := plan.instant("start").ValueString(); got != opens {
		t.Errorf("got start %s, want the spelling of the state", got)
	}
	if got := plan.instant("stop").ValueString(); got != closes2 {
		t.Errorf("got stop %s, want the configured one", got)
	}
	if !plan.GUID.Equal(state.GUID) {
		t.Errorf("got GUID %s, want the spelling of the state", plan.GUID)
	}
}

func TestDecideRequest_CanonicalGUID(t *testing.T) {
	m := bare("Approved")
	m.GUID = attr.NewGUIDValue("{6EDE0E12-F7C0-4068-9977-001076205C84}")
	if got := m.decideRequest().GUID; got != "6ede0e12-f7c0-4068-9977-001076205c84" {
		t.Error(got)
	}
}

func TestDecideRequest_Approvers(t *testing.T) {
	m := with(bare("Approved"), func(m *model) {
		m.Approvers = types.SetValueMust(types.StringType, []fwattr.Value{
			types.StringValue("local:{b}"), types.StringValue("AD+X:a"),
		})
	})
	got := m.decideRequest().Approvers
	slices.Sort(got)
	if !slices.Equal(got, []string{"AD+X:a", "local:{b}"}) {
		t.Error(got)
	}
}
