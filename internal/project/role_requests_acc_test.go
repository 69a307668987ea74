package project_test

import (
	"fmt"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// Roles and members of many projects share the reads of a refresh. A plan without changes reads
// nothing else.
func TestAccProjectRole_RefreshRequests(t *testing.T) {
	const projects = 60
	w := roleWorld()
	for i := range projects {
		w.Projects = append(w.Projects, simulator.Project{
			Name: fmt.Sprintf("P%d", i), Status: "Enabled", Owners: []string{"olga"}, KeyUsers: []string{"kim"},
			Auditors: []string{"lea"},
		})
	}
	env := acctest.Start(t, w)
	shell := acctest.OpenShell(t, env.ProviderConfig("adam"))
	shell.Configure(fmt.Sprintf(`
resource "codesign_project_role" "all" {
  count    = %d
  dn       = "\\VED\\Code Signing\\Projects\\P${count.index}"
  role     = "Use"
  trustees = [%q]
}

resource "codesign_project_role_member" "all" {
  count   = %d
  dn      = "\\VED\\Code Signing\\Projects\\P${count.index}"
  role    = "Audit"
  trustee = %q
}
`, projects, env.Server.Trustee("kim"), projects, env.Server.Trustee("lea")))
	shell.Run("apply", "-auto-approve")
	checkCount(t, env, updatePath, 0)
	env.Server.ResetLog()
	shell.Run("plan", "-detailed-exitcode")
	if sent := env.Server.Requests(); len(sent) > 5 {
		t.Errorf("the refresh sent %d requests", len(sent))
	}
}
