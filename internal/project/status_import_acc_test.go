package project_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	codesign "github.com/codesign-tf/terraform-provider-codesign/internal/provider"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

const (
	zeros      = "{00000000-0000-0000-0000-000000000000}"
	noProject  = "must be an integer between 1 and 9223372036854775807, got "
	noDuration = `must be a positive duration, for example "90s" or "20m", got `
)

// output is what a command writes with a configuration, on one line.
func output(s *acctest.Shell, config string, args ...string) string {
	s.Configure(config)
	unframed := strings.NewReplacer("│", "", "╵", "", "╷", "").Replace(s.Output(args...))
	return strings.Join(strings.Fields(unframed), " ")
}

func TestAccProjectStatus_ImportInvalidID(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	s := acctest.OpenShell(t, provider)
	for id, want := range map[string]string{
		"": "the ID is empty", " ": "the ID is empty", "0": noProject + "0", "-1": noProject + "-1",
		"1.5": noProject + "1.5", "1e30": noProject + "1e+30",
		"99999999999999999999": noProject + "99999999999999999999", zeros: "the GUID is all zeros",
		"Payments": "a GUID has 8-4-4-4-12 hexadecimal digits", `\VED`: "the DN is only the root",
	} {
		want = "Error: Invalid import ID The import ID of a project is its DN, its GUID or its number: " + want
		if out := output(s, statusConfig("Enabled"), "import", statusResource, id); !strings.Contains(out, want) {
			t.Errorf("import %q: %s", id, out)
		}
		if id == "" {
			continue // the CLI itself refuses it in a block
		}
		imports := fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", statusResource, id)
		if out := output(s, statusConfig("Enabled")+imports, "plan"); !strings.Contains(out, want) {
			t.Errorf("import block with %q: %s", id, out)
		}
	}
	checkNoRequests(t, env)
}

func TestProjectStatus_ImportInvalidIdentity(t *testing.T) {
	server := providerserver.NewProtocol6(codesign.New("test")())()
	kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"guid": tftypes.String}}
	for _, named := range []any{nil, "", " ", "x", zeros} {
		value := tftypes.NewValue(kind, map[string]tftypes.Value{"guid": tftypes.NewValue(tftypes.String, named)})
		data, err := tfprotov6.NewDynamicValue(kind, value)
		if err != nil {
			t.Fatal(err)
		}
		got, err := server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{
			TypeName: "codesign_project_status", Identity: &tfprotov6.ResourceIdentityData{IdentityData: &data},
		})
		if err != nil || len(got.Diagnostics) != 1 || got.Diagnostics[0].Summary != "Invalid import ID" {
			t.Errorf("%q: %v, %v", named, err, got.Diagnostics)
		}
	}
}

func importBlock(id string) string {
	return "import {\n  to = codesign_project_status.p\n  id = \"" + hcl(id) + "\"\n}\n"
}

// One apply takes the spelling and the other change.
func TestAccProjectStatus_ImportWithAnotherChangeNeedsOneApply(t *testing.T) {
	for name, c := range map[string]struct{ id, configured string }{
		"dn":   {`\ved\code signing\projects\PAYMENTS`, `dn = "\\VED\\Code Signing\\Projects\\Payments"`},
		"guid": {"0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0", `guid = "{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"`},
		"id":   {"4711", `dn = "\\VED\\CODE SIGNING\\Projects\\payments"`},
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, newWorld("Disabled"), "adam")
			config := provider + statusConfigOf(c.configured, "Disabled", disableOnDestroy)
			enabled := provider + statusConfigOf(c.configured, "Enabled", disableOnDestroy)
			step := plans(config+importBlock(c.id), plancheck.ResourceActionUpdate)
			step.Check = resource.ComposeTestCheckFunc(requestsSent(env, 0, 0),
				resource.TestCheckResourceAttr(statusResource, "initial_status", "Disabled"))
			acctest.Test(t, env, step,
				resource.TestStep{Config: enabled, Check: resource.ComposeTestCheckFunc(
					requestsSent(env, 1, 0), resource.TestCheckResourceAttr(statusResource, "initial_status",
						"Disabled"))})
		})
	}
}

