package main

import (
	"reflect"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// unaskable are the settings of the embedded server that no survey can name.
var unaskable = map[string]string{
	"DetailsClock":    "a clock is not visible in one answer",
	"OldGrantAnswers": "TestReading_Grant", "RevokeFails": "TestReading_Grant",
	"TerseErrors":         "the survey makes no grant that fails",
	"AccessTokenLifetime": "a limit of the API integration", "JWTKeys": "about the identity provider",
	"JWTAudience":             "about the identity provider",
	"UsersUnderGroupRoles":    "with EnforceGroupRoles, by the question user-role",
	"Failures":                "faults, not a behavior",
	"GlobalConfiguration":     "values, not a behavior",
	"UnknownTemplatesRefused": "the survey creates no environment, because that creates a key",
}

// Every setting of the embedded server is a mode that a test of the survey names, or has a reason.
func TestModes_Complete(t *testing.T) {
	t.Parallel()
	covered := map[string]bool{}
	note := func(set func(*settings)) {
		var s settings
		set(&s)
		fields(reflect.ValueOf(s), func(name string, value reflect.Value) {
			covered[name] = covered[name] || !value.IsZero()
		})
	}
	for _, row := range readingModes {
		note(row.set)
	}
	for _, row := range writingModes {
		note(row.set)
	}
	fields(reflect.ValueOf(simulator.Settings{}), func(name string, _ reflect.Value) {
		if !covered[name] && unaskable[name] == "" {
			t.Errorf("no test shows that the survey names %s", name)
		}
		delete(covered, name)
	})
	for name := range covered {
		t.Errorf("%s is not a setting", name)
	}
}

// fields visits the fields of a struct and of those that it embeds.
func fields(v reflect.Value, visit func(string, reflect.Value)) {
	for i := range v.NumField() {
		if v.Type().Field(i).Anonymous {
			fields(v.Field(i), visit)
			continue
		}
		visit(v.Type().Field(i).Name, v.Field(i))
	}
}
