package attr_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

func TestReportablePath(t *testing.T) {
	for _, row := range []struct{ at, want path.Path }{
		{path.Root("schedule").AtName("stop"), path.Root("schedule").AtMapKey("stop")},
		{path.Root("guid"), path.Root("guid")},
		{path.Root("dns").AtListIndex(1), path.Root("dns").AtListIndex(1)},
		{path.Root("a").AtName("b").AtName("c"), path.Root("a").AtName("b").AtName("c")},
		{path.Empty(), path.Empty()},
	} {
		if got := attr.ReportablePath(row.at); !got.Equal(row.want) {
			t.Errorf("%s is reported at %s, want %s", row.at, got, row.want)
		}
	}
}

func TestStringValidators(t *testing.T) {
	guid, instant := attr.GUID(attr.Required, "").Validators[0], attr.Instant(attr.Required, "").Validators[0]
	for name, row := range map[string]struct {
		validator validator.String
		value     types.String
		want      string // of the error, "" for none
	}{
		"DN":                  {attr.ValidDN(), types.StringValue(`\VED\Code Signing\Projects\P`), ""},
		"DN, null":            {attr.ValidDN(), types.StringNull(), ""},
		"DN, unknown":         {attr.ValidDN(), types.StringUnknown(), ""},
		"DN, empty":           {attr.ValidDN(), types.StringValue(""), "Invalid value for at: the DN is empty."},
		"GUID":                {guid, types.StringValue("{6EDE0E12-f7c0-4068-9977-001076205c84}"), ""},
		"GUID, a name":        {guid, types.StringValue("Payments"), "Invalid value for at: "},
		"time":                {instant, types.StringValue("2026-12-01T22:00:00+01:00"), ""},
		"time without a zone": {instant, types.StringValue("2026-12-01T22:00:00"), "no offset"},
		"trustee": {
			attr.ValidTrustee(), types.StringValue("AD+CORP:00112233445566778899aabbccddeeff"), "",
		},
		"trustee, unknown":      {attr.ValidTrustee(), types.StringUnknown(), ""},
		"trustee, a name":       {attr.ValidTrustee(), types.StringValue("local:jane"), `prefixed_name = "local:jane"`},
		"trustee, no directory": {attr.ValidTrustee(), types.StringValue("jane"), `    name = "jane"`},
		"trustee, empty":        {attr.ValidTrustee(), types.StringValue(""), "a trustee is a prefixed universal"},
		"trustee, no ID": {
			attr.ValidTrustee(), types.StringValue("local:"), "a trustee is a prefixed universal",
		},
		"prefixed name":         {attr.Prefixed("must be x"), types.StringValue("local:jane"), ""},
		"prefixed, two colons":  {attr.Prefixed("must be x"), types.StringValue("LDAP+X:a:b"), ""},
		"prefixed, with blanks": {attr.Prefixed("must be x"), types.StringValue("AD+My Domain:night shift"), ""},
		"prefixed, no prefix":   {attr.Prefixed("must be x"), types.StringValue("jane"), "must be x"},
		"prefixed, empty":       {attr.Prefixed("must be x"), types.StringValue(""), "must be x"},
		"prefixed, no name":     {attr.Prefixed("must be x"), types.StringValue("local:"), "must be x"},
		"prefixed, blank name":  {attr.Prefixed("must be x"), types.StringValue("local: jane"), "must be x"},
		"prefixed, blank start": {attr.Prefixed("must be x"), types.StringValue(" local:jane"), "must be x"},
		"prefixed, empty start": {attr.Prefixed("must be x"), types.StringValue(":jane"), "must be x"},
	} {
		var resp validator.StringResponse
		row.validator.ValidateString(t.Context(), validator.StringRequest{
			Path: path.Root("at"), ConfigValue: row.value,
		}, &resp)
		switch {
		case resp.Diagnostics.HasError() != (row.want != ""):
			t.Errorf("%s: got %v", name, resp.Diagnostics)
		case row.want != "" && !strings.Contains(resp.Diagnostics[0].Detail(), row.want):
			t.Errorf("%s: got %q, want %q", name, resp.Diagnostics[0].Detail(), row.want)
		}
	}
}

func TestIDType_RejectsFractions(t *testing.T) {
	for value, want := range map[any]string{
		7: "", nil: "", tftypes.UnknownValue: "", -1: "", // ValidID checks the range
		1.5: "Invalid value for at: must be an integer between 1 and 9223372036854775807, got 1.5.", 1e30: "+30.",
	} {
		in := tftypes.NewValue(tftypes.Number, value)
		diagnostics := attr.IDType{Object: "project"}.Validate(t.Context(), in, path.Root("at"))
		switch {
		case diagnostics.HasError() != (want != ""):
			t.Errorf("%v: got %v", value, diagnostics)
		case want != "" && !strings.Contains(diagnostics[0].Detail(), want):
			t.Errorf("%v: got %q, want %q", value, diagnostics[0].Detail(), want)
		}
		if _, err := (attr.IDType{}).ValueFromTerraform(t.Context(), in); err != nil {
			t.Errorf("%v: %v", value, err)
		}
	}
}

func TestParseDuration(t *testing.T) {
	for value, ok := range map[string]bool{
		"90s": true, "20m": true, "0s": false, "-5m": false, "soon": false, "": false,
	} {
		if d, err := attr.ParseDuration(value); (err == nil) != ok || ok != (d > 0) {
			t.Errorf("%q: got %s, %v", value, d, err)
		}
	}
}
