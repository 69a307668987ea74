package rights_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	address        = "data.codesign_object_rights.it"
	objectProjects = `\VED\Code Signing\Projects\`
	objectJane     = "local:{aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb}"
	objectOps      = "AD+CORP:00112233445566778899aabbccddeeff"
	objectGone     = "local:{dddddddd-0000-1111-2222-bbbbbbbbbbbb}"
)

func objectWorld() simulator.World {
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
			{Name: "Orphaned", Auditors: []string{objectGone}, Owners: []string{"jane"}},
			{Name: "Empty"},
		},
		Applications: []simulator.Object{{Name: "signtool", Rights: map[string]int{"jane": 32}}},
		Collections:  []simulator.Object{{Name: "Windows", Rights: map[string]int{"ops": 1}}},
	}
}

// objectBlock is a configuration; arguments are HCL lines.
func objectBlock(env *acctest.Env, user, dn, arguments string) string {
	return env.ProviderConfig(user) + objectData(dn, arguments)
}

func objectData(dn, arguments string) string {
	return fmt.Sprintf("data \"codesign_object_rights\" \"it\" {\n  dn = %q\n  %s\n}\n", dn, arguments)
}

func objectIs(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), want)
}

// objectEntry is one element of rights, without an identity.
func objectEntry(trustee, prefix string, value int64, rights ...string) map[string]knownvalue.Check {
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
	env := acctest.Start(t, objectWorld())
	acctest.Test(t, env, acctest.Applies(objectBlock(env, "admin", objectProjects+"Payments", ""),
		objectIs("dn", knownvalue.StringExact(objectProjects+"Payments")),
		objectIs("rights", list(
			objectEntry(objectOps, "AD+CORP", 2|128|1<<30, "Use", "Unknown (128)", "Unknown (1073741824)"),
			objectEntry(objectJane, "local", 72, "Owner", "ApproveUse"),
		)),
		objectIs("by_right", knownvalue.MapExact(map[string]knownvalue.Check{
			"Use": acctest.Strings(objectOps), "Owner": acctest.Strings(objectJane), "ApproveUse": acctest.Strings(objectJane),
			"Unknown (128)": acctest.Strings(objectOps), "Unknown (1073741824)": acctest.Strings(objectOps),
		})),
		objectIs("by_trustee", knownvalue.MapExact(map[string]knownvalue.Check{
			objectOps: acctest.Strings("Use", "Unknown (128)", "Unknown (1073741824)"), objectJane: acctest.Strings("Owner", "ApproveUse"),
		})),
	))
}

func TestAccEverySpellingOfTheListGivesTheSameResult(t *testing.T) {
	for _, spelling := range []string{"", "Rightslist", "Key", "map", "Rightslist,Key", "Rightslist,map", "lower case members"} {
		t.Run(spelling, func(t *testing.T) {
			w := objectWorld()
			w.Settings.RightsSpelling, w.Settings.LowerCaseMembers = spelling, spelling == "lower case members"
			env := acctest.Start(t, w)
			acctest.Test(t, env, acctest.Applies(objectBlock(env, "admin", objectProjects+"Payments", ""), objectIs("rights", list(
				objectEntry(objectOps, "AD+CORP", 2|128|1<<30, "Use", "Unknown (128)", "Unknown (1073741824)"),
				objectEntry(objectJane, "local", 72, "Owner", "ApproveUse"),
			))))
		})
	}
}

func TestAccNoRightsAreAnEmptyListAndEmptyMaps(t *testing.T) {
	for name, omitted := range map[string]bool{"sent as an empty list": false, "left out of the answer": true} {
		t.Run(name, func(t *testing.T) {
			w := objectWorld()
			w.Settings.RightsOmitEmpty = omitted
			env := acctest.Start(t, w)
			acctest.Test(t, env, acctest.Applies(objectBlock(env, "admin", objectProjects+"Empty", "resolve_identities = true"),
				objectIs("rights", knownvalue.ListSizeExact(0)),
				objectIs("by_right", knownvalue.MapSizeExact(0)),
				objectIs("by_trustee", knownvalue.MapSizeExact(0)),
			))
		})
	}
}

func TestAccApplicationsAndCollectionsHaveRightsToo(t *testing.T) {
	env := acctest.Start(t, objectWorld())
	const applications = `\VED\Code Signing\Signing Applications\`
	acctest.Test(t, env,
		acctest.Applies(objectBlock(env, "admin", applications+"signtool", ""), objectIs("rights", list(objectEntry(objectJane, "local", 32, "ApplicationAdmin")))),
		acctest.Applies(objectBlock(env, "admin", applications+"Windows", ""), objectIs("rights", list(objectEntry(objectOps, "AD+CORP", 1, "Admin")))),
	)
}

func TestAccIdentitiesAreResolvedOnRequest(t *testing.T) {
	env := acctest.Start(t, objectWorld())
	acctest.Test(t, env, acctest.Applies(objectBlock(env, "admin", objectProjects+"Payments", "resolve_identities = true"), objectIs("rights", list(
		identified(objectEntry(objectOps, "AD+CORP", 2|128|1<<30, "Use", "Unknown (128)", "Unknown (1073741824)"), "ops", "CN=Operations,CN=Users,DC=corp,DC=example", "group"),
		identified(objectEntry(objectJane, "local", 72, "Owner", "ApproveUse"), "jane", `\VED\Identity\jane`, "user"),
	))))
}

func TestAccNobodyIsLookedUpWithoutRequest(t *testing.T) {
	env := acctest.Start(t, objectWorld())
	acctest.Test(t, env,
		acctest.Applies(objectBlock(env, "admin", objectProjects+"Payments", "")),
		acctest.Applies(objectBlock(env, "admin", objectProjects+"Payments", "resolve_identities = false")),
	)
	if n := env.Server.Count("Identity/Validate"); n != 0 {
		t.Errorf("%d lookups", n)
	}
}

func TestAccSomebodyWhoIsGoneKeepsNulls(t *testing.T) {
	env := acctest.Start(t, objectWorld())
	acctest.Test(t, env, acctest.Applies(objectBlock(env, "admin", objectProjects+"Orphaned", "resolve_identities = true"), objectIs("rights", list(
		identified(objectEntry(objectJane, "local", 8, "Owner"), "jane", `\VED\Identity\jane`, "user"),
		objectEntry(objectGone, "local", 4, "Audit"),
	))))
}

func TestAccWhatSomebodyChangesElsewhereIsReadAgain(t *testing.T) {
	env := acctest.Start(t, objectWorld())
	config := objectBlock(env, "admin", objectProjects+"New", "")
	acctest.Test(t, env,
		acctest.Fails(config, "ObjectNotFound"),
		resource.TestStep{
			PreConfig: func() { env.Server.AddProject(simulator.Project{Name: "New", Owners: []string{"jane"}}) },
			Config:    config, ConfigStateChecks: []statecheck.StateCheck{objectIs("by_trustee", knownvalue.MapExact(map[string]knownvalue.Check{objectJane: acctest.Strings("Owner")}))},
		},
	)
}
