package trusteerights_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/simulator"
)

const (
	projects = `\VED\Code Signing\Projects\`
	tools    = `\VED\Code Signing\Signing Applications\signtool`
)

func world() simulator.World {
	return simulator.World{
		Users: []simulator.User{{Name: "admin", Admin: true}, {Name: "apps", ApplicationAdmin: true}, {Name: "jane"}, {Name: "idle"}},
		Projects: []simulator.Project{
			{Name: "Web", KeyUsers: []string{"jane"}, Rights: map[string]int{"jane": 256}},
			{Name: "Payments", Owners: []string{"jane"}, KeyUseApprovers: []string{"jane"}},
		},
		Applications: []simulator.Object{{Name: "signtool", Rights: map[string]int{"jane": 32}}},
	}
}

func block(env *acctest.Env, user, trustee string) string {
	return env.ProviderConfig(user) + data(trustee)
}

func data(trustee string) string {
	return fmt.Sprintf("data \"codesign_trustee_rights\" \"it\" {\n  trustee = %q\n}\n", trustee)
}

func is(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.codesign_trustee_rights.it", tfjsonpath.New(attribute), want)
}

func entry(dn string, value int64, rights ...string) knownvalue.Check {
	return knownvalue.ObjectExact(map[string]knownvalue.Check{
		"dn": knownvalue.StringExact(dn), "value": knownvalue.Int64Exact(value), "rights": acctest.Strings(rights...),
	})
}

func TestAccEverythingThatATrusteeMayTouch(t *testing.T) {
	for _, spelling := range []string{"", "Rightslist,Key", "map"} {
		t.Run(spelling, func(t *testing.T) {
			w := world()
			w.Settings.RightsSpelling = spelling
			env := acctest.Start(t, w)
			acctest.Test(t, env, acctest.Applies(block(env, "apps", env.Server.Trustee("jane")),
				is("rights", knownvalue.ListExact([]knownvalue.Check{
					entry(projects+"Payments", 72, "Owner", "ApproveUse"),
					entry(projects+"Web", 258, "Use", "Unknown (256)"),
					entry(tools, 32, "ApplicationAdmin"),
				})),
				is("by_right", knownvalue.MapExact(map[string]knownvalue.Check{
					"Use": acctest.Strings(projects + "Web"), "Owner": acctest.Strings(projects + "Payments"),
					"ApproveUse": acctest.Strings(projects + "Payments"), "ApplicationAdmin": acctest.Strings(tools),
					"Unknown (256)": acctest.Strings(projects + "Web"),
				})),
				is("by_object", knownvalue.MapExact(map[string]knownvalue.Check{
					projects + "Payments": acctest.Strings("Owner", "ApproveUse"),
					projects + "Web":      acctest.Strings("Use", "Unknown (256)"),
					tools:                 acctest.Strings("ApplicationAdmin"),
				})),
			))
		})
	}
}

func TestAccATrusteeWithoutRightsHasAnEmptyList(t *testing.T) {
	env := acctest.Start(t, world())
	acctest.Test(t, env, acctest.Applies(block(env, "admin", env.Server.Trustee("idle")),
		is("rights", knownvalue.ListSizeExact(0)), is("by_right", knownvalue.MapSizeExact(0)), is("by_object", knownvalue.MapSizeExact(0))))
}

func TestAccFailuresSayWhatToDo(t *testing.T) {
	env := acctest.Start(t, world())
	for name, c := range map[string]struct {
		config string
		words  []string
	}{
		"a bare name":          {block(env, "admin", "jane"), []string{"trustee = ", "must be a prefixed universal", "codesign_identity"}},
		"not an administrator": {block(env, "jane", "local:{0}"), []string{"trustee = ", "InsufficientPermission (2)", "or an application administrator"}},
		"the scope is missing": {
			env.ScopedProviderConfig("admin", "codesign") + data("local:{0}"),
			[]string{"lacks the scope", "codesign:admin", "the provider's `scope` argument"},
		},
	} {
		t.Run(name, func(t *testing.T) { acctest.Test(t, env, acctest.Fails(c.config, c.words...)) })
	}
}
