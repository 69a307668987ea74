package rights_test

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// An audit that shows nobody by mistake is worse than none.
func TestAccAnAnswerWithoutAListIsNotNobody(t *testing.T) {
	for body, says := range map[string]string{
		`{"Result":1}`:                   "no rights list in the answer",
		`{"Result":1,"Success":null}`:    "no rights list in the answer",
		`{"Result":0,"Success":true}`:    "no rights list in the answer",
		`{"Result":0}`:                   "None (0)",
		`{"RightsList":null,"Result":1}`: "no rights list in the answer",
	} {
		t.Run(body, func(t *testing.T) {
			env := acctest.Start(t, objectWorld())
			env.Server.Inject(simulator.Fault{Path: "Codesign/GetObjectRights", Kind: simulator.Other500, Status: 200, Body: body})
			acctest.Test(t, env, acctest.Fails(objectBlock(env, "admin", objectProjects+"Payments", ""), "Could not read the rights on", says))
		})
	}
}

func TestAccAnEmptyListIsNobody(t *testing.T) {
	for _, body := range []string{`{"RightsList":[],"Result":1}`, `{"Result":1,"Success":true}`} {
		t.Run(body, func(t *testing.T) {
			env := acctest.Start(t, objectWorld())
			env.Server.Inject(simulator.Fault{Path: "Codesign/GetObjectRights", Kind: simulator.Other500, Status: 200, Body: body})
			acctest.Test(t, env, acctest.Applies(objectBlock(env, "admin", objectProjects+"Payments", ""), objectIs("rights", list())))
		})
	}
}
