package project_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// settingsShell is a CLI with projects, roles and members.
type settingsShell struct {
	*testing.T
	env   *acctest.Env
	shell *acctest.Shell
}

func newSettingsShell(t *testing.T, user string) *settingsShell {
	t.Helper()
	w := newWorld("Enabled")
	for i := range 20 {
		w.Users = append(w.Users, simulator.User{Name: fmt.Sprintf("user%d", i)})
	}
	env, provider := start(t, w, user)
	return &settingsShell{t, env, acctest.OpenShell(t, provider)}
}

func (c *settingsShell) trustee(name string) string { return c.env.Server.Trustee(name) }

// run runs a command and counts only its requests.
func (c *settingsShell) run(args ...string) {
	c.Helper()
	c.env.Server.ResetLog()
	c.shell.Run(args...)
}

// applyPlanned applies a saved plan and counts the requests of the apply.
func (c *settingsShell) applyPlanned() {
	c.Helper()
	c.shell.Run("plan", "-out=tfplan")
	c.run("apply", "tfplan")
}

// count is how many requests of a family arrived.
func (c *settingsShell) count(family string) int {
	n := 0
	for _, r := range c.env.Server.Requests() {
		if strings.HasPrefix(r.Path, family) {
			n++
		}
	}
	return n
}

func (c *settingsShell) paths() string {
	var paths []string
	for _, r := range c.env.Server.Requests() {
		paths = append(paths, r.Path)
	}
	return strings.Join(paths, " ")
}

func (c *settingsShell) members(trustees int) string {
	var list []string
	for i := range trustees {
		list = append(list, fmt.Sprintf("%q", c.trustee(fmt.Sprintf("user%d", i))))
	}
	return fmt.Sprintf("resource \"codesign_project_role_member\" \"many\" {\n  for_each = toset([%s])\n"+
		"  guid     = %q\n  role     = \"ApproveUse\"\n  trustee  = each.key\n}\n", strings.Join(list, ", "),
		paymentsGUID)
}

// Ten members of one project that are applied together: one update, four requests of the project.
func TestAccProjectRoleMember_RequestsOfTen(t *testing.T) {
	c := newSettingsShell(t, "adam")
	for _, step := range []struct{ members, updates int }{{10, 1}, {5, 1}, {15, 1}, {15, 0}} {
		c.shell.Configure(c.members(step.members))
		began := time.Now()
		c.applyPlanned()
		// On a busy machine the members are planned apart, and share fewer reads.
		most := 4 + int(time.Since(began)/(3*time.Second))
		// Beside those of the project: the global configuration, once in a run.
		codesign := c.count("Codesign/") - c.count("Codesign/GetGlobalConfiguration")
		if updates := c.env.Server.Count(updatePath); codesign > most || updates != step.updates {
			c.Errorf("%d members: %d requests, %d updates: %s", step.members, codesign, updates, c.paths())
		}
		if p, _ := c.env.Server.Project("Payments"); len(p.KeyUseApprovers) != step.members {
			c.Errorf("%d of %d members", len(p.KeyUseApprovers), step.members)
		}
	}
	c.run("plan", "-detailed-exitcode")
}

// A refresh reads all projects at once, whatever belongs to them.
func TestAccProject_RefreshRequestsOfManyProjects(t *testing.T) {
	const n = 40
	c := newSettingsShell(t, "adam")
	c.shell.Configure(fmt.Sprintf(`resource "codesign_project" "many" {
  count     = %d
  dn        = "%sTeam ${count.index}"
  owners    = [%q, %q]
  key_users = [%q]
}
resource "codesign_project_role" "many" {
  count    = %d
  guid     = codesign_project.many[count.index].guid
  role     = "Audit"
  trustees = [%q]
}
resource "codesign_project_role_member" "many" {
  count   = %d
  guid    = codesign_project.many[count.index].guid
  role    = "ApproveUse"
  trustee = %q
}
`, n, hcl(projectsDN), c.trustee("adam"), c.trustee("olga"), c.trustee("user0"), n, c.trustee("user1"), n,
		c.trustee("user2")))
	c.run("apply", "-auto-approve")
	if created := c.env.Server.Count("Codesign/CreateProject"); created != n {
		c.Errorf("%d projects created", created)
	}
	// A creation, an update and a read, and twice a read, an update and a read. The plan that the CLI
	// makes during the apply reads each project again, unless it can share a read, which depends on the load.
	const planned = 5 * n
	codesign, updates := c.count("Codesign/"), c.env.Server.Count(updatePath)
	if codesign > 3*3*n+planned || updates > 3*n {
		c.Errorf("%d requests, %d updates", codesign, updates)
	}
	c.run("plan", "-detailed-exitcode")
	if len(c.env.Server.Requests()) > 5 || c.env.Server.Count(enumeratePath) == 0 {
		c.Errorf("a refresh: %s", c.paths())
	}
	c.Logf("%d requests of an apply, %d updates; %d requests of a refresh", codesign, updates,
		len(c.env.Server.Requests()))
}

// A change of one project: a read, an update and a read, beside one read of the plan that the CLI makes
// during the apply.
func TestAccProject_UpdateRequests(t *testing.T) {
	c := newSettingsShell(t, "adam")
	for _, description := range []string{"first", "second"} {
		c.shell.Configure(fmt.Sprintf(`resource "codesign_project" "p" {
  dn          = "%sRocket"
  description = %q
  key_users   = [%q]
}
`, hcl(projectsDN), description, c.trustee("user0")))
		c.applyPlanned()
		codesign := c.count("Codesign/") - c.count("Codesign/GetGlobalConfiguration")
		if updates := c.env.Server.Count(updatePath); codesign > 4 || updates != 1 {
			c.Errorf("%s: %d requests, %d updates: %s", description, codesign, updates, c.paths())
		}
	}
	c.run("plan", "-detailed-exitcode")
	if all := len(c.env.Server.Requests()); all > 1 {
		c.Errorf("a refresh of one project: %s", c.paths())
	}
}
