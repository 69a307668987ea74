package project_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

// What the action does is shown through the protocol; this is that a CLI can.
func TestAccAnActionRunsThroughTheCLI(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	acctest.TestFrom(t, env, []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)}, resource.TestStep{
		Config: provider + `
action "codesign_set_project_status" "stop" {
  config {
    dn     = "\\VED\\Code Signing\\Projects\\Payments"
    status = "Disabled"
  }
}

resource "terraform_data" "leak" {
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.codesign_set_project_status.stop]
    }
  }
}
`,
		Check: statusSent(env, 1, 0),
	})
}
