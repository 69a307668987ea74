package protocol_test

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const interruptedAction = `
action "codesign_set_project_status" "go" {
  config {
    dn     = "\\VED\\Code Signing\\Projects\\Payments"
    status = "Enabled"
  }
}

resource "terraform_data" "trigger" {
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.codesign_set_project_status.go]
    }
  }
}
`

const interruptedQuery = `
list "codesign_project_status" "all" {
  provider = codesign
}
`

const requirement = `
terraform {
  required_providers {
    codesign = { source = "codesign-tf/codesign" }
  }
}
`

// need14 skips a test where the CLI has no actions and no query.
func need14(t *testing.T) {
	t.Helper()
	cli, err := realcli.New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	result, err := cli.Do(t.Context(), "version", "-json")
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		Version string `json:"terraform_version"`
	}
	if err := json.Unmarshal([]byte(result.Stdout), &v); err != nil {
		t.Fatal(err)
	}
	major, rest, _ := strings.Cut(v.Version, ".")
	minor, _, _ := strings.Cut(rest, ".")
	if n, _ := strconv.Atoi(minor); major != "1" || n < 14 || strings.HasSuffix(cli.Path, "tofu") {
		t.Skip("actions and query need Terraform 1.14, this is", cli.Path, v.Version)
	}
}

func TestAccServe_InterruptedCommandFails(t *testing.T) {
	t.Parallel()
	need14(t)
	const invoke = "-invoke=action.codesign_set_project_status.go"
	for name, row := range map[string]struct {
		file, config, after string
		arguments           []string
	}{
		"trigger": {"action.tf", interruptedAction, "Codesign/UpdateProjectStatus", []string{"apply", "-auto-approve"}},
		"invoke": {
			"action.tf", interruptedAction, "Codesign/UpdateProjectStatus", []string{"apply", "-auto-approve", invoke},
		},
		"query": {"all.tfquery.hcl", interruptedQuery, "Codesign/EnumerateProjects", []string{"query"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := acctest.Start(t, simulator.World{
				Users:    []simulator.User{{Name: "olga"}, {Name: "ada", Admin: true}},
				Projects: []simulator.Project{{Name: "Payments", Status: "Draft", Owners: []string{"olga"}}},
			})
			cli := acctest.InstalledCLI(t)
			if err := cli.Write("main.tf", requirement+env.ProviderConfig("olga")); err != nil {
				t.Fatal(err)
			}
			if err := cli.Write(row.file, row.config); err != nil {
				t.Fatal(err)
			}
			if _, err := cli.Do(t.Context(), "init"); err != nil {
				t.Fatal(err)
			}
			if row.file != "action.tf" {
				env.Server.Inject(simulator.Fault{Kind: simulator.Hang, Path: row.after})
			}
			ctx, interrupt := context.WithCancel(t.Context())
			defer interrupt()
			env.Server.OnRequest(func(r simulator.Request) {
				if strings.Contains(r.Path, row.after) {
					time.AfterFunc(time.Second, interrupt)
				}
			})
			result, err := cli.Run(ctx, row.arguments...)
			if err == nil {
				t.Fatalf("%v was not interrupted: %d\n%s%s", row.arguments, result.Code, result.Stdout, result.Stderr)
			}
			if result.Code != 1 || strings.Contains(result.Stdout, "Apply complete") ||
				!strings.Contains(result.Stderr, "Error: ") {
				t.Errorf("exit code %d\n%s%s", result.Code, result.Stdout, result.Stderr)
			}
		})
	}
}
