package rights_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestAccTheMatrixOfAllHasProjectsWithNamesThatNobodyCouldType(t *testing.T) {
	w := simulator.World{Users: []simulator.User{{Name: "admin", Admin: true}}}
	want := map[string]knownvalue.Check{}
	for _, dn := range []string{matrixProjects + "Trailing ", " " + matrixProjects + "Leading", matrixProjects + "Con\ttrol", `\TPP\Code Signing\Projects\Root`, matrixProjects + "Usual"} {
		w.Projects = append(w.Projects, simulator.Project{DN: dn})
		want[dn] = knownvalue.MapSizeExact(0)
	}
	env := acctest.Start(t, w)
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("admin")+matrixData(""), matrixIs("by_object", knownvalue.MapExact(want))))
}

func TestAccASlipInOneOfTheDNsSaysInWhichOne(t *testing.T) {
	env := acctest.Start(t, matrixWorld())
	acctest.Test(t, env, acctest.Fails(env.ProviderConfig("admin")+matrixData(dns(matrixProjects+"Web", matrixProjects+"Payments ")),
		"Invalid DN", "dns = ", "The value of dns[1] is wrong: the DN has blanks"))
	if n := len(env.Server.Requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}
