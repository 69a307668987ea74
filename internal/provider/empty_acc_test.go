package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

func TestAccProvider_EmptyArgumentIsOneError(t *testing.T) {
	env := acctest.Start(t, world())
	cli := acctest.InstalledCLI(t, "VENAFI_USER=adam")
	configured := func(arguments string) string {
		return requirement + block(fmt.Sprintf("  url = %q\n  %s", env.URL, arguments)) + rights
	}
	initialize(t, cli, configured(""))
	for argument, arguments := range map[string]string{
		"access_token":       `access_token = ""`,
		"refresh_token_file": `refresh_token_file = " "`,
		"tpp_password":       "tpp_username = \"adam\"\n  tpp_password = \"\"",
		"external_jwt":       `external_jwt = ""`,
	} {
		write(t, cli, configured(arguments))
		result, err := cli.Run(t.Context(), "plan", "-input=false", "-no-color")
		if err != nil {
			t.Fatal(err)
		}
		said := result.Stdout + result.Stderr
		if strings.Count(said, "Error: ") != 1 || !strings.Contains(said, "Error: "+argument+" is empty") {
			t.Errorf("%s: %s", argument, said)
		}
	}
}
