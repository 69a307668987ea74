package objectrights_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/simulator"
)

const (
	address  = "data.codesign_object_rights.it"
	projects = `\VED\Code Signing\Projects\`
	jane     = "local:{aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb}"
	ops      = "AD+CORP:00112233445566778899aabbccddeeff"
	gone     = "local:{dddddddd-0000-1111-2222-bbbbbbbbbbbb}"
)

func world() simulator.World {
	return simulator.World{
		Users: []simulator.User{
			{Name: "admin", Admin: true},
			{Name: "jane", FullName: "Jane Doe", Universal: "aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb"},
		},
		Groups: []simulator.Group{{Name: "ops", FullName: "Operations", Prefix: "AD+CORP", Universal: "00112233-4455-6677-8899-aabbccddeeff"}},
		Projects: []simulator.Project{
			{
				Name: "Payments", Owners: []string{"jane"}, KeyUseApprovers: []string{"jane"}, KeyUsers: []string{"ops"},
				Rights: map[string]int{"ops": 128 | 1<<30},
			},
			{Name: "Orphaned", Auditors: []string{gone}, Owners: []string{"jane"}},
			{Name: "Empty"},
		},
		Applications: []simulator.Object{{Name: "signtool", Rights: map[string]int{"jane": 32}}},
		Collections:  []simulator.Object{{Name: "Windows", Rights: map[string]int{"ops": 1}}},
	}
}

// block is a configuration; arguments are HCL lines.
func block(env *acctest.Env, user, dn, arguments string) string {
	return env.ProviderConfig(user) + data(dn, arguments)
}

func data(dn, arguments string) string {
	return fmt.Sprintf("data \"codesign_object_rights\" \"it\" {\n  dn = %q\n  %s\n}\n", dn, arguments)
}

func is(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), want)
}

// entry is one element of rights, without an identity.
func entry(trustee, prefix string, value int64, rights ...string) map[string]knownvalue.Check {
	return map[string]knownvalue.Check{
		"trustee": knownvalue.StringExact(trustee), "prefix": knownvalue.StringExact(prefix),
		"value": knownvalue.Int64Exact(value), "rights": acctest.Strings(rights...),
		"name": knownvalue.Null(), "full_name": knownvalue.Null(), "kind": knownvalue.Null(),
	}
}

// identified adds what resolve_identities finds.
func identified(e map[string]knownvalue.Check, name, fullName, kind string) map[string]knownvalue.Check {
	e["name"], e["full_name"], e["kind"] = knownvalue.StringExact(name), knownvalue.StringExact(fullName), knownvalue.StringExact(kind)
	return e
}

func list(entries ...map[string]knownvalue.Check) knownvalue.Check {
	checks := make([]knownvalue.Check, 0, len(entries))
	for _, e := range entries {
		checks = append(checks, knownvalue.ObjectExact(e))
	}
	return knownvalue.ListExact(checks)
}

func TestAcc72IsOwnerAndApproveUseAndUnknownBitsSurvive(t *testing.T) {
	env := acctest.Start(t, world())
	acctest.Test(t, env, acctest.Applies(block(env, "admin", projects+"Payments", ""),
		is("dn", knownvalue.StringExact(projects+"Payments")),
		is("rights", list(
			entry(ops, "AD+CORP", 2|128|1<<30, "Use", "Unknown (128)", "Unknown (1073741824)"),
			entry(jane, "local", 72, "Owner", "ApproveUse"),
		)),
		is("by_right", knownvalue.MapExact(map[string]knownvalue.Check{
			"Use": acctest.Strings(ops), "Owner": acctest.Strings(jane), "ApproveUse": acctest.Strings(jane),
			"Unknown (128)": acctest.Strings(ops), "Unknown (1073741824)": acctest.Strings(ops),
		})),
		is("by_trustee", knownvalue.MapExact(map[string]knownvalue.Check{
			ops: acctest.Strings("Use", "Unknown (128)", "Unknown (1073741824)"), jane: acctest.Strings("Owner", "ApproveUse"),
		})),
	))
}

func TestAccEverySpellingOfTheListGivesTheSameResult(t *testing.T) {
	for _, spelling := range []string{"", "Rightslist", "Key", "map", "Rightslist,Key", "Rightslist,map", "lower case members"} {
		t.Run(spelling, func(t *testing.T) {
			w := world()
			w.Settings.RightsSpelling, w.Settings.LowerCaseMembers = spelling, spelling == "lower case members"
			env := acctest.Start(t, w)
			acctest.Test(t, env, acctest.Applies(block(env, "admin", projects+"Payments", ""), is("rights", list(
				entry(ops, "AD+CORP", 2|128|1<<30, "Use", "Unknown (128)", "Unknown (1073741824)"),
				entry(jane, "local", 72, "Owner", "ApproveUse"),
			))))
		})
	}
}

func TestAccNoRightsAreAnEmptyListAndEmptyMaps(t *testing.T) {
	for name, omitted := range map[string]bool{"sent as an empty list": false, "left out of the answer": true} {
		t.Run(name, func(t *testing.T) {
			w := world()
			w.Settings.RightsOmitEmpty = omitted
			env := acctest.Start(t, w)
			acctest.Test(t, env, acctest.Applies(block(env, "admin", projects+"Empty", "resolve_identities = true"),
				is("rights", knownvalue.ListSizeExact(0)),
				is("by_right", knownvalue.MapSizeExact(0)),
				is("by_trustee", knownvalue.MapSizeExact(0)),
			))
		})
	}
}

func TestAccApplicationsAndCollectionsHaveRightsToo(t *testing.T) {
	env := acctest.Start(t, world())
	const applications = `\VED\Code Signing\Signing Applications\`
	acctest.Test(t, env,
		acctest.Applies(block(env, "admin", applications+"signtool", ""), is("rights", list(entry(jane, "local", 32, "ApplicationAdmin")))),
		acctest.Applies(block(env, "admin", applications+"Windows", ""), is("rights", list(entry(ops, "AD+CORP", 1, "Admin")))),
	)
}

func TestAccIdentitiesAreResolvedOnRequest(t *testing.T) {
	env := acctest.Start(t, world())
	acctest.Test(t, env, acctest.Applies(block(env, "admin", projects+"Payments", "resolve_identities = true"), is("rights", list(
		identified(entry(ops, "AD+CORP", 2|128|1<<30, "Use", "Unknown (128)", "Unknown (1073741824)"), "ops", "CN=Operations,CN=Users,DC=corp,DC=example", "group"),
		identified(entry(jane, "local", 72, "Owner", "ApproveUse"), "jane", `\VED\Identity\jane`, "user"),
	))))
}

func TestAccNobodyIsLookedUpWithoutRequest(t *testing.T) {
	env := acctest.Start(t, world())
	acctest.Test(t, env,
		acctest.Applies(block(env, "admin", projects+"Payments", "")),
		acctest.Applies(block(env, "admin", projects+"Payments", "resolve_identities = false")),
	)
	if n := env.Server.Count("Identity/Validate"); n != 0 {
		t.Errorf("%d lookups", n)
	}
}

func TestAccSomebodyWhoIsGoneKeepsNulls(t *testing.T) {
	env := acctest.Start(t, world())
	acctest.Test(t, env, acctest.Applies(block(env, "admin", projects+"Orphaned", "resolve_identities = true"), is("rights", list(
		identified(entry(jane, "local", 8, "Owner"), "jane", `\VED\Identity\jane`, "user"),
		entry(gone, "local", 4, "Audit"),
	))))
}

func TestAccWhatSomebodyChangesElsewhereIsReadAgain(t *testing.T) {
	env := acctest.Start(t, world())
	config := block(env, "admin", projects+"New", "")
	acctest.Test(t, env,
		acctest.Fails(config, "ObjectNotFound"),
		resource.TestStep{
			PreConfig: func() { env.Server.AddProject(simulator.Project{Name: "New", Owners: []string{"jane"}}) },
			Config:    config, ConfigStateChecks: []statecheck.StateCheck{is("by_trustee", knownvalue.MapExact(map[string]knownvalue.Check{jane: acctest.Strings("Owner")}))},
		},
	)
}
