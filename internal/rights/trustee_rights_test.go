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

func trusteeWorld() simulator.World {
	return simulator.World{
		Users: []simulator.User{
			{Name: "admin", Admin: true}, {Name: "apps", ApplicationAdmin: true}, {Name: "jane"}, {Name: "idle"},
		},
		Projects: []simulator.Project{
			{Name: "Web", KeyUsers: []string{"jane"}, Rights: map[string]int{"jane": 256}},
			{Name: "Payments", Owners: []string{"jane"}, KeyUseApprovers: []string{"jane"}},
		},
		Applications: []simulator.Object{{Name: "signtool", Rights: map[string]int{"jane": 32}}},
	}
}

func trusteeBlock(env *acctest.Env, user, trustee string) string {
	return env.ProviderConfig(user) + trusteeData(trustee)
}

func trusteeData(trustee string) string {
	return fmt.Sprintf("data \"codesign_trustee_rights\" \"it\" {\n  trustee = %q\n}\n", trustee)
}

func trusteeIs(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.codesign_trustee_rights.it", tfjsonpath.New(attribute), want)
}

func trusteeEntry(dn string, value int64, rights ...string) knownvalue.Check {
	return knownvalue.ObjectExact(map[string]knownvalue.Check{
		"dn": knownvalue.StringExact(dn), "value": knownvalue.Int64Exact(value), "rights": acctest.Strings(rights...),
	})
}

func TestAccTrusteeRights_Attributes(t *testing.T) {
	env := acctest.Start(t, trusteeWorld())
	acctest.Test(t, env, acctest.Applies(trusteeBlock(env, "apps", env.Server.Trustee("jane")), rightsOfJane()...))
}

func rightsOfJane() []statecheck.StateCheck {
	return []statecheck.StateCheck{
		trusteeIs("rights", knownvalue.ListExact([]knownvalue.Check{
			trusteeEntry(projects+"Payments", 72, "Owner", "ApproveUse"),
			trusteeEntry(projects+"Web", 258, "Use", "Unknown (256)"),
			trusteeEntry(signtool, 32, "ApplicationAdmin"),
		})),
		trusteeIs("by_right", knownvalue.MapExact(map[string]knownvalue.Check{
			"Use": acctest.Strings(projects + "Web"), "Owner": acctest.Strings(projects + "Payments"),
			"ApproveUse": acctest.Strings(projects + "Payments"), "ApplicationAdmin": acctest.Strings(signtool),
			"Unknown (256)": acctest.Strings(projects + "Web"),
		})),
		trusteeIs("by_object", knownvalue.MapExact(map[string]knownvalue.Check{
			projects + "Payments": acctest.Strings("Owner", "ApproveUse"),
			projects + "Web":      acctest.Strings("Use", "Unknown (256)"),
			signtool:              acctest.Strings("ApplicationAdmin"),
		})),
	}
}

// readsTrustee reads the rights of a user without a CLI.
func readsTrustee(t *testing.T, w simulator.World, as, of string, checks ...statecheck.StateCheck) {
	t.Helper()
	env := acctest.Start(t, w)
	env.Protocol(t, env.Server.Token(as, "")).Reads("codesign_trustee_rights",
		acctest.Arguments{"trustee": acctest.String(env.Server.Trustee(of))}, checks...)
}

func TestTrusteeRights_AnswerSpellings(t *testing.T) {
	for _, spelling := range []string{"Rightslist,Key", "map"} {
		t.Run(spelling, func(t *testing.T) {
			w := trusteeWorld()
			w.Settings.RightsSpelling = spelling
			readsTrustee(t, w, "apps", "jane", rightsOfJane()...)
		})
	}
}

func TestTrusteeRights_NoRights(t *testing.T) {
	readsTrustee(t, trusteeWorld(), "admin", "idle",
		trusteeIs("rights", knownvalue.ListSizeExact(0)), trusteeIs("by_right", knownvalue.MapSizeExact(0)),
		trusteeIs("by_object", knownvalue.MapSizeExact(0)))
}

func TestAccTrusteeRights_Errors(t *testing.T) {
	env := acctest.Start(t, trusteeWorld())
	rows := map[string]resource.TestStep{}
	for name, c := range map[string]struct {
		config string
		words  []string
	}{
		"only a name": {trusteeBlock(env, "admin", "jane"), []string{"trustee = ", "must be a prefixed " +
			"universal", "codesign_identity"}},
		"not an administrator": {
			trusteeBlock(env, "jane", "local:{0}"), []string{
				"trustee = ", "InsufficientPermission (2)", "or an application administrator",
			},
		},
		"missing scope": {
			env.ScopedProviderConfig("admin", "codesign") + trusteeData("local:{0}"),
			[]string{"lacks the scope", "codesign:admin", "the provider's `scope` argument"},
		},
	} {
		rows[name] = acctest.Fails(c.config, c.words...)
	}
	acctest.Refused(t, env, rows)
}
