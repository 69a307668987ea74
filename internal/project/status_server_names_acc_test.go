package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// The rules for names are for what people type: what the server says is kept in its spelling.
func TestAccNamesOfTheServerThatNobodyCouldTypeAreKept(t *testing.T) {
	const sound, statusBare = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
	for name, named := range map[string]simulator.Project{
		"a blank at the end":   {DN: statusProjects + "P2 ", GUID: sound},
		"a blank at the start": {DN: " " + statusProjects + "P2", GUID: sound},
		"a control character":  {DN: statusProjects + "P\t2", GUID: sound},
		"another root":         {DN: `\TPP\Code Signing\Projects\P2`, GUID: sound},
		"a name too long":      {DN: statusProjects + strings.Repeat("P", 256), GUID: sound},
		"a GUID of digits":     {DN: statusProjects + "P2", GUID: statusBare},
	} {
		t.Run(name, func(t *testing.T) {
			named.ID, named.Status = 4001, "Disabled"
			env, provider := start(t, simulator.World{Users: []simulator.User{{Name: "adam", Admin: true}}, Projects: []simulator.Project{named}}, "adam")
			block := func(status string) string {
				return provider + `
resource "codesign_project_status" "p" {
  project_id        = 4001
  status            = "` + status + `"
  status_on_destroy = "Disabled"
}
`
			}
			keeps := func(status string) resource.TestCheckFunc {
				return resource.ComposeTestCheckFunc(current(status),
					resource.TestCheckResourceAttr(statusAddress, "dn", named.DN), resource.TestCheckResourceAttr(statusAddress, "guid", "{"+named.GUID+"}"))
			}
			acctest.Test(t, env,
				resource.TestStep{Config: block("Enabled"), Check: keeps("Enabled")},
				emptyPlan(block("Enabled")),
				resource.TestStep{Config: block("Disabled"), Check: keeps("Disabled")},
				resource.TestStep{Config: block("Enabled"), Check: keeps("Enabled")},
				resource.TestStep{Config: block("Enabled"), Destroy: true},
			)
			if n := env.Server.Count("Codesign/UpdateProjectStatus"); n != 4 {
				t.Errorf("%d updates were sent, not one for each step and one for the destroy", n)
			}
		})
	}
}
