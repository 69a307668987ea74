package serverinfo_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

const configurationBlock = "data \"codesign_global_configuration\" \"it\" {}\n"

func configured(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.codesign_global_configuration.it", tfjsonpath.New(attribute), want)
}

func TestAccGlobalConfiguration_OldServer(t *testing.T) {
	w := world()
	w.Settings.OldGlobalConfiguration = true
	env := acctest.Start(t, w)
	acctest.Test(t, env, acctest.Applies(
		env.ProviderConfig("loner")+configurationBlock,
		configured("key_use_timeout", knownvalue.Int64Exact(60)),
		configured("default_ca_container", knownvalue.StringExact(`\VED\Policy\Code Signing\CAs`)),
		configured("approved_key_storage_locations", acctest.Strings("Software")),
		configured("request_in_progress_message", knownvalue.StringExact("")),
		configured("project_update_flow", knownvalue.Null()),
		configured("prevent_self_dealing", knownvalue.Null()),
		configured("max_environment_count", knownvalue.Null()),
	))
}

func TestAccGlobalConfiguration_MissingScope(t *testing.T) {
	env := acctest.Start(t, world())
	acctest.Test(t, env, acctest.Fails(
		env.ScopedProviderConfig("jane", "configuration")+configurationBlock,
		"Unable to read the global configuration", "lacks the scope",
	))
}
