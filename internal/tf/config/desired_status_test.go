package config_test

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

func TestDesiredStatuses(t *testing.T) {
	enabled := config.DesiredStatus{Name: "a", Status: "Enabled"}
	disabled := config.DesiredStatus{Name: "b", Status: "Disabled"}
	var all config.DesiredStatuses
	add := func(project string, desired config.DesiredStatus, want *config.DesiredStatus) {
		t.Helper()
		other, conflict := all.Add(project, desired)
		if conflict != (want != nil) || want != nil && other != *want {
			t.Errorf("%s, %+v: got %+v, %t", project, desired, other, conflict)
		}
	}
	add("one", enabled, nil)
	add("one", config.DesiredStatus{Name: "c", Status: "Enabled"}, nil)
	add("two", disabled, nil)
	add("one", disabled, &enabled)
	all.Remove("two", enabled) // not in the set
	add("two", enabled, &disabled)
	all.Remove("two", disabled)
	all.Remove("two", enabled)
	add("two", enabled, nil)
}
