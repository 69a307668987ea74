package environment_test

import (
	"fmt"
	"strings"
	"testing"

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

func block(argument string) string {
	return "data \"codesign_environment\" \"it\" {\n  " + argument + "\n}\n"
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `\`, `\\`) + `"` }

func is(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.codesign_environment.it", tfjsonpath.New(attribute), want)
}

func text(s string) knownvalue.Check { return knownvalue.StringExact(s) }

func TestAccEnvironment_Kinds(t *testing.T) {
	env := acctest.Start(t, world())
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			acctest.Test(t, env, acctest.Applies(
				env.ProviderConfig("jane")+block("dn = "+quoted(project+`\Release `+kind)),
				is("kind", text(kind)), is("label", text(`Payments\Release `+kind)), is("status", text("Enabled")),
				is("template", text(`\VED\Code Signing\Environment Templates\T`)), is("key_algorithm", text("RSA3072")),
				is("description", text("about")), is("custom_fields", knownvalue.MapSizeExact(0)),
				is("ip_address_restriction", knownvalue.ListSizeExact(0)),
			))
		})
	}
}

func TestAccEnvironment_Names(t *testing.T) {
	env := acctest.Start(t, world())
	for name, argument := range map[string]string{
		"dn":                     "dn = " + quoted(project+`\Release Apple`),
		"dn in another case":     "dn = " + quoted(strings.ToUpper(project+`\Release Apple`)),
		"guid":                   `guid = "{aaaaaaa5-0000-1111-2222-bbbbbbbbbbbb}"`,
		"guid in another form":   `guid = "AAAAAAA5-0000-1111-2222-BBBBBBBBBBBB"`,
		"environment_id":         "environment_id = 105",
		"environment_id as text": `environment_id = "105"`,
	} {
		t.Run(name, func(t *testing.T) {
			acctest.Test(t, env, acctest.Applies(
				env.ProviderConfig("jane")+block(argument), is("kind", text("Apple")), is("environment_id",
					knownvalue.Int64Exact(105)),
				is("certificate_dn", text(`\VED\Policy\Code Signing\Payments Release Apple`)),
			))
		})
	}
}

func TestAccEnvironment_Errors(t *testing.T) {
	env := acctest.Start(t, world())
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
		t.Run(name, func(t *testing.T) {
			config := env.ScopedProviderConfig("jane", "configuration")
			if row.user != "" {
				config = env.ProviderConfig(row.user)
			}
			acctest.Test(t, env, acctest.Fails(config+block(row.argument), row.words...))
		})
	}
}
