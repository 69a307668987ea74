package accesstoken_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	typeName = "codesign_access_token"
	password = "vault-9f2c-unmistakable"
	jwt      = "opaque-jwt-1b7d-unmistakable"
	payments = `\VED\Code Signing\Projects\Payments`
)

// needs are the CLIs with ephemeral resources; OpenTofu 1.10 also passes this check.
var needs = []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_10_0)}

func TestMain(m *testing.M) { acctest.Main(m) }

func world() simulator.World {
	return simulator.World{
		Users: []simulator.User{
			{Name: "robot", Password: password, Admin: true},
			{Name: "pipeline", JWTs: []string{jwt}, ProjectApprover: true},
		},
		Projects: []simulator.Project{{Name: "Payments", Status: "Enabled"}},
	}
}

// provider is a provider block with the password grant of robot.
func provider(env *acctest.Env) string {
	return fmt.Sprintf("provider \"codesign\" {\n  url          = %q\n  tpp_username = \"local:robot\"\n"+
		"  tpp_password = %q\n}\n", env.URL, password)
}

// narrow is an aliased provider that uses the token, and a data source of it.
func narrow(env *acctest.Env, arguments string) string {
	return fmt.Sprintf(`
ephemeral "codesign_access_token" "narrow" {
  %s
}

provider "codesign" {
  alias        = "narrow"
  url          = %q
  access_token = ephemeral.codesign_access_token.narrow.access_token
}

data "codesign_project" "it" {
  provider = codesign.narrow
  dn       = %q
}
`, arguments, env.URL, payments)
}

// robot is a provider with the password grant, called by protocol.
func robot(t *testing.T, env *acctest.Env) *acctest.Protocol {
	t.Helper()
	return env.ProtocolWith(t, acctest.Arguments{
		"tpp_username": acctest.String("local:robot"), "tpp_password": acctest.String(password),
	})
}

func value(t *testing.T, v tftypes.Value) string {
	t.Helper()
	var s *string
	if err := v.As(&s); err != nil {
		t.Fatal(err)
	}
	if s == nil {
		return "null"
	}
	return *s
}

// issuedAndRevoked counts the tokens of a client ID.
func issuedAndRevoked(env *acctest.Env, api string) (issued, revoked int) {
	for _, e := range env.Server.Journal() {
		switch {
		case e.Object != api:
		case e.Kind == simulator.EventTokenIssued:
			issued++
		case e.Kind == simulator.EventTokenRevoked:
			revoked++
		}
	}
	return issued, revoked
}

// refreshToken obtains a refresh token for robot.
func refreshToken(t *testing.T, env *acctest.Env) string {
	t.Helper()
	body := fmt.Sprintf(`{"client_id":"narrow","username":"local:robot","password":%q,"scope":"codesign"}`, password)
	resp, err := http.Post(env.URL+"/vedauth/authorize/oauth", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var granted struct {
		RefreshToken string `json:"refresh_token"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&granted); err != nil || granted.RefreshToken == "" {
		t.Fatal("no refresh token:", resp.Status, err)
	}
	return granted.RefreshToken
}
