package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

// late is a block whose name only an apply knows.
func late(attribute, value string) string {
	return "resource \"terraform_data\" \"upstream\" {\n  input = " + value + "\n}\n" +
		statusNamed(attribute+" = terraform_data.upstream.output", "Disabled")
}

func TestAccStatusANameThatOnlyAnApplyKnowsIsJudgedBeforeAnythingIsSent(t *testing.T) {
	for attribute, c := range map[string]struct {
		value string
		words []string
	}{
		"dn":         {`"Payments"`, []string{"Invalid DN", "dn = terraform_data.upstream.output", "The value of dn is wrong", "is a bare name"}},
		"guid":       {`"0f1e2d3c"`, []string{"Invalid GUID", "guid = terraform_data.upstream.output", "8-4-4-4-12"}},
		"project_id": {`-1`, []string{"Invalid Attribute Value", "project_id = terraform_data.upstream.output", "must be at least 1, got: -1"}},
	} {
		t.Run(attribute, func(t *testing.T) {
			env, provider := start(t, statusWorld("Enabled"), "adam")
			s := acctest.OpenShell(t, provider)
			s.Configure(late(attribute, c.value))
			s.Shows([]string{attribute, "(known after apply)"}, "plan")
			s.Fails(c.words, "apply", "-auto-approve")
			if n := len(env.Server.Requests()); n != 0 {
				t.Errorf("%d requests were sent", n)
			}
		})
	}
}

func TestAnActionIsValidatedAgainWithAllItsValues(t *testing.T) {
	number := func(n float64) tftypes.Value { return tftypes.NewValue(tftypes.Number, n) }
	disable := func(name string, value tftypes.Value) acctest.Arguments {
		return acctest.Arguments{"status": acctest.String("Disabled"), name: value}
	}
	for name, c := range map[string]struct {
		arguments acctest.Arguments
		want      string
	}{
		"a bare name":      {disable("dn", acctest.String("Payments")), "ERROR: Invalid DN"},
		"a GUID":           {disable("guid", acctest.String("0f1e2d3c")), "ERROR: Invalid GUID"},
		"a number":         {disable("project_id", number(-1)), "ERROR: Invalid Attribute Value"},
		"half a number":    {disable("project_id", number(1.5)), "ERROR: Invalid project ID"},
		"no name":          {acctest.Arguments{"status": acctest.String("Disabled")}, "ERROR: Missing Attribute Configuration"},
		"no goal":          {arguments("Deleted", nil), "ERROR: Invalid Attribute Value Match"},
		"a timeout":        {arguments("Disabled", acctest.Arguments{"timeouts": within("soon")}), "ERROR: Invalid duration"},
		"no time whatever": {arguments("Disabled", acctest.Arguments{"timeouts": within("0s")}), "ERROR: Invalid duration"},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, statusWorld("Enabled"))
			progress, diagnostics := env.Protocol(t, env.Server.Token("adam", "")).InvokeAction(setStatus, c.arguments)
			if len(diagnostics) != 1 || !strings.HasPrefix(diagnostics[0], c.want) || len(progress) != 0 || len(env.Server.Requests()) != 0 {
				t.Errorf("%d requests; %q %q", len(env.Server.Requests()), progress, diagnostics)
			}
		})
	}
}
