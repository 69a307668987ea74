package accesstoken_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// grants counts the tokens that were issued and revoked.
func grants(server *simulator.Server) (issued, revoked int) {
	for _, e := range server.Journal() {
		switch e.Kind {
		case simulator.EventTokenIssued:
			issued++
		case simulator.EventTokenRevoked:
			revoked++
		}
	}
	return issued, revoked
}

func failing(env *acctest.Env) string {
	return requires + provider(env) + fmt.Sprintf(`
ephemeral "codesign_access_token" "narrow" {
  client_id = "narrow"
  scope     = "codesign"
}

provider "codesign" {
  alias        = "narrow"
  url          = %q
  access_token = ephemeral.codesign_access_token.narrow.access_token
}

resource "codesign_project_status" "it" {
  provider = codesign.narrow
  dn       = "\\VED\\Code Signing\\Projects\\Payments"
  status   = "Disabled"
}
`, env.URL)
}

const requires = `terraform {
  required_providers {
    codesign = { source = "codesign-tf/codesign" }
  }
}
`

// The CLI does not close an ephemeral resource if a resource that uses it fails. Then the provider
// revokes the token when its process ends.
func TestAccAccessToken_RevokedAfterFailedApply(t *testing.T) {
	env := acctest.Start(t, world())
	cli := acctest.InstalledCLI(t)
	if err := cli.Write("main.tf", failing(env)); err != nil {
		t.Fatal(err)
	}
	if _, err := cli.Do(t.Context(), "init", "-input=false"); err != nil {
		t.Fatal(err)
	}
	result, err := cli.Run(t.Context(), "apply", "-input=false", "-auto-approve")
	if err != nil {
		t.Fatal(err)
	}
	if result.Code == 0 || !strings.Contains(result.Stderr, "codesign:manage") {
		t.Fatalf("apply: got exit code %d: %s", result.Code, result.Stderr)
	}
	if issued, revoked := issuedAndRevoked(env, "narrow"); issued == 0 || issued != revoked {
		t.Errorf("got %d tokens, %d revoked, want all revoked", issued, revoked)
	}
	if issued, revoked := grants(env.Server); issued != revoked {
		t.Errorf("got %d grants, %d revoked, want all revoked", issued, revoked)
	}
}

// Each process revokes the grants that it obtained, except that of a shared refresh token file.
func TestAccProvider_RevokesGrantsAtExit(t *testing.T) {
	for name, login := range map[string]func(env *acctest.Env) string{
		"password": func(*acctest.Env) string {
			return fmt.Sprintf("tpp_username = \"local:robot\"\n  tpp_password = %q", password)
		},
		"JWT file": func(*acctest.Env) string {
			return fmt.Sprintf("external_jwt_file = %q", secretFile(t, jwt))
		},
		"refresh token file": func(env *acctest.Env) string {
			return fmt.Sprintf("client_id = \"narrow\"\n  refresh_token_file = %q", secretFile(t, refreshToken(t, env)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, world())
			cli := acctest.InstalledCLI(t)
			config := requires + fmt.Sprintf("provider \"codesign\" {\n  url = %q\n  %s\n}\n"+
				"data \"codesign_project\" \"it\" {\n  dn = %q\n}\noutput \"status\" {\n"+
				"  value = data.codesign_project.it.status\n}\n", env.URL, login(env), payments)
			if err := cli.Write("main.tf", config); err != nil {
				t.Fatal(err)
			}
			for _, args := range [][]string{
				{"init", "-input=false"},
				{"plan", "-input=false", "-out=plan.bin"},
				{"apply", "-input=false", "plan.bin"},
			} {
				if _, err := cli.Do(t.Context(), args...); err != nil {
					t.Fatal(err)
				}
			}
			issued, revoked := grants(env.Server)
			switch {
			case name == "refresh token file" && revoked != 0:
				t.Errorf("got %d shared grants revoked, want none", revoked)
			case name != "refresh token file" && (issued == 0 || issued != revoked):
				t.Errorf("got %d grants, %d revoked, want all revoked", issued, revoked)
			}
		})
	}
}

func secretFile(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
