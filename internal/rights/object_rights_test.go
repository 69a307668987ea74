package rights_test

import (
	"fmt"
	"maps"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func objectWorld() simulator.World {
	return simulator.World{
		Users: []simulator.User{
			{Name: "admin", Admin: true},
			{Name: "jane", FullName: "Jane Doe", Universal: "aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb"},
		},
		Groups: []simulator.Group{
			{Name: "ops", FullName: "Operations", Prefix: "AD+CORP", Universal: "00112233-4455-6677-8899-aabbccddeeff"},
		},
		Projects: []simulator.Project{
			{
				Name: "Payments", Owners: []string{"jane"}, KeyUseApprovers: []string{"jane"},
				KeyUsers: []string{"ops"}, Rights: map[string]int{"ops": 128 | 1<<30},
			},
			{Name: "Orphaned", Auditors: []string{deleted}, Owners: []string{"jane"}},
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
	return statecheck.ExpectKnownValue("data.codesign_object_rights.it", tfjsonpath.New(attribute), want)
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
	for attribute, value := range map[string]string{"name": name, "full_name": fullName, "kind": kind} {
		e[attribute] = knownvalue.StringExact(value)
	}
	return e
}

func list(entries ...map[string]knownvalue.Check) knownvalue.Check {
	checks := make([]knownvalue.Check, 0, len(entries))
	for _, e := range entries {
		checks = append(checks, knownvalue.ObjectExact(e))
	}
	return knownvalue.ListExact(checks)
}

// resolving is the argument that asks for the identities.
var resolving = acctest.Arguments{"resolve_identities": tftypes.NewValue(tftypes.Bool, true)}

// readsObject reads the rights on an object as admin without a CLI.
func readsObject(
	t *testing.T, w simulator.World, dn string, more acctest.Arguments, checks ...statecheck.StateCheck,
) *acctest.Env {
	t.Helper()
	env := acctest.Start(t, w)
	arguments := acctest.Arguments{"dn": acctest.String(dn)}
	maps.Copy(arguments, more)
	env.Protocol(t, env.Server.Token("admin", "")).Reads("codesign_object_rights", arguments, checks...)
	return env
}

func TestAccObjectRights_Attributes(t *testing.T) {
	env := acctest.Start(t, objectWorld())
	acctest.Test(t, env, acctest.Applies(objectBlock(env, "admin", projects+"Payments", ""),
		objectIs("dn", knownvalue.StringExact(projects+"Payments")),
		objectIs("rights", list(
			objectEntry(ops, "AD+CORP", 2|128|1<<30, "Use", "Unknown (128)", "Unknown (1073741824)"),
			objectEntry(jane, "local", 72, "Owner", "ApproveUse"),
		)),
		objectIs("by_right", knownvalue.MapExact(map[string]knownvalue.Check{
			"Use": acctest.Strings(ops), "Owner": acctest.Strings(jane), "ApproveUse": acctest.Strings(jane),
			"Unknown (128)": acctest.Strings(ops), "Unknown (1073741824)": acctest.Strings(ops),
		})),
		objectIs("by_trustee", knownvalue.MapExact(map[string]knownvalue.Check{
			ops:  acctest.Strings("Use", "Unknown (128)", "Unknown (1073741824)"),
			jane: acctest.Strings("Owner", "ApproveUse"),
		})),
	))
}

func TestObjectRights_AnswerSpellings(t *testing.T) {
	for _, spelling := range []string{
		"", "Rightslist", "Key", "map", "Rightslist,Key", "Rightslist,map", "lower case members",
	} {
		t.Run(spelling, func(t *testing.T) {
			w := objectWorld()
			w.Settings.RightsSpelling, w.Settings.LowerCaseMembers = spelling, spelling == "lower case members"
			readsObject(t, w, projects+"Payments", nil, objectIs("rights", list(
				objectEntry(ops, "AD+CORP", 2|128|1<<30, "Use", "Unknown (128)", "Unknown (1073741824)"),
				objectEntry(jane, "local", 72, "Owner", "ApproveUse"),
			)))
		})
	}
}

func TestObjectRights_NoRights(t *testing.T) {
	for name, omitted := range map[string]bool{"sent as an empty list": false, "left out of the answer": true} {
		t.Run(name, func(t *testing.T) {
			w := objectWorld()
			w.Settings.RightsOmitEmpty = omitted
			readsObject(t, w, projects+"Empty", resolving,
				objectIs("rights", knownvalue.ListSizeExact(0)),
				objectIs("by_right", knownvalue.MapSizeExact(0)),
				objectIs("by_trustee", knownvalue.MapSizeExact(0)))
		})
	}
}

func TestObjectRights_ApplicationsAndCollections(t *testing.T) {
	const applications = `\VED\Code Signing\Signing Applications\`
	readsObject(t, objectWorld(), applications+"signtool", nil,
		objectIs("rights", list(objectEntry(jane, "local", 32, "ApplicationAdmin"))))
	readsObject(t, objectWorld(), applications+"Windows", nil,
		objectIs("rights", list(objectEntry(ops, "AD+CORP", 1, "Admin"))))
}

func TestObjectRights_ResolvesIdentities(t *testing.T) {
	readsObject(t, objectWorld(), projects+"Payments", resolving, objectIs("rights", list(
		identified(objectEntry(ops, "AD+CORP", 2|128|1<<30, "Use", "Unknown (128)", "Unknown (1073741824)"),
			"ops", "CN=Operations,CN=Users,DC=corp,DC=example", "group"),
		identified(objectEntry(jane, "local", 72, "Owner", "ApproveUse"), "jane", `\VED\Identity\jane`, "user"),
	)))
}

// The warning about the deleted identity does not fail the read.
func TestAccObjectRights_DeletedIdentity(t *testing.T) {
	env := acctest.Start(t, objectWorld())
	acctest.Test(t, env, acctest.Applies(objectBlock(env, "admin", projects+"Orphaned", "resolve_identities = true"),
		objectIs("rights", list(
			identified(objectEntry(jane, "local", 8, "Owner"), "jane", `\VED\Identity\jane`, "user"),
			objectEntry(deleted, "local", 4, "Audit"),
		))))
}

func TestObjectRights_WithoutIdentities(t *testing.T) {
	for name, more := range map[string]acctest.Arguments{
		"by default": nil, "as asked": {"resolve_identities": tftypes.NewValue(tftypes.Bool, false)},
	} {
		t.Run(name, func(t *testing.T) {
			env := readsObject(t, objectWorld(), projects+"Payments", more)
			if n := env.Server.Count("Identity/Validate"); n != 0 {
				t.Errorf("%d lookups, want none", n)
			}
		})
	}
}

func TestAccObjectRights_ReadsAgain(t *testing.T) {
	env := acctest.Start(t, objectWorld())
	config := objectBlock(env, "admin", projects+"New", "")
	acctest.Test(t, env,
		acctest.Fails(config, "ObjectNotFound"),
		resource.TestStep{
			PreConfig: func() { env.Server.AddProject(simulator.Project{Name: "New", Owners: []string{"jane"}}) },
			Config:    config, ConfigStateChecks: []statecheck.StateCheck{
				objectIs(
					"by_trustee", knownvalue.MapExact(map[string]knownvalue.Check{jane: acctest.Strings("Owner")}),
				),
			},
		},
	)
}

// The latency makes the reads overlap.
func TestObjectRights_SharesRequests(t *testing.T) {
	t.Parallel()
	env := acctest.Start(t, objectWorld())
	env.Server.Inject(simulator.Fault{Kind: simulator.Latency, Delay: time.Second})
	provider := env.Protocol(t, env.Server.Token("admin", ""))
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			state, diagnostics := provider.Read("codesign_object_rights", acctest.Arguments{
				"dn":                 acctest.String(projects + "Payments"),
				"resolve_identities": tftypes.NewValue(tftypes.Bool, true),
			})
			var entries []tftypes.Value
			if err := state["rights"].As(&entries); err != nil || len(entries) != 2 || len(diagnostics) > 0 {
				t.Errorf("%d entries, %v, %q", len(entries), err, diagnostics)
			}
		})
	}
	all.Wait()
	if n := env.Server.Count("Codesign/GetObjectRights"); n != 1 {
		t.Errorf("%d reads of the rights, want 1", n)
	}
	if n := env.Server.Count("Identity/Validate"); n != 2 {
		t.Errorf("%d lookups of two trustees, want 2", n)
	}
}
