package project_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// noReplacement fails on a plan that deletes anything.
type noReplacement struct{}

func (noReplacement) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	for _, change := range req.Plan.ResourceChanges {
		if change.Change.Actions.Delete() || change.Change.Actions.Replace() {
			resp.Error = fmt.Errorf("%s: %v", change.Address, change.Change.Actions)
		}
	}
}

func TestAccProjectStatus_ReadDeletedProject(t *testing.T) {
	for name, settings := range map[string]simulator.Settings{
		"result 7":                          {},
		"result 15 and Config/IsValid says": {MissingResult: 15},
		"an empty answer and IsValid says":  {EmptyMissing: true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld("Enabled")
			w.Settings = settings
			env, provider := start(t, w, "adam")
			shell := acctest.OpenShell(t, provider)
			shell.Configure(statusConfig("Enabled"))
			shell.Run("apply", "-auto-approve")
			env.Server.RemoveProject("Payments")
			shell.Run("apply", "-refresh-only", "-auto-approve")
			shell.ExpectEmptyState()
			shell.Fails([]string{"has no project"}, "plan") // which would create it
			shell.Configure("")
			shell.Run("plan", "-detailed-exitcode")
		})
	}
}

func emptyState(s *terraform.State) error {
	if n := len(s.RootModule().Resources); n != 0 {
		return fmt.Errorf("%d resources are still in the state", n)
	}
	return nil
}

func TestAccProjectStatus_ReadFailureKeepsState(t *testing.T) {
	result := func(code int) simulator.Fault {
		return simulator.Fault{Kind: simulator.Other500, Status: 200, Body: fmt.Sprintf(
			`{"Result":%d,"Success":false,"Error":"made up"}`, code)}
	}
	env, provider := start(t, newWorld("Enabled"), "adam")
	config := provider + statusConfig("Enabled")
	restore := func() {}
	steps := []resource.TestStep{{Config: config}}
	for want, fault := range map[string]simulator.Fault{
		"InsufficientPermission (2)": result(2), "IncorrectObjectType (8)": result(8),
		"FailedToLoadObject (15)": result(15),
		"access_token":            {Kind: simulator.ExpiredToken}, "scope": {Kind: simulator.InsufficientScope},
		"500": {Kind: simulator.Other500},
	} {
		fault.Path = readPath
		step := acctest.Fails(config, want)
		step.PreConfig = func() {
			restore()
			restore = env.Server.Inject(fault)
		}
		steps = append(steps, step)
	}
	acctest.Test(t, env, append(steps, unchangedAfter(config, func() { restore() }))...)
}

// The initial status of a state that an older version wrote is not known.
func TestAccProjectStatus_StateWithoutInitialStatus(t *testing.T) {
	_, provider := start(t, newWorld("Enabled"), "adam")
	s := acctest.OpenShell(t, provider)
	s.Configure(statusConfig("Enabled"))
	s.Run("apply", "-auto-approve")
	withoutInitialStatus(t, filepath.Join(s.Dir(), "terraform.tfstate"))
	s.Shows([]string{"No changes"}, "plan")
	s.Configure(statusConfig("Disabled"))
	out := s.Run("apply", "-auto-approve")
	if !strings.Contains(out, "1 changed") || strings.Contains(out, "initial_status") {
		t.Errorf("apply: %s", out)
	}
	s.Shows([]string{"No changes"}, "plan")
}

func withoutInitialStatus(t *testing.T, file string) {
	t.Helper()
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
