package project_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
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

func TestAccProjectStatus_NamesOfDifferentProjects(t *testing.T) {
	const dn, sameGUID, number = `dn = "\\VED\\Code Signing\\Projects\\Payments"`,
		`guid = "{0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0}"`, "project_id = 4711"
	env, provider := start(t, manyProjects(), "adam")
	fails := func(names string, words ...string) resource.TestStep {
		return acctest.Fails(provider+statusConfigOf(names, "Enabled"), words...)
	}
	anotherNumber := fails(dn+"\n"+sameGUID+"\n project_id = 12", "Names of different projects", "project_id =")
	acctest.Test(t, env,
		fails(dn+"\n guid = \"0f1e2d3c-0000-0000-0000-000000000012\"\n"+number, "Names of different projects",
			"guid ="),
		anotherNumber,
		fails(dn+"\n"+number, "Exactly one of these attributes must be configured", "dn,guid,project_id"),
		resource.TestStep{Config: provider + statusConfig("Enabled")},
		anotherNumber, // of a project that is managed already
	)
}
