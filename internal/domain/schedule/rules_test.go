package schedule_test

import (
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

var (
	noon  = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	later = noon.Add(2 * time.Hour)
)

// notKnownYet is an end that a plan has no value for.
var notKnownYet = &time.Time{}

// found writes problems as "schedule.start", a warning in brackets.
func found(problems []schedule.Problem) string {
	var places []string
	for _, p := range problems {
		place := string(p.At)
		if p.Warning {
			place = "(" + place + ")"
		}
		places = append(places, place)
	}
	return strings.Join(places, " ")
}

func TestCheck(t *testing.T) {
	shapes := map[string]*schedule.Window{
		"none":          nil,
		"empty":         {},
		"start":         {Start: new(noon)},
		"stop":          {Stop: new(later)},
		"both":          {Start: new(noon), Stop: new(later)},
		"equal":         {Start: new(noon), Stop: new(noon.In(time.FixedZone("", 3600)))},
		"reversed":      {Start: new(later), Stop: new(noon)},
		"unknown start": {Start: notKnownYet, Stop: new(noon)},
		"unknown stop":  {Start: new(noon), Stop: notKnownYet},
		"both unknown":  {Start: notKnownYet, Stop: notKnownYet},
	}
	none := map[string]string{"none": "", "empty": "", "both unknown": ""} // what is not known may turn out to be null
	for shape := range shapes {
		if _, listed := none[shape]; !listed {
			none[shape] = "schedule"
		}
	}
	want := map[string]map[string]string{
		schedule.Approved: none,
		schedule.Rejected: none,
		schedule.ApprovedAfter: {
			"none": "status", "empty": "schedule.start", "start": "", "stop": "schedule.start (schedule.stop)",
			"both": "(schedule.stop)", "equal": "(schedule.stop)", "reversed": "(schedule.stop)",
			"unknown start": "(schedule.stop)", "unknown stop": "", "both unknown": "",
		},
		schedule.ApprovedBetween: {
			"none": "status", "empty": "schedule.start schedule.stop", "start": "schedule.stop",
			"stop": "schedule.start", "both": "", "equal": "schedule.stop", "reversed": "schedule.stop",
			"unknown start": "", "unknown stop": "", "both unknown": "",
		},
	}
	for _, status := range schedule.Statuses() {
		for shape, window := range shapes {
			expected, listed := want[status][shape]
			if !listed {
				t.Fatalf("the table says nothing of %s with %s", status, shape)
			}
			if got := found(schedule.Check(status, window)); got != expected {
				t.Errorf("%s with %s: problems at %q, want %q", status, shape, got, expected)
			}
		}
	}
}

func TestCheck_TextSaysWhatToDo(t *testing.T) {
	for _, status := range schedule.Statuses() {
		for _, w := range []*schedule.Window{
			nil, {}, {Start: new(later), Stop: new(noon)}, {Start: new(noon), Stop: new(noon)},
		} {
			for _, p := range schedule.Check(status, w) {
				if len(p.Text) < 40 || !strings.HasSuffix(p.Text, ".") {
					t.Errorf("%s, %s: %q", status, p.At, p.Text)
				}
			}
		}
	}
}

func TestCheck_MissingScheduleText(t *testing.T) {
	for status, want := range map[string]string{
		schedule.ApprovedAfter:   `The status "Approved After" needs a schedule with a start.`,
		schedule.ApprovedBetween: `The status "Approved Between" needs a schedule with a start and a stop.`,
	} {
		problems := schedule.Check(status, nil)
		if len(problems) != 1 || problems[0].Text != want || problems[0].At != schedule.AtStatus {
			t.Errorf("%+v", problems)
		}
	}
}

func TestCheck_OrderText(t *testing.T) {
	for stop, want := range map[time.Time]string{
		noon: "The window is empty.", noon.Add(-time.Hour): "from 2026-12-01T12:00:00Z to 2026-12-01T11:00:00Z.",
	} {
		problems := schedule.Check(schedule.ApprovedBetween, &schedule.Window{Start: new(noon), Stop: new(stop)})
		if len(problems) != 1 || !strings.Contains(problems[0].Text, want) {
			t.Errorf("got %+v, want %q", problems, want)
		}
	}
}

func TestCheck_OrderFinerThanPrecision(t *testing.T) {
	w := schedule.Window{Start: new(noon), Stop: new(noon.Add(300 * time.Nanosecond))}
	if got := found(schedule.Check(schedule.ApprovedBetween, &w)); got != "schedule.stop" {
		t.Errorf("a window that is empty on the wire has problems at %q", got)
	}
}

func TestCheck_OtherStatus(t *testing.T) {
	for _, status := range []string{"", schedule.Pending, "Approved Before", "approved"} {
		if problems := schedule.Check(status, nil); problems != nil {
			t.Errorf("%q: %v", status, problems)
		}
	}
}

func TestDecision_Over(t *testing.T) {
	for name, c := range map[string]struct {
		decision schedule.Decision
		over     bool
	}{
		"approved": {schedule.Decision{Status: schedule.Approved}, false},
		"rejected": {schedule.Decision{Status: schedule.Rejected}, false},
		"after a start in the past": {
			schedule.Decision{schedule.ApprovedAfter, noon.Add(-time.Hour), time.Time{}}, false,
		},
		"after, with a stop gone by": {schedule.Decision{
			schedule.ApprovedAfter, noon.Add(-2 * time.Hour),
			noon.Add(-time.Hour),
		}, true},
		"a window that is open":    {schedule.Decision{schedule.ApprovedBetween, noon.Add(-time.Hour), later}, false},
		"a window to come":         {schedule.Decision{schedule.ApprovedBetween, later, later.Add(1)}, false},
		"a window that closes now": {schedule.Decision{schedule.ApprovedBetween, noon.Add(-time.Hour), noon}, true},
		"a window of yesterday": {schedule.Decision{
			schedule.ApprovedBetween, noon.Add(-25 * time.Hour),
			noon.Add(-24 * time.Hour),
		}, true},
		"left-over times of no window": {schedule.Decision{
			schedule.Approved, noon.Add(-2 * time.Hour),
			noon.Add(-time.Hour),
		}, false},
	} {
		if got := c.decision.Over(noon); got != c.over {
			t.Errorf("%s: over is %t", name, got)
		}
	}
}
