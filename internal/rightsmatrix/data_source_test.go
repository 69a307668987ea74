package rightsmatrix_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/simulator"
)

const (
	projects = `\VED\Code Signing\Projects\`
	tools    = `\VED\Code Signing\Signing Applications\signtool`
	jane     = "local:{aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb}"
	ops      = "AD+CORP:00112233445566778899aabbccddeeff"
	gone     = "local:{dddddddd-0000-1111-2222-bbbbbbbbbbbb}"
)

func world() simulator.World {
	return simulator.World{
		Users: []simulator.User{
			{Name: "admin", Admin: true},
			{Name: "jane", FullName: "Doe, Jane", Universal: "aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb"},
		},
		Groups: []simulator.Group{{Name: "ops|night", FullName: "=ops", Prefix: "AD+CORP", Universal: "00112233-4455-6677-8899-aabbccddeeff"}},
		Projects: []simulator.Project{
			{Name: "Web", KeyUsers: []string{"ops|night", gone}},
			{Name: "Payments", Owners: []string{"jane"}, KeyUseApprovers: []string{"jane"}, KeyUsers: []string{"ops|night"}},
			{Name: "Empty"},
		},
		Applications: []simulator.Object{{Name: "signtool", Rights: map[string]int{"jane": 32 | 256}}},
	}
}

func data(arguments string) string {
	return "data \"codesign_rights_matrix\" \"it\" {\n" + arguments + "\n}\n"
}

func dns(list ...string) string {
	quoted := make([]string, 0, len(list))
	for _, dn := range list {
		quoted = append(quoted, fmt.Sprintf("%q", dn))
	}
	return "dns = [" + strings.Join(quoted, ", ") + "]"
}

func is(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.codesign_rights_matrix.it", tfjsonpath.New(attribute), want)
}

type nested map[string]map[string][]string

func (n nested) check() knownvalue.Check {
	outer := map[string]knownvalue.Check{}
	for key, inner := range n {
		checks := map[string]knownvalue.Check{}
		for k, names := range inner {
			checks[k] = acctest.Strings(names...)
		}
		outer[key] = knownvalue.MapExact(checks)
	}
	return knownvalue.MapExact(outer)
}

func TestAccTheRightsOnManyObjects(t *testing.T) {
	env := acctest.Start(t, world())
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("admin")+data(dns(projects+"Payments", tools, projects+"Empty")),
		is("by_object", nested{
			projects + "Payments": {ops: {"Use"}, jane: {"Owner", "ApproveUse"}},
			projects + "Empty":    {},
			tools:                 {jane: {"ApplicationAdmin", "Unknown (256)"}},
		}.check()),
		is("by_trustee", nested{
			jane: {projects + "Payments": {"Owner", "ApproveUse"}, tools: {"ApplicationAdmin", "Unknown (256)"}},
			ops:  {projects + "Payments": {"Use"}},
		}.check()),
	))
}

func TestAccTheTablesOfEveryVisibleProject(t *testing.T) {
	env := acctest.Start(t, world())
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("admin")+data("resolve_identities = true"),
		is("dns", knownvalue.Null()),
		is("by_object", knownvalue.MapSizeExact(3)),
		is("markdown", knownvalue.StringExact(strings.Join([]string{
			`| Object | Use | Owner | ApproveUse |`,
			`| --- | --- | --- | --- |`,
			`| \VED\Code Signing\Projects\Empty |  |  |  |`,
			`| \VED\Code Signing\Projects\Payments | ops\|night | jane | jane |`,
			`| \VED\Code Signing\Projects\Web | ` + "`" + gone + "`" + `<br>ops\|night |  |  |`,
			``,
		}, "\n"))),
		is("csv", knownvalue.StringExact(strings.Join([]string{
			`dn,trustee,name,full_name,kind,value,rights`,
			`\VED\Code Signing\Projects\Empty,,,,,,`,
			`\VED\Code Signing\Projects\Payments,` + ops + `,ops|night,"CN==ops,CN=Users,DC=corp,DC=example",group,2,Use`,
			`\VED\Code Signing\Projects\Payments,` + jane + `,jane,\VED\Identity\jane,user,72,Owner;ApproveUse`,
			`\VED\Code Signing\Projects\Web,` + ops + `,ops|night,"CN==ops,CN=Users,DC=corp,DC=example",group,2,Use`,
			`\VED\Code Signing\Projects\Web,` + gone + `,,,,2,Use`,
			``,
		}, "\n"))),
	))
}

func TestAccWithoutResolvingTheTablesShowUniversals(t *testing.T) {
	env := acctest.Start(t, world())
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("admin")+data(dns(projects+"Payments")),
		is("markdown", knownvalue.StringExact("| Object | Use | Owner | ApproveUse |\n| --- | --- | --- | --- |\n| "+
			projects+"Payments | `"+ops+"` | `"+jane+"` | `"+jane+"` |\n"))))
	if n := env.Server.Count("Identity/Validate"); n != 0 {
		t.Errorf("%d lookups", n)
	}
}

func TestAccNoObjectsAreEmptyMaps(t *testing.T) {
	env := acctest.Start(t, world())
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("admin")+data(dns()),
		is("dns", knownvalue.ListSizeExact(0)), is("by_object", knownvalue.MapSizeExact(0)), is("by_trustee", knownvalue.MapSizeExact(0)),
		is("markdown", knownvalue.StringExact("| Object |\n| --- |\n"))))
}

func TestAccTheSpellingOfTheConfigurationIsTheKey(t *testing.T) {
	env := acctest.Start(t, world())
	lower := strings.ToLower(projects + "Payments")
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("admin")+data(dns(lower, projects+"Payments")),
		is("by_object", knownvalue.MapExact(map[string]knownvalue.Check{lower: knownvalue.MapSizeExact(2)}))))
}

func TestAccOneObjectThatCannotBeReadFailsTheWhole(t *testing.T) {
	env := acctest.Start(t, world())
	config := env.ProviderConfig("admin")
	for name, c := range map[string]struct {
		config string
		words  []string
	}{
		"two that are not there": {
			config + data(dns(projects+"Payments", projects+"Nothing", projects+"Empty", projects+"Nowhere")),
			[]string{"Could not read all of the rights", "dns = ", "2 of 4 objects", `Projects\Nothing`, "ObjectNotFound (7)", `Projects\Nowhere`, "Compare it with"},
		},
		"not an administrator": {
			env.ProviderConfig("jane") + data(""),
			[]string{"Could not read all of the rights", "1 of 1 objects", "InsufficientPermission (2)", "Only a Code Signing Administrator"},
		},
		"no scope for rights": {
			env.ScopedProviderConfig("admin", "codesign") + data(""),
			[]string{"lacks the scope", "codesign:admin", "`scope` argument"},
		},
		"no scope for projects": {
			env.ScopedProviderConfig("admin", "configuration") + data(""),
			[]string{"Could not list the projects", "lacks the scope"},
		},
		"a slip in one DN": {config + data(dns(projects+"Payments", "Web")), []string{"dns = ", "is a bare name"}},
		"a null":           {config + data("dns = [null]"), []string{"dns = ", "null"}},
	} {
		t.Run(name, func(t *testing.T) { acctest.Test(t, env, acctest.Fails(c.config, c.words...)) })
	}
}

func TestUnresolvedTrusteesGiveOneWarning(t *testing.T) {
	env := acctest.Start(t, world())
	state, diags := env.ReadDataSource(t, env.Server.Token("admin", ""), "codesign_rights_matrix", map[string]tftypes.Value{
		"resolve_identities": tftypes.NewValue(tftypes.Bool, true),
	})
	if len(diags) != 1 || !strings.HasPrefix(diags[0], "WARNING: Some trustees have no name") || !strings.Contains(diags[0], gone) || state["csv"].IsNull() {
		t.Errorf("got %q, state %v", diags, state)
	}
}

func TestObjectsAreReadSideBySideWithinTheLimit(t *testing.T) {
	w := world()
	for i := range 100 {
		w.Projects = append(w.Projects, simulator.Project{Name: fmt.Sprintf("P%03d", i), Owners: []string{"jane"}})
	}
	env := acctest.Start(t, w, simulator.WithLatency(20*time.Millisecond))
	var mutex sync.Mutex
	now, most := 0, 0
	count := func(step int) func(simulator.Request) {
		return func(simulator.Request) {
			mutex.Lock()
			defer mutex.Unlock()
			now += step
			most = max(most, now)
		}
	}
	env.Server.OnRequest(count(1))
	env.Server.OnAnswer(count(-1))
	_, diags := env.ReadDataSource(t, env.Server.Token("admin", ""), "codesign_rights_matrix", nil)
	if n := env.Server.Count("Codesign/GetObjectRights"); n != 103 || len(diags) > 0 {
		t.Errorf("%d reads of 103 objects, %q", n, diags)
	}
	if most <= 10 || most > 16 { // 10: what the CLI's own parallelism would reach; 16: the limit of one data source
		t.Errorf("up to %d requests side by side", most)
	}
}
