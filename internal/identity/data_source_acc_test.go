package identity_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	jane  = "local:{aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb}"
	night = "AD+CORP:00112233445566778899aabbccddeeff"
)

// world has a jane in two directories, and a user and a group that share a name.
func world() simulator.World {
	return simulator.World{
		Users: []simulator.User{
			{Name: "admin", Admin: true},
			{Name: "jane", FullName: "Jane Doe", Universal: "aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb"},
			{Name: "janet", FullName: "Janet Roe"},
			{Name: "jane", FullName: "Jane Elsewhere", Prefix: "AD+CORP"},
			{Name: "release", FullName: "Release Robot"},
		},
		Groups: []simulator.Group{
			{Name: "release-team", FullName: "Release team"},
			{Name: "Release", FullName: "All who release", Universal: "ffffffff-0000-1111-2222-bbbbbbbbbbbb"},
			{
				Name: "night shift", FullName: "Night shift", Prefix: "AD+CORP",
				Universal: "00112233-4455-6677-8899-aabbccddeeff",
			},
		},
	}
}

func data(attribute, value string) string { return namedData("it", attribute, value) }

func namedData(name, attribute, value string) string {
	return fmt.Sprintf("data \"codesign_identity\" %q {\n  %s = %q\n}\n", name, attribute, value)
}

// shows checks all attributes, in the order of the names below.
func shows(block string, values ...string) []statecheck.StateCheck {
	var checks []statecheck.StateCheck
	for i, name := range []string{
		"name", "prefixed_name", "prefixed_universal", "full_name", "prefix", "universal", "kind",
	} {
		checks = append(checks, statecheck.ExpectKnownValue("data.codesign_identity."+block,
			tfjsonpath.New(name), knownvalue.StringExact(values[i])))
	}
	return checks
}

func TestAccIdentity_ByEachName(t *testing.T) {
	env := acctest.Start(t, world())
	local := []string{
		"jane", "local:jane", jane, `\VED\Identity\jane`, "local", "{aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb}", "user",
	}
	corp := []string{
		"night shift", "AD+CORP:night shift", night, "CN=Night shift,CN=Users,DC=corp,DC=example", "AD+CORP",
		"00112233445566778899aabbccddeeff", "group",
	}
	rows := []struct {
		attribute, value string
		want             []string
	}{
		{"name", "jane", local}, // in the directory of the caller
		{"prefixed_name", "local:jane", local},
		{"prefixed_universal", jane, local},
		{"prefixed_name", "AD+CORP:night shift", corp}, // in another directory
		{"prefixed_universal", night, corp},
		// name keeps its spelling
		{"name", "local:jane", append([]string{"local:jane"}, local[1:]...)},
		{"name", "JANE", append([]string{"JANE"}, local[1:]...)},
	}
	config := []string{env.ProviderConfig("admin")}
	var checks []statecheck.StateCheck
	for i, c := range rows {
		block := fmt.Sprintf("row%d", i)
		config = append(config, namedData(block, c.attribute, c.value))
		checks = append(checks, shows(block, c.want...)...)
	}
	acctest.Test(t, env, acctest.Applies(strings.Join(config, ""), checks...))
}

func TestAccIdentity_Errors(t *testing.T) {
	env := acctest.Start(t, world())
	both := data("name", "jane") + "\n"
	rows := map[string]resource.TestStep{}
	for name, c := range map[string]struct {
		config string
		words  []string
	}{
		"user and group of one name": {data("name", "release"), []string{
			"name = ", "is the name of several identities", `user local:release`,
			`local:{ffffffff-0000-1111-2222-bbbbbbbbbbbb}: group local:Release`,
		}},
		"part of a name": {
			data("name", "jan"), []string{"name = ", "no identity with the name", `local:jane`, `local:janet`},
		},
		"unknown name": {data("name", "zoe"), []string{"name = ", "no identity with the name", "`prefixed_name`"}},
		"unknown prefix": {
			data("prefixed_name", "AD+X:jane"), []string{"prefixed_name = ", `The server has no identity "AD+X:jane"`},
		},
		"unknown universal": {
			data("prefixed_universal", "local:{0}"), []string{"prefixed_universal = ", "The server has no identity"},
		},
		"no prefix": {
			data("prefixed_universal", "jane"), []string{
				"prefixed_universal = ", "must be a directory, a colon and an ID",
			},
		},
		"blank name": {data("name", " "), []string{"name = ", "must not be blank"}},
		"two names": {
			both[:len(both)-3] + "  prefixed_name = \"local:jane\"\n}\n", []string{
				"Exactly one of these attributes must be configured",
			},
		},
		"no name": {
			"data \"codesign_identity\" \"it\" {}\n", []string{"Exactly one of these attributes must be configured"},
		},
	} {
		rows[name] = acctest.Fails(env.ProviderConfig("admin")+c.config, c.words...)
	}
	config := env.ScopedProviderConfig("admin", "codesign:admin")
	for _, attribute := range []string{"name", "prefixed_name"} {
		rows["missing scope for "+attribute] = acctest.Fails(config+data(attribute, "local:jane"), "lacks the scope",
			"configuration", "`scope` argument")
	}
	acctest.Refused(t, env, rows)
}
