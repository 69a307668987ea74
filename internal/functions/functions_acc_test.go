package functions_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// withFunctions skips CLIs without provider functions.
func withFunctions(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	env := acctest.Start(t, simulator.World{})
	acctest.TestFrom(t, env, []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_8_0)}, steps...)
	if requests := env.Server.Requests(); len(requests) > 0 {
		t.Errorf("got requests %v, want none", requests)
	}
}

func output(name, expression string) string {
	return "output \"" + name + "\" {\n  value = " + expression + "\n}\n"
}

func TestAccFunctions_Results(t *testing.T) {
	withFunctions(t, acctest.Applies(
		output("dn", `provider::codesign::dn("Code Signing", "Projects", "Payments")`)+
			output("names", `provider::codesign::rights_names(72)`)+
			output("none", `provider::codesign::rights_names(0)`)+
			output("value", `provider::codesign::rights_value(["Owner", "ApproveUse"])`)+
			output("back", `provider::codesign::rights_value(provider::codesign::rights_names(9223372036854775807))`)+
			"resource \"terraform_data\" \"right\" {\n  input = \"Owner\"\n}\n"+
			output("unknown", `provider::codesign::rights_value([terraform_data.right.output, "Use"])`),
		statecheck.ExpectKnownOutputValue("dn", knownvalue.StringExact(`\VED\Code Signing\Projects\Payments`)),
		statecheck.ExpectKnownOutputValue("names", acctest.Strings("Owner", "ApproveUse")),
		statecheck.ExpectKnownOutputValue("none", acctest.Strings()),
		statecheck.ExpectKnownOutputValue("value", knownvalue.Int64Exact(72)),
		statecheck.ExpectKnownOutputValue("back", knownvalue.Int64Exact(9223372036854775807)),
		statecheck.ExpectKnownOutputValue("unknown", knownvalue.Int64Exact(10)), // at plan
	))
}

func TestAccFunctions_InvalidArguments(t *testing.T) {
	withFunctions(t,
		acctest.Fails(output("x", `provider::codesign::dn("Code Signing", "a\\b")`),
			`Invalid value for "names" parameter`, "backslash"),
		acctest.Fails(output("x", `provider::codesign::dn()`), "at least one name"),
		acctest.Fails(output("x", `provider::codesign::rights_value(["owner"])`), `Invalid value for "names" parameter`,
			`did you mean "Owner"?`),
		acctest.Fails(output("x", `provider::codesign::rights_value(["Use", null])`),
			`Invalid value for "names" parameter`, "element 1 is null"),
		acctest.Fails(output("x", `provider::codesign::rights_names(1.5)`), `Invalid value for "value" parameter`,
			"value must be an integer between", "not 1.5"),
		acctest.Fails(output("x", `provider::codesign::rights_names(-0.25)`), "not -0.25"),
		acctest.Fails(output("x", `provider::codesign::rights_names(1e30)`), "not 1e+30"),
		acctest.Fails(output("x", `provider::codesign::rights_names(9223372036854775808)`), "not 9223372036854775808"),
	)
}
