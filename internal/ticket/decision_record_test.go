package ticket

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

func TestRecord_IsShown(t *testing.T) {
	recorded := schedule.Decision{Status: "Approved Between", Start: at(opens), Stop: at(closes)}
	same := schedule.Shown{Decision: recorded}
	other := schedule.Shown{Decision: schedule.Decision{
		Status: "Approved Between", Start: at(opens),
		Stop: at(closes2),
	}}
	for name, row := range map[string]struct {
		before              *schedule.Shown
		shown               schedule.Shown
		explanation, wanted string
		want                bool
	}{
		"the same":                       {nil, same, "", "", true},
		"other times":                    {nil, other, "", "", false},
		"other times, own explanation":   {nil, other, "mine", "mine", true},
		"other times, other explanation": {nil, other, "theirs", "mine", false},
		"other times, seen before":       {&same, other, "mine", "mine", false},
		"another status": {
			nil, schedule.Shown{Decision: schedule.Decision{Status: "Rejected"}}, "mine", "mine", false,
		},
	} {
		r := &record{Decision: recorded, Shown: row.before}
		if got := r.isShown(row.shown, row.explanation, row.wanted); got != row.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}

func TestRecord_Update(t *testing.T) {
	pending := schedule.Shown{Decision: schedule.Decision{Status: schedule.Pending}}
	approved := schedule.Shown{Decision: schedule.Decision{Status: "Approved"}}
	for name, row := range map[string]struct {
		awaits  bool
		before  *schedule.Shown
		shown   schedule.Shown
		isShown bool
		awaited bool
		keeps   *schedule.Shown
	}{
		"first seen":           {false, nil, approved, true, false, &approved},
		"another decision":     {false, nil, approved, false, false, nil},
		"seen before":          {false, &pending, approved, true, false, &pending},
		"awaits others":        {true, nil, pending, true, true, nil},
		"no longer awaits":     {true, nil, approved, true, false, &approved},
		"pending, not awaited": {false, nil, pending, true, false, &pending},
	} {
		r := &record{AwaitsOthers: row.awaits, Shown: row.before}
		r.update(row.shown, row.isShown)
		if r.AwaitsOthers != row.awaited || (r.Shown == nil) != (row.keeps == nil) ||
			r.Shown != nil && !r.Shown.Equal(*row.keeps) {
			t.Errorf("%s: got %+v", name, r)
		}
	}
}

// An imported decision may show more than the configuration says.
func TestIsOverruled(t *testing.T) {
	consumed := with(bare("Approved"), func(m *model) { m.setConsumed() })
	wanted := bare("Rejected")
	recorded := schedule.Decision{Status: "Rejected", Start: at(opens)}
	for name, row := range map[string]struct {
		recorded *record
		want     bool
	}{
		"no record":             {nil, false},
		"the recorded one":      {&record{Decision: wanted.decision()}, true},
		"as recorded, and more": {&record{Decision: recorded}, false},
		"as imported, and more": {&record{Decision: recorded, Imported: true}, true},
		"another one": {
			&record{Decision: schedule.Decision{Status: "Approved After"}, Imported: true}, false,
		},
		"that of the ticket": {&record{Decision: consumed.decision()}, false},
	} {
		if got := consumed.isOverruled(&wanted, row.recorded); got != row.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
	open := bare("Approved")
	if open.isOverruled(&wanted, &record{Decision: wanted.decision()}) {
		t.Error("a ticket that exists is overruled")
	}
}

// The decision that an update replaces is the one that the plan saw.
func TestEarlier(t *testing.T) {
	approved := schedule.Decision{Status: "Approved"}
	seen := &schedule.Shown{Decision: approved}
	for name, row := range map[string]struct {
		status   string
		recorded *record
		want     schedule.Decision
		shown    *schedule.Shown
	}{
		"no record": {"Approved", nil, approved, nil},
		"recorded":  {"Approved", &record{Decision: approved, Shown: seen}, approved, seen},
		"drift": {
			"Approved", &record{Decision: schedule.Decision{Status: "Rejected"}, Shown: seen}, approved, nil,
		},
		"awaits others": {
			"Pending", &record{Decision: approved, AwaitsOthers: true}, schedule.Decision{Status: "Pending"}, nil,
		},
		"pending otherwise": {"Pending", &record{Decision: approved, Shown: seen}, approved, seen},
	} {
		m := explained(bare("Approved"), "why")
		m.CurrentStatus = types.StringValue(row.status)
		got := m.earlier(row.recorded)
		if !got.Decision.Equal(row.want) || got.Shown != row.shown || got.Explanation != "why" {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}
