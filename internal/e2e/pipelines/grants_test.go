package pipelines

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	grantEnd = "2099-03-31T17:00:00Z"
	roles    = "Codesign/UpdateProject"
)

// granted has a grant that ends, too.
var granted = template{make: func(t *testing.T, _ *realcli.CLI) string {
	t.Helper()
	s := newFixture(t)
	s.grantRole(t)
	dir := filepath.Join(mirrors, "granted")
	if err := os.Mkdir(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	unpack(t, filepath.Dir(s.bare), dir)
	return dir
}}

func newGrantedFixture(t *testing.T) fixture {
	t.Helper()
	w := world()
	for i := range w.Projects {
		if w.Projects[i].DN == firmware {
			w.Projects[i].Auditors = []string{"carla"}
		}
	}
	return granted.copy(t, w)
}

// grantRole merges and applies a grant that ends, and a role that the plan protects against changes.
func (s fixture) grantRole(t *testing.T) {
	t.Helper()
	s.proposeIn("main.tf", "grant", `provider "codesign" {}`, `provider "codesign" {}

data "codesign_identity" "carla" {
  prefixed_name = "local:carla"
}

resource "codesign_project_role_member" "audit" {
  dn      = local.dns["Rocket Firmware"]
  role    = "Audit"
  trustee = data.codesign_identity.carla.prefixed_universal
  expires = "`+grantEnd+`"
}

resource "codesign_project_role" "signers" {
  dn       = local.dns["Payments"]
  role     = "Use"
  trustees = [data.codesign_identity.carla.prefixed_universal]
  on_drift = "Fail"
}`)
	s.merge("grant")
	// Without it, the output of the next plan differs from that of the apply.
	s.proposeIn("main.tf", "order", "resolve_identities = true\n", `resolve_identities = true

  depends_on = [codesign_project_role_member.audit, codesign_project_role.signers]
`)
	s.merge("order")
	plan := filepath.Join(s.plans, "grant")
	s.expect(0, s.clone("main"), planScope, "plan", plan)
	s.apply(0, s.clone("main"), applyScope, plan)
	s.checkAuditors(t, "carla")
}

// age makes the grant end in the past, as if the time had passed.
func (s fixture) age(t *testing.T) {
	t.Helper()
	const past = "2026-03-31T17:00:00Z"
	write(t, s.state, strings.ReplaceAll(read(t, s.state), grantEnd, past))
	s.proposeIn("main.tf", "aged", grantEnd, past)
	s.merge("aged")
}

func (s fixture) checkAuditors(t *testing.T, want ...string) {
	t.Helper()
	project, _ := s.server.Server.Project(firmware)
	s.checkTrustees(t, "auditors", project.Auditors, want...)
}

func (s fixture) checkTrustees(t *testing.T, role string, got []string, names ...string) {
	t.Helper()
	var want []string
	for _, name := range names {
		want = append(want, s.server.Server.Trustee(name))
	}
	if !slices.Equal(got, want) {
		t.Errorf("the %s are %q, want %q", role, got, want)
	}
}

// A grant ends without an approval, and other differences stay for the reviewers.
func TestAccGitHub_GrantEnds(t *testing.T) {
	t.Parallel()
	g := newGitHub(t, newGrantedFixture(t))
	g.gate = func() { t.Error("the end of a grant waits for an approval") }
	g.results(g.start("expire", "main", onMain()), map[string]string{"plan": "success", "apply": "skipped"})
	g.age(t)
	g.server.Server.SetProjectStatus(payments, "Disabled")
	g.server.Server.ResetLog()
	g.gate = nil
	g.results(g.start("expire", "main", onMain()), map[string]string{"plan": "success", "apply": "success"})
	g.checkAuditors(t)
	g.checkStatus(payments, "Disabled")
	g.checkNoChanges("the end of a grant")
	if n := g.server.Server.Count(roles); n != 1 {
		t.Errorf("%d changes of projects were sent for one grant", n)
	}
	g.results(g.start("expire", "main", onMain()), map[string]string{"plan": "success", "apply": "skipped"})
}

func TestAccGitLab_GrantEnds(t *testing.T) {
	t.Parallel()
	g := newGitLab(t, newGrantedFixture(t))
	for _, ended := range []bool{false, true} {
		plan, _ := g.run(0, "expire-plan", g.clone("main"), subject, "")
		g.run(0, "expire-apply", g.clone("main"), expirySubject, plan)
		if !ended {
			g.checkAuditors(t, "carla")
			g.age(t)
		}
	}
	g.checkAuditors(t)
	if n := g.server.Server.Count(roles); n != 1 {
		t.Errorf("%d changes of projects were sent for one grant", n)
	}
}

// The artifact of the plan is replaced by a plan that does more. No reviewer would see it.
func TestAccGitLab_ForgedEndOfGrant(t *testing.T) {
	t.Parallel()
	g := newGitLab(t, newGrantedFixture(t))
	g.server.Server.SetProjectStatus(payments, "Disabled")
	g.server.Server.ResetLog()
	archive := t.TempDir()
	g.expect(0, g.clone("main"), planScope, "plan", filepath.Join(archive, "saved"))
	_, said := g.run(1, "expire-apply", g.clone("main"), expirySubject, archive)
	mustContain(t, "the apply", said, "does more than end grants", "Payments")
	g.checkNoChanges("a refused apply")
}

// The archive has another plan that ends grants, without the digest of the plan job.
func TestAccGitLab_EndOfGrantThatWasNotPlanned(t *testing.T) {
	t.Parallel()
	g := newGitLab(t, newGrantedFixture(t))
	g.age(t)
	other, _ := g.run(0, "expire-plan", g.clone("main"), subject, "")
	g.run(0, "expire-plan", g.clone("main"), subject, "")
	_, said := g.run(1, "expire-apply", g.clone("main"), expirySubject, other)
	mustContain(t, "the apply", said, "The saved plan is refused: it is not the one that was shown")
	g.checkAuditors(t, "carla")
}

// A role that was changed elsewhere fails the nightly plan, and the report names the trustee.
func TestAccGitHub_RoleChangedElsewhere(t *testing.T) {
	t.Parallel()
	g := newGitHub(t, newGrantedFixture(t))
	g.results(g.start("drift", "main", onMain()), map[string]string{"drift": "success", "report": "skipped"})
	g.server.Server.EditProject(payments, simulator.ProjectEdit{KeyUsers: simulator.ListEdit{Add: []string{"dora"}}})
	g.server.Server.ResetLog()
	g.results(g.start("drift", "main", onMain()), map[string]string{"drift": "success", "report": "failure"})
	issue := read(t, filepath.Join(g.tools, "comments"))
	mustContain(t, "the issue", issue, "changed outside of Terraform", g.server.Server.Trustee("dora"))
	if n := g.server.Server.Count(roles); n != 0 {
		t.Errorf("%d changes were sent", n)
	}
	// The undo is a change, which a reviewer sees.
	g.proposeIn("main.tf", "undo", `on_drift = "Fail"`, `on_drift = "Repair"`)
	g.merge("undo")
	g.results(g.start("apply", "main", onMain()), map[string]string{"apply": "success"})
	project, _ := g.server.Server.Project(payments)
	g.checkTrustees(t, "key users", project.KeyUsers, "carla")
}
