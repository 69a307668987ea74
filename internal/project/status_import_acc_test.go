package project_test

import (
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
	const invalid = "Error: Invalid import ID The import ID of a project is its DN, its GUID or its number: "
	var config strings.Builder
	var wanted []string
	for id, want := range map[string]string{
		" ": "the ID is empty", "0": noProject + "0", "-1": noProject + "-1",
		"1.5": noProject + "1.5", "1e30": noProject + "1e+30",
		"99999999999999999999": noProject + "99999999999999999999", zeros: "the GUID is all zeros",
		"Payments": "a GUID has 8-4-4-4-12 hexadecimal digits", `\VED`: "the DN is only the root",
	} {
		row := len(wanted)
		config.WriteString(forRow(row, statusConfigOf(`dn = "ROW_DN"`, "Enabled")) + importOf(rowResource(row), id))
		wanted = append(wanted, invalid+want)
	}
	out := output(s, config.String(), "plan")
	for _, want := range wanted {
		if !strings.Contains(out, want) {
			t.Errorf("want %q in:\n%s", want, out)
		}
	}
	// the CLI itself refuses an empty ID in a block
	if out := output(s, statusConfig("Enabled"), "import", statusResource, ""); !strings.Contains(out,
		invalid+"the ID is empty") {
		t.Error(out)
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

// One apply takes the spelling and the other change.
func TestAccProjectStatus_ImportWithAnotherChangeNeedsOneApply(t *testing.T) {
	rows := []struct{ id, configured string }{
		{`\ved\code signing\projects\ROW 0`, `dn = "ROW_DN"`},
		{"ROW_UPPER_GUID", `guid = "{ROW_GUID}"`},
		{"ROW_ID", `dn = upper("ROW_DN")`},
	}
	env, provider := startRows(t, "Disabled", len(rows))
	imports := forRows(len(rows), func(i int) string { return importOf(rowResource(i), rows[i].id) })
	config := func(status string) string {
		return provider + forRows(len(rows), func(i int) string {
			return statusConfigOf(rows[i].configured, status, disableOnDestroy)
		})
	}
	var planned []plancheck.PlanCheck
	var initial []resource.TestCheckFunc
	for i := range rows {
		planned = append(planned, plancheck.ExpectResourceAction(rowResource(i), plancheck.ResourceActionUpdate))
		initial = append(initial, resource.TestCheckResourceAttr(rowResource(i), "initial_status", "Disabled"))
	}
	isInitial := resource.ComposeTestCheckFunc(initial...)
	acctest.Test(t, env,
		checks(resource.TestStep{
			Config: config("Disabled") + imports, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: planned},
		}, isInitial, requestsSent(env, 0, 0)),
		checks(resource.TestStep{Config: config("Enabled")}, isInitial, requestsSent(env, len(rows), 0)),
	)
}

// The private state keeps the name of an imported project as that of a created one.
func TestAccProjectStatus_ImportThenRenameOnServer(t *testing.T) {
	ids := []string{`\ved\code signing\projects\ROW 0`, "ROW_GUID", "ROW_ID"}
	env, provider := startRows(t, "Enabled", len(ids))
	var planned []plancheck.PlanCheck
	var disabled []resource.TestCheckFunc
	for i := range ids {
		planned = append(planned, plancheck.ExpectResourceAction(rowResource(i), plancheck.ResourceActionNoop))
		disabled = append(disabled, resource.TestCheckResourceAttr(rowResource(i), "current_status", "Disabled"))
	}
	imports := forRows(len(ids), func(row int) string { return importOf(rowResource(row), ids[row]) })
	config := func(status string) string {
		return provider + forRows(len(ids), func(int) string { return statusConfigOf(`dn = "ROW_DN"`, status) })
	}
	acctest.Test(t, env,
		resource.TestStep{
			Config: config("Enabled") + imports, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: planned},
		},
		unchangedAfter(config("Enabled"), func() {
			for i := range ids {
				name := rowProject(i, "").Name
				env.Server.RenameProject(name, name+" renamed")
			}
		}),
		resource.TestStep{
			Config: config("Disabled"),
			Check:  resource.ComposeTestCheckFunc(append(disabled, requestsSent(env, len(ids), 0))...),
		},
	)
}

func TestAccProjectStatus_ImportOfMissingProject(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	fails := func(id string, words ...string) resource.TestStep {
		return acctest.Fails(provider+statusConfig("Enabled")+importOf(statusResource, id), words...)
	}
	rows := map[string]resource.TestStep{}
	for name, id := range map[string]string{
		"by dn": projectsDN + "Nowhere", "by guid": "00000000-1111-2222-3333-444455556666", "by id": "99",
	} {
		rows[name] = fails(id, "Unable to import project "+id, "has no project "+id, "codesign_projects")
	}
	hidden := fails("4711", "Unable to import project 4711", "InsufficientPermission (2)")
	hidden.PreConfig = func() { hideProject(env) }
	rows["hidden"] = hidden // the last one
	acctest.Refused(t, env, rows)
}

func TestAccProjectStatus_Import(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	config := provider + statusConfig("Enabled")
	steps := []resource.TestStep{{Config: config}}
	for _, id := range []string{
		`\ved\code signing\projects\PAYMENTS`, "4711", "{0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0}",
	} {
		steps = append(steps, resource.TestStep{
			Config: config, ResourceName: statusResource, ImportState: true, ImportStateId: id, ImportStateVerify: true,
			ImportStateVerifyIdentifierAttribute: "project_id", ImportStateVerifyIgnore: []string{"dn", "guid"},
		})
	}
	acctest.Test(t, env, steps...)
}

// Imports plan no change of any resource, also with all names as in a generated configuration, and
// where the status of the project meets the configured one.
func TestAccProjectStatus_ImportBlock(t *testing.T) {
	const byDN, byGUID = `dn = "ROW_DN"`, `guid = "ROW_GUID"`
	rows := []struct{ id, name, status string }{
		{`\VED\Code Signing\Projects\Row 0`, byDN, "Enabled"},
		{`\ved\code signing\projects\row 1`, byDN, "Enabled"},
		{"ROW_ID", byDN, "Enabled"},
		{"{ROW_UPPER_GUID}", byGUID, "Enabled"},
		{"ROW_GUID", byGUID, "Enabled"},
		{"ROW_ID", byDN + "\n" + `guid = "{ROW_GUID}"` + "\nproject_id = ROW_ID", "Enabled"},
		{"ROW_ID", byDN, "Pending"},
	}
	env, provider := startRows(t, "Enabled", len(rows))
	config := provider + forRows(len(rows), func(i int) string {
		return statusConfigOf(rows[i].name, rows[i].status) + importOf(rowResource(i), rows[i].id)
	})
	var planned []plancheck.PlanCheck
	for i := range rows {
		planned = append(planned, plancheck.ExpectResourceAction(rowResource(i), plancheck.ResourceActionNoop))
	}
	acctest.TestFrom(t, env, []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_5_0)},
		resource.TestStep{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: planned}},
	)
	checkCount(t, env, writePath, 0)
}
