package serverinfo_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const configurationBlock = "data \"codesign_global_configuration\" \"it\" {}\n"

func configured(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.codesign_global_configuration.it", tfjsonpath.New(attribute), want)
}

func TestAccGlobalConfiguration_NewerServer(t *testing.T) {
	w := world()
	w.Settings.EnforceGroupRoles = true
	w.Settings.UpdateFlow.Decision = "wait"
	w.Settings.GlobalConfiguration = map[string]any{
		"MaxEnvironmentCount": 7, "ProjectDeleteFlowDN": "", "FlowInstanceMacro": nil,
	}
	env := acctest.Start(t, w)
	acctest.Test(t, env, acctest.Applies(
		env.ScopedProviderConfig("loner", "codesign:manage")+configurationBlock,
		configured("enforce_group_roles", knownvalue.Bool(true)),
		configured("prevent_self_dealing", knownvalue.Bool(false)),
		configured("max_environment_count", knownvalue.Int64Exact(7)),
		configured("project_update_flow", knownvalue.StringExact(`\VED\Code Signing\Flows\Project Update Approval`)),
		configured("project_delete_flow", knownvalue.StringExact("")),
		configured("flow_instance_macro", knownvalue.Null()),
		configured("available_key_storage_locations", acctest.Strings("Software")),
		configured("project_description_tooltip", knownvalue.Null()),
	))
}

func TestGlobalConfiguration_OlderServer(t *testing.T) {
	w := world()
	w.Settings.OldGlobalConfiguration = true
	checks := []statecheck.StateCheck{
		configured("key_use_timeout", knownvalue.Int64Exact(60)),
		configured("default_ca_container", knownvalue.StringExact(`\VED\Policy\Code Signing\CAs`)),
		configured("approved_key_storage_locations", acctest.Strings("Software")),
		configured("request_in_progress_message", knownvalue.StringExact("")),
		configured("project_description_tooltip", knownvalue.StringExact("")),
	}
	for _, newer := range []string{
		"enforce_group_roles", "prevent_self_dealing", "prevent_unlimited_signings", "max_environment_count",
		"archive_retention",
		"disable_signing_archive", "minimum_supported_client_version", "maximum_supported_client_version",
		"use_client_public_endpoints", "project_create_flow", "project_update_flow", "project_delete_flow",
		"environment_create_flow", "environment_update_flow", "environment_delete_flow",
		"environment_template_update_flow", "flow_instance_macro",
	} {
		checks = append(checks, configured(newer, knownvalue.Null()))
	}
	reads(t, w, "codesign_global_configuration", checks...)
}

func TestGlobalConfiguration_Spellings(t *testing.T) {
	for name, set := range map[string]func(*simulator.Settings){
		"lower case": func(s *simulator.Settings) { s.LowerCaseMembers = true },
		"as documented": func(s *simulator.Settings) {
			s.GlobalConfiguration = map[string]any{"KeyUseTimeout": "60", "PreventSelfDealing": "False"}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := world()
			set(&w.Settings)
			reads(t, w, "codesign_global_configuration",
				configured("key_use_timeout", knownvalue.Int64Exact(60)),
				configured("prevent_self_dealing", knownvalue.Bool(false)))
		})
	}
}

func TestAccGlobalConfiguration_Errors(t *testing.T) {
	env := acctest.Start(t, world())
	refused := acctest.Fails(env.ProviderConfig("jane")+configurationBlock,
		"Unable to read the global configuration", "InsufficientPermission (2)")
	refused.PreConfig = func() {
		env.Server.Inject(simulator.Fault{
			Path: "Codesign/GetGlobalConfiguration", Kind: simulator.Other500, Status: 200, Body: `{"Result":2}`,
		})
	}
	acctest.Test(t, env,
		acctest.Fails(env.ScopedProviderConfig("jane", "codesign;configuration")+configurationBlock,
			"Unable to read the global configuration", `lacks the scope "codesign:manage"`, "scope"),
		refused,
	)
}
