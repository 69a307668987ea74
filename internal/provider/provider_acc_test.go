package provider_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestMain(m *testing.M) { acctest.Main(m) }

const rights = `
data "codesign_object_rights" "p" {
  dn = "\\VED\\Code Signing\\Projects\\Payments"
}
`

func world() simulator.World {
	return simulator.World{
		Users:    []simulator.User{{Name: "adam", Password: "adam-password", Admin: true, Config: true}},
		Projects: []simulator.Project{{Name: "Payments", Status: "Enabled", Owners: []string{"adam"}}},
	}
}

func block(arguments string) string { return "provider \"codesign\" {\n" + arguments + "\n}\n" }

func TestAccProvider_InvalidArguments(t *testing.T) {
	env := acctest.Start(t, world())
	rows := map[string]resource.TestStep{}
	for name, c := range map[string]struct {
		arguments string
		words     []string
	}{
		"no url": {`access_token = "a-token"`, []string{"url is missing", "VENAFI_URL"}},
		"no authentication": {
			fmt.Sprintf(`url = %q`, env.URL), []string{"No authentication method", "access_token (VENAFI_TOKEN)"},
		},
		"plain http":          {"url = \"http://codesign.example.com\"\naccess_token = \"a-token\"", []string{"url =", "unencrypted", "loopback"}},
		"no scheme":           {"url = \"codesign.example.com\"\naccess_token = \"a-token\"", []string{"url =", "Write https://"}},
		"an empty port":       {"url = \"http://127.0.0.1:\"\naccess_token = \"a-token\"", []string{"url =", "port is empty"}},
		"another application": {"url = \"https://codesign.example.com/aperture\"\naccess_token = \"a-token\"", []string{"url =", "/aperture is the address of"}},
		"a token in quotes": {
			fmt.Sprintf("url = %q\naccess_token = \"\\\"a-token\\\"\"", env.URL),
			[]string{"access_token =", "in quotation marks"},
		},
		"a token after Bearer": {
			fmt.Sprintf("url = %q\naccess_token = \"Bearer a-token\"", env.URL),
			[]string{"access_token =", "word Bearer"},
		},
		"a JWT as a path": {
			fmt.Sprintf("url = %q\nexternal_jwt_file = \"eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln\"", env.URL),
			[]string{"external_jwt_file is not a path", "looks like a JWT"},
		},
		"a broken trust bundle": {
			fmt.Sprintf("url = %q\naccess_token = \"a-token\"\ntrust_bundle = \"-----BEGIN CERTIFICATE-----\"",
				env.URL),
			[]string{"trust_bundle =", "number 1, line 1"},
		},
		"two methods": {
			fmt.Sprintf("url = %q\naccess_token = \"a-token\"\ntpp_username = \"adam\"\ntpp_password = \"p\"", env.URL),
			[]string{"More than one authentication method", "access_token and tpp_username"},
		},
		"user without password": {fmt.Sprintf("url = %q\ntpp_username = \"adam\"", env.URL), []string{"tpp_password"}},
		"not a duration": {
			fmt.Sprintf("url = %q\naccess_token = \"a-token\"\nrequest_timeout = \"soon\"", env.URL),
			[]string{"request_timeout =", "must be a positive duration"},
		},
		"no concurrency": {
			fmt.Sprintf("url = %q\naccess_token = \"a-token\"\nmax_concurrent_requests = 0", env.URL),
			[]string{"max_concurrent_requests", "between 1 and 1000"},
		},
	} {
		rows[name] = acctest.Fails(block(c.arguments)+rights, c.words...)
	}
	acctest.Refused(t, env, rows)
}

func TestProvider_URLForms(t *testing.T) {
	env := acctest.Start(t, world())
	for _, end := range []string{"", "/", "/vedsdk", "/VEDSDK/"} {
		t.Run("with "+end, func(t *testing.T) {
			p := env.ProtocolWith(t, acctest.Arguments{
				"url": acctest.String(env.URL + end), "access_token": acctest.String(env.Server.Token("adam", "")),
			})
			p.Reads("codesign_object_rights", payments())
		})
	}
}

func TestAccProvider_PlanWithoutResourcesSendsNothing(t *testing.T) {
	env := acctest.Start(t, world())
	provider := block(fmt.Sprintf("url = %q\ntpp_username = \"adam\"\ntpp_password = \"wrong\"", env.URL))
	acctest.Test(t, env, resource.TestStep{Config: provider + `
resource "terraform_data" "other" {}
output "dn" { value = provider::codesign::dn("Code Signing", "Projects", "Payments") }
`})
	if n := len(env.Server.Requests()); n != 0 {
		t.Errorf("%d requests arrived", n)
	}
}

func TestAccProvider_ParallelReadsShareOneGrant(t *testing.T) {
	env := acctest.Start(t, world())
	provider := block(fmt.Sprintf("url = %q\ntpp_username = \"adam\"\ntpp_password = \"adam-password\"", env.URL))
	config := provider + `
data "codesign_object_rights" "p" {
  count = 20
  dn    = "\\VED\\Code Signing\\Projects\\Payments"
}
`
	logins := 0
	acctest.Test(t, env, resource.TestStep{Config: config, PlanOnly: true})
	for _, r := range env.Server.Requests() {
		if r.Path == "vedauth/authorize/oauth" {
			logins++
		}
	}
	// The test library plans twice, each time in another provider.
	if logins == 0 || logins > 2 {
		t.Errorf("%d logins", logins)
	}
}

func TestAccProvider_UnknownArgument(t *testing.T) {
	env := acctest.Start(t, world())
	unknown := `
resource "terraform_data" "token" { input = "` + env.Server.Token("adam", "") + `" }
` + block(fmt.Sprintf("url = %q\naccess_token = terraform_data.token.output", env.URL))
	deferred := unknown + `
data "codesign_object_rights" "p" {
  dn         = "\\VED\\Code Signing\\Projects\\Payments"
  depends_on = [terraform_data.token]
}
`
	acctest.Test(t, env,
		acctest.Fails(unknown+rights, "not known yet", "access_token", "depends_on"),
		resource.TestStep{Config: deferred, ConfigPlanChecks: resource.ConfigPlanChecks{
			PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
		}},
	)
}
