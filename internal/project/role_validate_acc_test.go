package project_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// Bad input is an error at its argument, at plan, and nothing is sent.
func TestAccProjectRole_BadInput(t *testing.T) {
	w := roleWorld()
	w.Projects = append(w.Projects, simulator.Project{Name: "Queued", Status: "Deleted"})
	w.Settings.EnforceGroupRoles = true
	env := acctest.Start(t, w)
	const ghost = "local:{00000000-0000-0000-0000-00000000dead}"
	role := func(arguments ...string) string {
		return "resource \"codesign_project_role\" \"r\" {\n  " + strings.Join(arguments, "\n  ") + "\n}\n"
	}
	member := func(name string, arguments ...string) string {
		return fmt.Sprintf("resource \"codesign_project_role_member\" %q {\n  %s\n}\n", name,
			strings.Join(arguments, "\n  "))
	}
	trustees := func(list ...string) string {
		return fmt.Sprintf("trustees = [%s]", `"`+strings.Join(list, `", "`)+`"`)
	}
	const use = `role = "Use"`
	builders, kim := env.Server.Trustee("Builders"), env.Server.Trustee("kim")
	var steps []resource.TestStep
	for _, c := range []struct {
		config string
		words  []string
	}{
		{
			role(byDN, use, trustees("local:jane")),
			[]string{"trustees", "prefixed name", "codesign_identity", `prefixed_name = "local:jane"`},
		},
		{role(byDN, use, trustees("jane")), []string{"has no directory", `name = "jane"`}},
		{role(byDN, use, "trustees = [null]"), []string{"null"}},
		{role(byDN, use, trustees(ghost)), []string{"Unknown trustee", "trustees", ghost}},
		{
			role(byDN, use, trustees(kim, env.Server.Trustee("lea"))),
			[]string{"A user cannot have a role", "trustees", "EnforceGroupRoles"},
		},
		{role(byDN, `role = "Admin"`, trustees(builders)), []string{"role", "Owner", "ApproveUse", "Admin"}},
		{role(byDN, `role = "Owner"`, "trustees = []"), []string{"A project needs an owner", "trustees = []"}},
		{role(byDN, use, trustees(builders), `on_drift = "Ignore"`), []string{"on_drift", "Repair"}},
		{role(byDN, "project_id = 4711", use, trustees(builders)), []string{"Exactly one of these attributes"}},
		{role(use, trustees(builders)), []string{"At least one of these attributes"}},
		{
			role(byDN, `guid = "`+paymentsGUID+`"`, "project_id = 4712", use, trustees(builders)),
			[]string{"Names of different projects"},
		},
		{
			role(`dn = "\\VED\\Code Signing\\Projects\\Missing"`, use, trustees(builders)),
			[]string{"Unable to read project Missing", "dn ="},
		},
		{
			role(`dn = "\\VED\\Code Signing\\Projects\\Queued"`, use, trustees(builders)),
			[]string{"Unable to change project Queued", "queued for deletion"},
		},
		{member("m", byDN, use, `trustee = "AD+CORP:jane"`), []string{"trustee", `prefixed_name = "AD+CORP:jane"`}},
		{member("m", byDN, use, `trustee = "`+ghost+`"`), []string{"Unknown trustee", "trustee ="}},
		{member("m", byDN, use, `trustee = "`+builders+`"`, `expires = "tomorrow"`), []string{"expires", "RFC 3339"}},
		{
			member("m", byDN, use, `trustee = "`+builders+`"`, `timeouts = { create = "0s" }`),
			[]string{"positive duration"},
		},
		{
			member("m", byDN, use, `trustee = "`+builders+`"`) + role("project_id = 4711", use, trustees(builders)),
			[]string{"Two resources manage the role Use of project Payments"},
		},
		{
			member("m", byDN, use, `trustee = "`+builders+`"`) +
				member("n", "project_id = 4711", use, `trustee = "`+strings.ToUpper(builders)+`"`),
			[]string{"Two resources manage the role Use of project Payments", "same trustee"},
		},
		{
			role(byDN, use, trustees(builders)) + managedConfig(paymentsDN, people(env, "key_users", "Builders")) +
				"import {\n  to = codesign_project.p\n  id = \"4711\"\n}\n",
			[]string{"Two resources manage the role Use of project Payments", "codesign_project"},
		},
	} {
		steps = append(steps, acctest.Fails(env.ProviderConfig("adam")+c.config, c.words...))
	}
	for id, words := range map[string][]string{
		"Payments/Use": {"Invalid import ID", "GUID"}, paymentsGUID: {"Invalid import ID", "1 of 2 parts"},
		paymentsGUID + "/Admin":                      {"Invalid import ID", "not a role of a project", "ApproveUse"},
		"{00000000-0000-0000-0000-000000000001}/Use": {"Unable to import project", "no project"},
	} {
		steps = append(steps, importFails(env.ProviderConfig("adam")+role(byDN, use, trustees(builders)),
			roleResource, id, words...))
	}
	for id, words := range map[string][]string{
		paymentsGUID + "/Use":            {"Invalid import ID", "2 of 3 parts"},
		paymentsGUID + "/Use/local:jane": {"Invalid import ID", "prefixed name"},
		paymentsGUID + "/Use/" + builders: {
			"Unable to import the role Use of project Payments", "does not have the role", "belongs to: " + kim,
		},
	} {
		steps = append(steps, importFails(env.ProviderConfig("adam")+member("m", byDN, use, `trustee = "`+builders+`"`),
			memberResource, id, words...))
	}
	acctest.Test(t, env, steps...)
	checkCount(t, env, updatePath, 0)
}

func importFails(config, name, id string, words ...string) resource.TestStep {
	return resource.TestStep{
		Config: config, ResourceName: name, ImportState: true, ImportStateId: id, ExpectError: acctest.Words(words...),
	}
}

// A trustee of another directory may have slashes and colons.
func TestAccProjectRoleMember_ImportOfAnyTrustee(t *testing.T) {
	w := roleWorld()
	const trustee = "SSO+Corp:https://idp.example/users:jane"
	w.Projects[0].KeyUsers = append(w.Projects[0].KeyUsers, trustee)
	env, provider := start(t, w, "adam")
	config := provider + fmt.Sprintf(`
import {
  to = codesign_project_role_member.m
  id = "0F1E2D3C-4b5a-6978-8796-a5b4c3d2e1f0/Use/%s"
}

resource "codesign_project_role_member" "m" {
  guid    = %q
  role    = "Use"
  trustee = %q
}
`, trustee, paymentsGUID, trustee)
	acctest.Test(t, env, emptyPlanAfterImport(config, memberResource))
}
