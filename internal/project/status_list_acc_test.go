package project_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

func TestAccProjectStatus_List(t *testing.T) {
	const listAddress = "codesign_project_status.all"
	env := acctest.Start(t, manyProjects())
	web := map[string]knownvalue.Check{"guid": knownvalue.StringExact("0f1e2d3c-0000-0000-0000-000000000012")}
	acctest.TestFrom(t, env, []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)},
		resource.TestStep{
			Query: true,
			Config: env.ProviderConfig("adam") + `
list "codesign_project_status" "all" {
  provider = codesign
  config {
    statuses = ["Enabled", "Pending"]
  }
}
`,
			QueryResultChecks: []querycheck.QueryResultCheck{
				querycheck.ExpectLength(listAddress, 2),
				querycheck.ExpectIdentity(listAddress, web),
				querycheck.ExpectResourceDisplayName(listAddress, queryfilter.ByResourceIdentity(web),
					knownvalue.StringExact("Web")),
			},
		})
}

const (
	allNames = `
  dn         = "\\VED\\Code Signing\\Projects\\Payments"
  guid       = "{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"
  project_id = 4711`
	importIt = `
import {
  to = codesign_project_status.p
  id = "4711"
}
`
)

func TestAccProjectStatus_GeneratedConfiguration(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	config := provider + statusConfigOf(allNames, "Enabled")
	acctest.Test(t, env, plans(config+importIt, plancheck.ResourceActionNoop))
	checkCount(t, env, writePath, 0)
}

func TestAccProjectStatus_NamesOfDifferentProjects(t *testing.T) {
	const dn, sameGUID, number = `dn = "\\VED\\Code Signing\\Projects\\Payments"`,
		`guid = "{0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0}"`, "project_id = 4711"
	for name, c := range map[string]struct {
		names string
		words []string
	}{
		"another guid": {
			dn + "\n guid = \"0f1e2d3c-0000-0000-0000-000000000012\"\n" + number,
			[]string{"Names of different projects", "guid ="},
		},
		"another number": {
			dn + "\n" + sameGUID + "\n project_id = 12",
			[]string{"Names of different projects", "project_id ="},
		},
		"two names": {
			dn + "\n" + number,
			[]string{"Exactly one of these attributes must be configured", "dn,guid,project_id"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, manyProjects(), "adam")
			acctest.Test(t, env, acctest.Fails(provider+statusConfigOf(c.names, "Enabled"), c.words...))
		})
	}
	t.Run("of a project that is managed already", func(t *testing.T) {
		env, provider := start(t, manyProjects(), "adam")
		acctest.Test(t, env,
			resource.TestStep{Config: provider + statusConfig("Enabled")},
			acctest.Fails(provider+statusConfigOf(dn+"\n"+sameGUID+"\n project_id = 12", "Enabled"),
				"Names of different projects", "project_id ="),
		)
	})
}
