package rights_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestAccObjectRights_UnusualNames(t *testing.T) {
	w := objectWorld()
	names := []string{`The "new" one`, "Größe 日本", "a'b;--", strings.Repeat("x", 255-len(projects)), "tab%20&<b>"}
	for _, name := range names {
		w.Projects = append(w.Projects, simulator.Project{Name: name, Owners: []string{"jane"}})
	}
	env := acctest.Start(t, w)
	config := []string{env.ProviderConfig("admin")}
	var checks []statecheck.StateCheck
	for i, name := range names {
		row := fmt.Sprintf("row%d", i)
		config = append(config, strings.Replace(objectData(projects+name, ""), `"it"`, strconv.Quote(row), 1))
		checks = append(checks, statecheck.ExpectKnownValue("data.codesign_object_rights."+row,
			tfjsonpath.New("rights"), list(objectEntry(jane, "local", 8, "Owner"))))
	}
	acctest.Test(t, env, acctest.Applies(strings.Join(config, ""), checks...))
}

func TestAccObjectRights_InvalidDN(t *testing.T) {
	env := acctest.Start(t, objectWorld())
	rows := map[string]resource.TestStep{}
	for name, c := range map[string]struct{ dn, complaint string }{
		"leading blanks":       {"  " + projects + "Payments", "begins or ends with a space"},
		"a trailing backslash": {projects + `Payments\`, "ends with a backslash"},
		"256 characters":       {projects + strings.Repeat("x", 256-len(projects)), "256 characters"},
		"only a name":          {"Payments", "is only a name"},
		"an empty string":      {"", "the DN is empty"},
	} {
		rows[name] = acctest.Fails(objectBlock(env, "admin", c.dn, ""), "Invalid DN", "dn = ", c.complaint)
	}
	acctest.Refused(t, env, rows)
	if n := len(env.Server.Requests()); n != 0 {
		t.Errorf("%d requests, want none", n)
	}
}

func TestAccObjectRights_InvalidDNKnownAtApply(t *testing.T) {
	env := acctest.Start(t, objectWorld())
	late := strings.Replace(objectBlock(env, "admin", "late", ""), `"late"`, "terraform_data.late.output", 1)
	acctest.Test(t, env, acctest.Fails(late+"resource \"terraform_data\" \"late\" {\n  input = \"Payments\"\n}\n",
		"Invalid DN", "dn = terraform_data", "only a name"))
	if n := len(env.Server.Requests()); n != 0 {
		t.Errorf("%d requests, want none", n)
	}
}

func TestObjectRights_IgnoresCase(t *testing.T) {
	other := strings.ToLower(projects + "Payments")
	readsObject(t, objectWorld(), other, nil,
		objectIs("dn", knownvalue.StringExact(other)), objectIs("rights", knownvalue.ListSizeExact(2)))
}

func TestAccObjectRights_Errors(t *testing.T) {
	env := acctest.Start(t, objectWorld())
	rows := map[string]resource.TestStep{}
	for name, c := range map[string]struct {
		config string
		words  []string
	}{
		"missing object": {
			objectBlock(env, "admin", projects+"Nothing", ""),
			[]string{"Unable to read the rights on", "dn = ", "ObjectNotFound (7)", "Compare it with the name in the " +
				"product's user interface"},
		},
		"object of another type": {
			objectBlock(env, "admin", `\VED\Code Signing\Projects`, ""),
			[]string{
				"Unable to read the rights on", "dn = ", "IncorrectObjectType (8)",
				"projects, applications and collections",
			},
		},
		"not an administrator": {
			objectBlock(env, "jane", projects+"Payments", ""),
			[]string{"dn = ", "InsufficientPermission (2)", "Only a Code Signing Administrator may read"},
		},
		"missing scope": {
			env.ScopedProviderConfig("admin", "codesign;configuration") + objectData(projects+"Payments", ""),
			[]string{"lacks the scope", "codesign:admin", "the provider's `scope` argument"},
		},
	} {
		rows[name] = acctest.Fails(c.config, c.words...)
	}
	acctest.Refused(t, env, rows)
}

func TestAccObjectRights_UnknownProvider(t *testing.T) {
	env := acctest.Start(t, objectWorld())
	config := func(arguments string) string {
		return fmt.Sprintf(`
resource "terraform_data" "url" {
  input = %q
}
provider "codesign" {
  url          = terraform_data.url.output
  access_token = %q
}
`, env.URL, env.Server.Token("admin", "")) + objectData(projects+"Payments", arguments)
	}
	acctest.Test(t, env,
		acctest.Fails(config(""), "argument url", "depends_on"),
		acctest.Applies(config("depends_on = [terraform_data.url]"), objectIs("rights", knownvalue.ListSizeExact(2))),
	)
}

func TestObjectRights_WarnsOfUnresolvedTrustees(t *testing.T) {
	w := objectWorld()
	crowd := map[string]int{}
	for i := range 30 {
		crowd[fmt.Sprintf("local:{%08d-0000-1111-2222-bbbbbbbbbbbb}", i)] = 2
	}
	w.Projects = append(w.Projects, simulator.Project{Name: "Crowd", Owners: []string{"jane"}, Rights: crowd})
	for name, c := range map[string]struct {
		project, scope string
		words          []string
	}{
		"one deleted identity": {
			"Orphaned", "", []string{"1 of the trustees", deleted, "deleted from their directory"},
		},
		"many deleted identities": {"Crowd", "", []string{"30 of the trustees", "and 10 more"}},
		"missing scope": {
			"Crowd", "codesign:admin", []string{"31 of the trustees", "and 11 more", "the scope `configuration`"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, w)
			state, diagnostics := env.Protocol(t, env.Server.Token("admin", c.scope)).Read("codesign_object_rights",
				map[string]tftypes.Value{
					"dn":                 tftypes.NewValue(tftypes.String, projects+c.project),
					"resolve_identities": tftypes.NewValue(tftypes.Bool, true),
				})
			if len(diagnostics) != 1 ||
				!strings.HasPrefix(diagnostics[0], "WARNING: Unable to resolve some trustees") ||
				state["rights"].IsNull() {
				t.Fatalf("got %q, state %v", diagnostics, state)
			}
			for _, word := range c.words {
				if !strings.Contains(diagnostics[0], word) {
					t.Errorf("got %s, want %q in it", diagnostics[0], word)
				}
			}
		})
	}
}

// An incomplete answer must not be read as an empty list.
func TestObjectRights_AnswerWithoutList(t *testing.T) {
	for body, says := range map[string]string{
		`{"Result":1}`:                   "no rights list in the answer",
		`{"Result":1,"Success":null}`:    "no rights list in the answer",
		`{"Result":0,"Success":true}`:    "no rights list in the answer",
		`{"Result":0}`:                   "None (0)",
		`{"RightsList":null,"Result":1}`: "no rights list in the answer",
	} {
		t.Run(body, func(t *testing.T) {
			_, diagnostics := answering(t, body).Read("codesign_object_rights", payments())
			if len(diagnostics) != 1 || !strings.HasPrefix(diagnostics[0], "ERROR: Unable to read the rights on") ||
				!strings.Contains(diagnostics[0], says) {
				t.Errorf("got diagnostics %q, want %q", diagnostics, says)
			}
		})
	}
}

func TestObjectRights_EmptyList(t *testing.T) {
	for _, body := range []string{`{"RightsList":[],"Result":1}`, `{"Result":1,"Success":true}`} {
		t.Run(body, func(t *testing.T) {
			answering(t, body).Reads("codesign_object_rights", payments(), objectIs("rights", list()))
		})
	}
}

// answering is a provider of a server that answers each read of the rights with a body.
func answering(t *testing.T, body string) *acctest.Protocol {
	t.Helper()
	env := acctest.Start(t, objectWorld())
	env.Server.Inject(simulator.Fault{
		Path: "Codesign/GetObjectRights", Kind: simulator.Other500, Status: 200, Body: body,
	})
	return env.Protocol(t, env.Server.Token("admin", ""))
}

func payments() acctest.Arguments {
	return acctest.Arguments{"dn": acctest.String(projects + "Payments")}
}
