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
	fails := func(config string, words ...string) resource.TestStep {
		return acctest.Fails(env.ProviderConfig("adam")+config, words...)
	}
	rows := map[string]resource.TestStep{
		"a prefixed name": fails(role(byDN, use, trustees("local:jane")), "trustees", "prefixed name",
			"codesign_identity", `prefixed_name = "local:jane"`),
		"only a name":        fails(role(byDN, use, trustees("jane")), "has no directory", `name = "jane"`),
		"null":               fails(role(byDN, use, "trustees = [null]"), "null"),
		"an unknown trustee": fails(role(byDN, use, trustees(ghost)), "Unknown trustee", "trustees", ghost),
		"users under the group rule": fails(role(byDN, use, trustees(kim, env.Server.Trustee("lea"))),
			"A user cannot have a role", "trustees", "EnforceGroupRoles"),
		"an unknown role": fails(role(byDN, `role = "Admin"`, trustees(builders)), "role", "Owner", "ApproveUse",
			"Admin"),
		"no owner": fails(role(byDN, `role = "Owner"`, "trustees = []"), "A project needs an owner",
			"trustees = []"),
		"an unknown reaction": fails(role(byDN, use, trustees(builders), `on_drift = "Ignore"`), "on_drift", "Repair"),
		"two names of a project": fails(role(byDN, "project_id = 4711", use, trustees(builders)),
			"Exactly one of these attributes"),
		"no project": fails(role(use, trustees(builders)), "At least one of these attributes"),
		"names of different projects": fails(role(byDN, `guid = "`+paymentsGUID+`"`, "project_id = 4712", use,
			trustees(builders)), "Names of different projects"),
		"a missing project": fails(role(`dn = "\\VED\\Code Signing\\Projects\\Missing"`, use, trustees(builders)),
			"Unable to read project Missing", "dn ="),
		"a project that is queued for deletion": fails(role(`dn = "\\VED\\Code Signing\\Projects\\Queued"`, use,
			trustees(builders)), "Unable to change project Queued", "queued for deletion"),
		"a member by prefixed name": fails(member("m", byDN, use, `trustee = "AD+CORP:jane"`), "trustee",
			`prefixed_name = "AD+CORP:jane"`),
		"an unknown member": fails(member("m", byDN, use, `trustee = "`+ghost+`"`), "Unknown trustee", "trustee ="),
		"an end without a date": fails(member("m", byDN, use, `trustee = "`+builders+`"`, `expires = "tomorrow"`),
			"expires", "RFC 3339"),
		"a timeout of nothing": fails(member("m", byDN, use, `trustee = "`+builders+`"`,
			`timeouts = { create = "0s" }`), "positive duration"),
		"a member and a role": fails(member("m", byDN, use, `trustee = "`+builders+`"`)+
			role("project_id = 4711", use, trustees(builders)),
			"Two resources manage the role Use of project Payments"),
		"a member twice": fails(member("m", byDN, use, `trustee = "`+builders+`"`)+
			member("n", "project_id = 4711", use, `trustee = "`+strings.ToUpper(builders)+`"`),
			"Two resources manage the role Use of project Payments", "same trustee"),
		"a role and a list": fails(role(byDN, use, trustees(builders))+
			managedConfig(paymentsDN, people(env, "key_users", "Builders"))+importPayments,
			"Two resources manage the role Use of project Payments", "codesign_project"),
	}
	for id, words := range map[string][]string{
		"Payments/Use": {"Invalid import ID", "GUID"}, paymentsGUID: {"Invalid import ID", "1 of 2 parts"},
		paymentsGUID + "/Admin":                      {"Invalid import ID", "not a role of a project", "ApproveUse"},
		"{00000000-0000-0000-0000-000000000001}/Use": {"Unable to import project", "no project"},
	} {
		rows["import of role "+id] = fails(role(byDN, use, trustees(builders))+importOf(roleResource, id), words...)
	}
	for id, words := range map[string][]string{
		paymentsGUID + "/Use":            {"Invalid import ID", "2 of 3 parts"},
		paymentsGUID + "/Use/local:jane": {"Invalid import ID", "prefixed name"},
		paymentsGUID + "/Use/" + builders: {
			"Unable to import the role Use of project Payments", "does not have the role", "belongs to: " + kim,
		},
	} {
		rows["import of member "+id] = fails(member("m", byDN, use, `trustee = "`+builders+`"`)+
			importOf(memberResource, id), words...)
	}
	acctest.Refused(t, env, rows)
	checkCount(t, env, updatePath, 0)
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
