package project_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
)

// A state of a version without initial_status stays without it: what it was is not known.
func TestAccProjectStatus_StateWithoutInitialStatus(t *testing.T) {
	_, login := start(t, statusWorld("Enabled"), "adam")
	cli := acctest.InstalledCLI(t, "../..")
	offers(t, cli, login, "", "init", "-input=false")
	offers(t, cli, login, statusBlock("Enabled"), "apply", "-auto-approve")
	withoutInitialStatus(t, cli)
	if out := offers(t, cli, login, statusBlock("Enabled"), "plan", "-no-color"); !strings.Contains(out, "No changes") {
		t.Errorf("plan: %s", out)
	}
	if out := offers(t, cli, login, statusBlock("Disabled"), "apply", "-auto-approve", "-no-color"); !strings.Contains(out, "1 changed") || strings.Contains(out, "initial_status") {
		t.Errorf("apply: %s", out)
	}
	if out := offers(t, cli, login, statusBlock("Disabled"), "plan", "-no-color"); !strings.Contains(out, "No changes") {
		t.Errorf("plan after the apply: %s", out)
	}
}

func withoutInitialStatus(t *testing.T, cli *realcli.CLI) {
	t.Helper()
	file := filepath.Join(cli.Dir, "terraform.tfstate")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var state map[string]any
	if err := json.Unmarshal(content, &state); err != nil {
		t.Fatal(err)
	}
	instance := state["resources"].([]any)[0].(map[string]any)["instances"].([]any)[0].(map[string]any)
	attributes := instance["attributes"].(map[string]any)
	if attributes["initial_status"] != "Enabled" {
		t.Errorf("attributes: %v", attributes)
	}
	delete(attributes, "initial_status")
	if content, err = json.Marshal(state); err == nil {
		err = os.WriteFile(file, content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
