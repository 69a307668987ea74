package project

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestProjectStatusName(t *testing.T) {
	for name, wrong := range map[string]int{
		"Enabled": 0, "DisabledByParent": 0, "Unknown (7)": 0, "Unknown (-1)": 0,
		"enabled": 1, "Unknown": 1, "Unknown (x)": 1, "Enabled\n": 1, "": 1, "XEnabled": 1, "EnabledX": 1,
	} {
		var resp validator.StringResponse
		projectStatusName().ValidateString(t.Context(), validator.StringRequest{ConfigValue: types.StringValue(name)},
			&resp)
		if got := resp.Diagnostics.ErrorsCount(); got != wrong {
			t.Errorf("%q: %d errors, want %d", name, got, wrong)
		}
	}
}
