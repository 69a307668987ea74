package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

const fourObjects = requirement + `
data "codesign_object_rights" "p" {
  dn = "\\VED\\Code Signing\\Projects\\Payments"
}
data "codesign_projects" "all" {}
resource "codesign_project_status" "p" {
  dn     = "\\VED\\Code Signing\\Projects\\Payments"
  status = "Disabled"
}
resource "workflow_ticket_decision" "t" {
  provider = codesign
  guid     = "6ede0e12-f7c0-4068-9977-001076205c84"
  status   = "Approved"
}
`

// A wrong password and an expired token stop every object, and are explained once.
func TestAccAuthentication_FailureIsExplainedOnce(t *testing.T) {
	env := acctest.Start(t, world())
	cli := acctest.InstalledCLI(t)
	initialize(t, cli, fourObjects)
	for name, row := range map[string]struct{ arguments, cause, next string }{
		"wrong password": {
			"  tpp_username = \"adam\"\n  tpp_password = \"wrong\"",
			"Unable to obtain an access token (password grant", "Check tpp_username",
		},
		"expired token": {
			`  access_token = "a-token-of-last-year"`, "The server rejected the access token", "Set access_token",
		},
	} {
		t.Run(name, func(t *testing.T) {
			write(t, cli, fourObjects+block(fmt.Sprintf("  url = %q\n%s", env.URL, row.arguments)))
			result, err := cli.Run(t.Context(), "plan", "-input=false", "-no-color")
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Join(strings.Fields(strings.NewReplacer("│", "", "╵", "", "╷", "").Replace(result.Stderr)),
				" ")
			for text, want := range map[string]int{
				"Error: ": 4, "Error: Authentication failed": 4, row.cause: 1, row.next: 1,
				`Another "Authentication failed" error explains the cause.`: 3,
				"with codesign_project_status.p":                            1,
			} {
				if n := strings.Count(got, text); n != want {
					t.Errorf("%d times %q, want %d", n, text, want)
				}
			}
			if t.Failed() || testing.Verbose() {
				t.Log(result.Stderr)
			}
		})
	}
}
