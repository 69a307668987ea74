package accesstoken_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

func readThrough() statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.codesign_project.it", tfjsonpath.New("status"),
		knownvalue.StringExact("Enabled"))
}

func TestAccAccessToken_AliasedProvider(t *testing.T) {
	for name, arguments := range map[string]string{
		"grant of the provider": `scope = "codesign"`,
		"grant of the block":    fmt.Sprintf("external_jwt = %q", jwt),
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, world())
			t.Cleanup(func() {
				issued, revoked := issuedAndRevoked(env, "narrow")
				if issued == 0 || issued != revoked {
					t.Errorf("got %d tokens, %d revoked, want all revoked", issued, revoked)
				}
			})
			acctest.TestFrom(
				t, env, needs, acctest.Applies(provider(env)+narrow(env, arguments+"\n  client_id = \"narrow\""),
					readThrough()),
			)
		})
	}
}

func TestAccAccessToken_Scope(t *testing.T) {
	env := acctest.Start(t, world())
	config := provider(env) + narrow(env, `scope = "codesign"`) + `
resource "codesign_project_status" "it" {
  provider = codesign.narrow
  dn       = "\\VED\\Code Signing\\Projects\\Payments"
  status   = "Disabled"
}
`
	acctest.TestFrom(t, env, needs, acctest.Fails(config, "lacks the scope", "codesign:manage"))
	if got := env.Server.ProjectStatus(payments); got != "Enabled" {
		t.Errorf("got status %s, want Enabled", got)
	}
}

func TestAccAccessToken_RefreshTokenFileIsShared(t *testing.T) {
	env := acctest.Start(t, world())
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte(refreshToken(t, env)), 0o600); err != nil {
		t.Fatal(err)
	}
	arguments := fmt.Sprintf("client_id = \"narrow\"\n  refresh_token_file = %q", file)
	acctest.TestFrom(t, env, needs, acctest.Applies(provider(env)+narrow(env, arguments), readThrough()))
	if n := env.Server.Count("vedauth/authorize/token"); n != 1 {
		t.Errorf("got %d exchanges of the refresh token, want 1", n)
	}
	if _, revoked := issuedAndRevoked(env, "narrow"); revoked != 0 {
		t.Errorf("got %d shared tokens revoked, want none", revoked)
	}
}

func TestAccAccessToken_Errors(t *testing.T) {
	env := acctest.Start(t, world())
	var steps []resource.TestStep
	for _, c := range []struct {
		config string
		words  []string
	}{
		{ // access_token in the provider
			env.ProviderConfig("robot") + narrow(env, ""),
			[]string{"No grant for the access token", "token from access_token", "tpp_username"},
		},
		{
			provider(env) + narrow(env, `tpp_username = "local:jane"`), []string{"tpp_password is missing"},
		},
		{
			provider(env) + narrow(env, "external_jwt = \"a\"\n  p12_cert_filename = \"b\""),
			[]string{"More than one authentication method", "p12_cert_filename and external_jwt"},
		},
		{provider(env) + narrow(env, `external_jwt_file = "no-such-file"`), []string{"no-such-file"}},
		{
			provider(env) + narrow(env, "tpp_username = \"local:robot\"\n  tpp_password = \"wrong\""),
			[]string{"Unable to obtain an access token", "password grant of local:robot"},
		},
	} {
		steps = append(steps, acctest.Fails(c.config, c.words...))
	}
	acctest.TestFrom(t, env, needs, steps...)
}

func TestAccAccessToken_Example(t *testing.T) {
	env := acctest.Start(t, world())
	example := strings.Replace(
		acctest.Example(t, "../../examples/ephemeral-resources/codesign_access_token/ephemeral-resource.tf"),
		"alias        = \"reader\"\n", fmt.Sprintf("alias = \"reader\"\n  url = %q\n", env.URL), 1)
	acctest.TestFrom(t, env, needs, acctest.Applies(provider(env)+example, statecheck.ExpectKnownOutputValue("enabled",
		acctest.Strings(payments))))
}