// The private state keeps the name of an imported project as that of a created one.
func TestAccProjectStatus_ImportThenRenameOnServer(t *testing.T) {
	for name, id := range map[string]string{
		"dn":   `\ved\code signing\projects\PAYMENTS`,
		"guid": "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", "id": "4711",
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, newWorld("Enabled"), "adam")
			step := emptyPlan(provider + statusConfig("Enabled"))
			step.PreConfig = func() { env.Server.RenameProject("Payments", "Payments 2") }
			acctest.Test(t, env,
				plans(provider+statusConfig("Enabled")+importBlock(id), plancheck.ResourceActionNoop), step,
				resource.TestStep{
					Config: provider + statusConfig("Disabled"),
					Check:  resource.ComposeTestCheckFunc(currentStatus("Disabled"), requestsSent(env, 1, 0)),
				},
			)
		})
	}
}

func TestAccProjectStatus_ImportOfMissingProject(t *testing.T) {
	for name, id := range map[string]string{
		"dn":   projectsDN + "Nowhere",
		"guid": "00000000-1111-2222-3333-444455556666", "id": "99",
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, newWorld("Enabled"), "adam")
			acctest.Test(t, env, acctest.Fails(provider+statusConfig("Enabled")+importBlock(id),
				"Unable to import project "+id, "has no project "+id, "codesign_projects"))
		})
	}
	t.Run("hidden", func(t *testing.T) {
		env, provider := start(t, newWorld("Enabled"), "adam")
		injectResult(env, 2)
		acctest.Test(t, env, acctest.Fails(provider+statusConfig("Enabled")+importBlock("4711"),
			"Unable to import project 4711", "InsufficientPermission (2)"))
	})
}

func TestAccProjectStatus_Import(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	config := provider + statusConfig("Enabled")
	steps := []resource.TestStep{{Config: config}}
	for _, id := range []string{
		paymentsDN, `\ved\code signing\projects\PAYMENTS`, "4711", "{0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0}",
		"0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
	} {
		steps = append(steps, resource.TestStep{
			Config: config, ResourceName: statusResource, ImportState: true, ImportStateId: id, ImportStateVerify: true,
			ImportStateVerifyIdentifierAttribute: "project_id", ImportStateVerifyIgnore: []string{"dn", "guid"},
		})
	}
	acctest.Test(t, env, steps...)
}

func TestAccProjectStatus_ImportBlock(t *testing.T) {
	byDN, byGUID := `dn = "`+hcl(paymentsDN)+`"`, `guid = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"`
	for id, name := range map[string]string{
		paymentsDN: byDN, `\ved\code signing\projects\payments`: byDN, "4711": byDN,
		"{0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0}": byGUID, "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0": byGUID,
	} {
		t.Run(id, func(t *testing.T) {
			env, provider := start(t, newWorld("Enabled"), "adam")
			config := provider + statusConfigOf(name,
				"Enabled") + "import {\n  to = codesign_project_status.p\n  id = \"" + hcl(id) + "\"\n}\n"
			acctest.TestFrom(t, env, []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_5_0)},
				plans(config, plancheck.ResourceActionNoop),
			)
			checkCount(t, env, writePath, 0)
		})
	}
}

func TestAccProjectStatus_ImportFails(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	config := provider + statusConfig("Enabled")
	acctest.Test(t, env,
		resource.TestStep{Config: config},
		resource.TestStep{
			Config: config, ResourceName: statusResource, ImportState: true, ImportStateId: "Payments",
			ExpectError: acctest.Words("Invalid import ID"),
		},
		resource.TestStep{
			Config: config, ResourceName: statusResource, ImportState: true, ImportStateId: "99",
			ExpectError: acctest.Words("Unable to import project 99", "has no project 99", "codesign_projects"),
		},
	)
}

func TestAccProjectStatus_ImportMetStatus(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	config := provider + statusConfig("Pending")
	acctest.Test(t, env,
		plans(config+"import {\n  to = codesign_project_status.p\n  id = \"4711\"\n}\n", plancheck.ResourceActionNoop),
	)
}
