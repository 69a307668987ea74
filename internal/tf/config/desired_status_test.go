package config_test

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

func TestDesiredStatuses(t *testing.T) {
	enabled, disabled := config.DesiredStatus{Name: "a", Status: "Enabled"}, config.DesiredStatus{Name: "b", Status: "Disabled"}
	var all config.DesiredStatuses
	if _, conflict := all.Add("one", enabled); conflict {
		t.Error("the first one conflicts")
	}
	if _, conflict := all.Add("one", config.DesiredStatus{Name: "c", Status: "Enabled"}); conflict {
		t.Error("the same status conflicts")
	}
	if _, conflict := all.Add("two", disabled); conflict {
		t.Error("another project conflicts")
	}
	if other, conflict := all.Add("one", disabled); !conflict || other != enabled {
		t.Errorf("got %+v, %t", other, conflict)
	}
	all.Remove("two", enabled) // was never added
	if other, conflict := all.Add("two", enabled); !conflict || other != disabled {
		t.Errorf("got %+v, %t", other, conflict)
	}
	all.Remove("two", disabled)
	all.Remove("two", enabled)
	if _, conflict := all.Add("two", enabled); conflict {
		t.Error("what was removed conflicts")
	}
}
