package project_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/provider"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
)

const (
	zeros      = "{00000000-0000-0000-0000-000000000000}"
	noProject  = "must be an integer between 1 and 9223372036854775807, got "
	noDuration = `must be a positive duration, for example "90s" or "20m", got `
)

// offers is a CLI with the provider, in a configuration of that.
func offers(t *testing.T, cli *realcli.CLI, login, rest string, args ...string) string {
	t.Helper()
	config := "terraform {\n  required_providers {\n    codesign = { source = \"codesign-tf/codesign\" }\n  }\n}\n" + login + rest
	if err := cli.Write("main.tf", config); err != nil {
		t.Fatal(err)
	}
	result, err := cli.Run(t.Context(), args...)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(strings.NewReplacer("│", "", "╵", "", "╷", "").Replace(result.Stdout+result.Stderr)), " ")
}

func TestAccWhatNamesNoProjectIsNotAskedFor(t *testing.T) {
	env, login := start(t, statusWorld("Enabled"), "adam")
	cli := acctest.InstalledCLI(t, "../..")
	offers(t, cli, login, "", "init", "-input=false")
	for id, want := range map[string]string{
		"": "it is empty", " ": "it is empty", "0": noProject + "0", "-1": noProject + "-1", "1.5": noProject + "1.5", "1e30": noProject + "1e+30",
		"99999999999999999999": noProject + "99999999999999999999", zeros: "a GUID of all zeros names nothing",
		"Payments": "a GUID is 8-4-4-4-12 hexadecimal digits", `\VED`: "the DN names only the root",
	} {
		want = "Error: Invalid import id A project is imported by its DN, its GUID or its number; the id given is none of these: " + want
		if said := offers(t, cli, login, statusBlock("Enabled"), "import", "-no-color", statusAddress, id); !strings.Contains(said, want) {
			t.Errorf("import %q: %s", id, said)
		}
		if id == "" {
			continue // the CLI itself refuses it in a block
		}
		imports := fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", statusAddress, id)
		if said := offers(t, cli, login, statusBlock("Enabled")+imports, "plan", "-no-color"); !strings.Contains(said, want) {
			t.Errorf("import block with %q: %s", id, said)
		}
	}
	if n := len(env.Server.Requests()); n != 0 {
		t.Errorf("%d requests arrived", n)
	}
}

func TestAccAnArgumentThatCannotBeIsOneErrorAtItself(t *testing.T) {
	env, login := start(t, statusWorld("Enabled"), "adam")
	cli := acctest.InstalledCLI(t, "../..")
	offers(t, cli, login, "", "init", "-input=false")
	dn := `dn = "` + hcl(statusPayments) + `"`
	for config, want := range map[string]string{
		statusNamed("project_id = 0", "Enabled"):                     "project_id = 0 Attribute project_id value must be at least 1, got: 0",
		statusNamed("project_id = -1", "Enabled"):                    "project_id = -1 Attribute project_id value must be at least 1, got: -1",
		statusNamed("project_id = 1.5", "Enabled"):                   "project_id = 1.5 Invalid value for project_id: " + noProject + "1.5",
		statusNamed("project_id = 1e30", "Enabled"):                  "project_id = 1e30 Invalid value for project_id: " + noProject + "1e+30",
		statusNamed(`guid = ""`, "Enabled"):                          `guid = "" Invalid value for guid: a GUID is`,
		statusNamed(`dn = ""`, "Enabled"):                            `dn = "" Invalid value for dn: the DN is empty`,
		statusNamed(dn, "Enabled", `timeouts = { create = "0s" }`):   `Invalid value for timeouts.create: ` + noDuration + `"0s"`,
		statusNamed(dn, "Enabled", `timeouts = { update = "-5m" }`):  `Invalid value for timeouts.update: ` + noDuration + `"-5m"`,
		statusNamed(dn, "Enabled", `timeouts = { delete = "soon" }`): `Invalid value for timeouts.delete: ` + noDuration + `"soon"`,
		"data \"codesign_project\" \"p\" {\n  project_id = 1.5\n}\n": "project_id = 1.5 Invalid value for project_id: " + noProject + "1.5",
		"resource \"codesign_project_approval\" \"p\" {\n  " + dn + "\n  decision = \"Approved\"\n  timeouts = { create = \"0s\" }\n}\n": `Invalid value for timeouts.create: ` + noDuration + `"0s"`,
	} {
		if said := offers(t, cli, login, config, "plan", "-no-color"); !strings.Contains(said, want) || strings.Count(said, "Error: ") != 1 {
			t.Errorf("%s\nwant %q in\n%s", config, want, said)
		}
	}
	if n := len(env.Server.Requests()); n != 0 {
		t.Errorf("%d requests arrived", n)
	}
}

func TestAnIdentityThatNamesNoProjectIsRefused(t *testing.T) {
	server := providerserver.NewProtocol6(provider.New("test")())()
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
		if err != nil || len(got.Diagnostics) != 1 || got.Diagnostics[0].Summary != "Invalid import id" {
			t.Errorf("%q: %v, %v", named, err, got.Diagnostics)
		}
	}
}
