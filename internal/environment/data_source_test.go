package environment_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	project = `\VED\Code Signing\Projects\Payments`
	someone = "aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb"
)

var kinds = []string{"Certificate", "KeyPair", "CSP", "DotNet", "GPG", "Apple"}

func world() simulator.World {
	w := simulator.World{
		Users:    []simulator.User{{Name: "jane"}, {Name: "stranger"}},
		Projects: []simulator.Project{{Name: "Payments", Status: "Enabled", KeyUsers: []string{"jane"}}},
	}
	for i, kind := range kinds {
		w.Projects[0].Environments = append(w.Projects[0].Environments, simulator.Environment{
			Name: "Release " + kind, Kind: kind, ID: int64(100 + i),
			Template: `\VED\Code Signing\Environment Templates\T`,
			GUID:     strings.Replace(someone, "aaaaaaaa", fmt.Sprintf("aaaaaaa%d", i), 1), KeyAlgorithm: "RSA3072",
			Description: "about",
		})
	}
	return w
}

func block(argument string) string { return namedBlock("it", argument) }

func namedBlock(name, argument string) string {
	return fmt.Sprintf("data \"codesign_environment\" %q {\n  %s\n}\n", name, argument)
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `\`, `\\`) + `"` }

func is(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return namedIs("it", attribute, want)
}

func namedIs(name, attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.codesign_environment."+name, tfjsonpath.New(attribute), want)
}

func text(s string) knownvalue.Check { return knownvalue.StringExact(s) }

// reads reads an environment as jane without a CLI.
func reads(t *testing.T, w simulator.World, argument string, value tftypes.Value, checks ...statecheck.StateCheck) {
	t.Helper()
	env := acctest.Start(t, w)
	env.Protocol(t, env.Server.Token("jane", "")).
		Reads("codesign_environment", acctest.Arguments{argument: value}, checks...)
}

func readsByID(t *testing.T, w simulator.World, checks ...statecheck.StateCheck) {
	t.Helper()
	reads(t, w, "environment_id", tftypes.NewValue(tftypes.Number, 100), checks...)
}

func TestEnvironment_Kinds(t *testing.T) {
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			reads(t, world(), "dn", acctest.String(project+`\Release `+kind),
				is("kind", text(kind)), is("label", text(`Payments\Release `+kind)), is("status", text("Enabled")),
				is("template", text(`\VED\Code Signing\Environment Templates\T`)), is("key_algorithm", text("RSA3072")),
				is("description", text("about")), is("custom_fields", knownvalue.MapSizeExact(0)),
				is("ip_address_restriction", knownvalue.ListSizeExact(0)))
		})
	}
}

// A data source that is read in each plan shows a DN as it is configured.
func TestAccEnvironment_Names(t *testing.T) {
	env := acctest.Start(t, world())
	const dn = project + `\Release Apple`
	config := []string{env.ProviderConfig("jane")}
	var checks []statecheck.StateCheck
	for name, row := range map[string]struct{ argument, dn string }{
		"dn":               {"dn = " + quoted(dn), dn},
		"dn_in_other_case": {"dn = " + quoted(strings.ToLower(dn)), strings.ToLower(dn)},
		"guid":             {`guid = "{aaaaaaa5-0000-1111-2222-bbbbbbbbbbbb}"`, dn},
		"guid_in_upper":    {`guid = "AAAAAAA5-0000-1111-2222-BBBBBBBBBBBB"`, dn},
		"number":           {"environment_id = 105", dn},
		"number_as_text":   {`environment_id = "105"`, dn},
	} {
		config = append(config, namedBlock(name, row.argument))
		checks = append(checks, namedIs(name, "kind", text("Apple")), namedIs(name, "dn", text(row.dn)),
			namedIs(name, "environment_id", knownvalue.Int64Exact(105)),
			namedIs(name, "certificate_dn", text(`\VED\Policy\Code Signing\Payments Release Apple`)))
	}
	acctest.Test(t, env, acctest.Applies(strings.Join(config, ""), checks...))
}

func TestAccEnvironment_Errors(t *testing.T) {
	env := acctest.Start(t, world())
	steps := map[string]resource.TestStep{}
	for name, row := range map[string]struct {
		user, argument string
		words          []string
	}{
		"unknown": {
			"jane", "environment_id = 999", []string{
				"Unable to read environment 999", "environment_id", "ObjectNotFound (7)", "codesign_project lists",
			},
		},
		"a project": {
			"jane", "dn = " + quoted(project), []string{
				"Unable to read environment Payments", "IncorrectObjectType (8)", "DN of its project",
			},
		},
		"without role": {
			"stranger", "environment_id = 100", []string{
				"Unable to read environment 100", "InsufficientPermission (2)",
			},
		},
		"without name": {"jane", "", []string{"Exactly one of these attributes must be configured"}},
		"two names": {
			"jane", "environment_id = 100\n  guid = \"" + someone + "\"", []string{
				"Exactly one of these attributes must be configured",
			},
		},
		"not a DN": {"jane", `dn = "Payments"`, []string{"Invalid DN"}},
		"not a number": {
			"jane", `environment_id = 1.5`, []string{
				"Invalid environment ID", "environment_id = 1.5", "must be an integer",
			},
		},
		"negative":      {"jane", `environment_id = -1`, []string{"at least 1"}},
		"not a GUID":    {"jane", `guid = "x"`, []string{"Invalid GUID"}},
		"missing scope": {"", "environment_id = 100", []string{"lacks the scope", "codesign"}},
	} {
		config := env.ScopedProviderConfig("jane", "configuration")
		if row.user != "" {
			config = env.ProviderConfig(row.user)
		}
		steps[name] = acctest.Fails(config+block(row.argument), row.words...)
	}
	acctest.Refused(t, env, steps)
}
