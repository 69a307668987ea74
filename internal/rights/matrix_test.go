package rights_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// The objects and trustees of all worlds here.
const (
	projects = `\VED\Code Signing\Projects\`
	signtool = `\VED\Code Signing\Signing Applications\signtool`
	jane     = "local:{aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb}"
	ops      = "AD+CORP:00112233445566778899aabbccddeeff"
	deleted  = "local:{dddddddd-0000-1111-2222-bbbbbbbbbbbb}" // the server does not know this identity
)

func matrixWorld() simulator.World {
	return simulator.World{
		Users: []simulator.User{
			{Name: "admin", Admin: true},
			{Name: "jane", FullName: "Doe, Jane", Universal: "aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb"},
		},
		Groups: []simulator.Group{
			{Name: "ops|night", FullName: "=ops", Prefix: "AD+CORP", Universal: "00112233-4455-6677-8899-aabbccddeeff"},
		},
		Projects: []simulator.Project{
			{Name: "Web", KeyUsers: []string{"ops|night", deleted}},
			{
				Name: "Payments", Owners: []string{"jane"}, KeyUseApprovers: []string{"jane"},
				KeyUsers: []string{"ops|night"},
			},
			{Name: "Empty"},
		},
		Applications: []simulator.Object{{Name: "signtool", Rights: map[string]int{"jane": 32 | 256}}},
	}
}

func matrixData(arguments string) string {
	return "data \"codesign_rights_matrix\" \"it\" {\n" + arguments + "\n}\n"
}

func dns(list ...string) string {
	quoted := make([]string, 0, len(list))
	for _, dn := range list {
		quoted = append(quoted, fmt.Sprintf("%q", dn))
	}
	return "dns = [" + strings.Join(quoted, ", ") + "]"
}

func matrixIs(attribute string, want knownvalue.Check) statecheck.StateCheck {
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

// readsMatrix reads a matrix as admin without a CLI.
func readsMatrix(
	t *testing.T, w simulator.World, arguments acctest.Arguments, checks ...statecheck.StateCheck,
) *acctest.Env {
	t.Helper()
	env := acctest.Start(t, w)
	env.Protocol(t, env.Server.Token("admin", "")).Reads("codesign_rights_matrix", arguments, checks...)
	return env
}

func TestAccMatrix_Maps(t *testing.T) {
	env := acctest.Start(t, matrixWorld())
	acctest.Test(t, env,
		acctest.Applies(env.ProviderConfig("admin")+matrixData(dns(projects+"Payments", signtool, projects+"Empty")),
			matrixIs("by_object", nested{
				projects + "Payments": {ops: {"Use"}, jane: {"Owner", "ApproveUse"}},
				projects + "Empty":    {},
				signtool:              {jane: {"ApplicationAdmin", "Unknown (256)"}},
			}.check()),
			matrixIs("by_trustee", nested{
				jane: {projects + "Payments": {"Owner", "ApproveUse"}, signtool: {"ApplicationAdmin", "Unknown (256)"}},
				ops:  {projects + "Payments": {"Use"}},
			}.check()),
		))
}

func TestAccMatrix_TablesOfVisibleProjects(t *testing.T) {
	env := acctest.Start(t, matrixWorld())
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("admin")+matrixData("resolve_identities = true"),
		matrixIs("dns", knownvalue.Null()),
		matrixIs("by_object", knownvalue.MapSizeExact(3)),
		matrixIs("markdown", knownvalue.StringExact(strings.Join([]string{
			`| Object | Use | Owner | ApproveUse |`,
			`| --- | --- | --- | --- |`,
			`| \VED\Code Signing\Projects\Empty |  |  |  |`,
			`| \VED\Code Signing\Projects\Payments | ops\|night | jane | jane |`,
			`| \VED\Code Signing\Projects\Web | ` + "`" + deleted + "`" + `<br>ops\|night |  |  |`,
			``,
		}, "\n"))),
		matrixIs("csv", knownvalue.StringExact(strings.Join([]string{
			`dn,trustee,name,full_name,kind,value,rights`,
			`\VED\Code Signing\Projects\Empty,,,,,,`,
			`\VED\Code Signing\Projects\Payments,` + ops + `,ops|night,"CN==ops,CN=Users,DC=corp,DC=example",group,2,` +
				`Use`,
			`\VED\Code Signing\Projects\Payments,` + jane + `,jane,\VED\Identity\jane,user,72,Owner;ApproveUse`,
			`\VED\Code Signing\Projects\Web,` + ops + `,ops|night,"CN==ops,CN=Users,DC=corp,DC=example",group,2,Use`,
			`\VED\Code Signing\Projects\Web,` + deleted + `,,,,2,Use`,
			``,
		}, "\n"))),
	))
}

func TestMatrix_TablesWithoutIdentities(t *testing.T) {
	env := readsMatrix(t, matrixWorld(), acctest.Arguments{"dns": acctest.StringList(projects + "Payments")},
		matrixIs("markdown",
			knownvalue.StringExact("| Object | Use | Owner | ApproveUse |\n| --- | --- | --- | --- |\n| "+
				projects+"Payments | `"+ops+"` | `"+jane+"` | `"+jane+"` |\n")))
	if n := env.Server.Count("Identity/Validate"); n != 0 {
		t.Errorf("%d lookups, want none", n)
	}
}

func TestMatrix_NoObjects(t *testing.T) {
	readsMatrix(t, matrixWorld(), acctest.Arguments{"dns": acctest.StringList()},
		matrixIs("dns", knownvalue.ListSizeExact(0)), matrixIs("by_object", knownvalue.MapSizeExact(0)),
		matrixIs("by_trustee", knownvalue.MapSizeExact(0)),
		matrixIs("markdown", knownvalue.StringExact("| Object |\n| --- |\n")))
}

func TestMatrix_KeepsConfiguredSpelling(t *testing.T) {
	lower := strings.ToLower(projects + "Payments")
	readsMatrix(t, matrixWorld(), acctest.Arguments{"dns": acctest.StringList(lower, projects+"Payments")},
		matrixIs("by_object", knownvalue.MapExact(map[string]knownvalue.Check{lower: knownvalue.MapSizeExact(2)})))
}

func TestAccMatrix_Errors(t *testing.T) {
	env := acctest.Start(t, matrixWorld())
	config := env.ProviderConfig("admin")
	rows := map[string]resource.TestStep{}
	for name, c := range map[string]struct {
		config string
		words  []string
	}{
		"missing objects": {
			config + matrixData(dns(projects+"Payments", projects+"Nothing", projects+"Empty", projects+"Nowhere")),
			[]string{
				"Unable to read the rights matrix", "dns = ", "2 of 4 objects", `Projects\Nothing`,
				"ObjectNotFound (7)", `Projects\Nowhere`, "Compare it with",
			},
		},
		"not an administrator": {
			env.ProviderConfig("jane") + matrixData(""),
			[]string{
				"Unable to read the rights matrix", "1 of 1 objects", "InsufficientPermission (2)",
				"Only a Code Signing Administrator",
			},
		},
		"missing scope for rights": {
			env.ScopedProviderConfig("admin", "codesign") + matrixData(""),
			[]string{"lacks the scope", "codesign:admin", "`scope` argument"},
		},
		"missing scope for projects": {
			env.ScopedProviderConfig("admin", "configuration") + matrixData(""),
			[]string{"Unable to list projects", "lacks the scope"},
		},
		"invalid DN": {config + matrixData(dns(projects+"Payments", "Web")), []string{"dns = ", "is only a name"}},
		"null DN":    {config + matrixData("dns = [null]"), []string{"dns = ", "null"}},
	} {
		rows[name] = acctest.Fails(c.config, c.words...)
	}
	acctest.Refused(t, env, rows)
}

func TestMatrix_WarnsOfUnresolvedTrustees(t *testing.T) {
	env := acctest.Start(t, matrixWorld())
	state, diagnostics := env.Protocol(t, env.Server.Token("admin", "")).Read("codesign_rights_matrix",
		map[string]tftypes.Value{
			"resolve_identities": tftypes.NewValue(tftypes.Bool, true),
		})
	if len(diagnostics) != 1 || !strings.HasPrefix(diagnostics[0], "WARNING: Unable to resolve some trustees") ||
		!strings.Contains(diagnostics[0], deleted) || state["csv"].IsNull() {
		t.Errorf("got %q, state %v", diagnostics, state)
	}
}

func TestMatrix_ReadsConcurrently(t *testing.T) {
	w := matrixWorld()
	for i := range 100 {
		w.Projects = append(w.Projects, simulator.Project{Name: fmt.Sprintf("P%03d", i), Owners: []string{"jane"}})
	}
	env := acctest.Start(t, w)
	env.Server.Inject(simulator.Fault{Kind: simulator.Latency, Delay: 20 * time.Millisecond})
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
	_, diagnostics := env.Protocol(t, env.Server.Token("admin", "")).Read("codesign_rights_matrix", nil)
	if n := env.Server.Count("Codesign/GetObjectRights"); n != 103 || len(diagnostics) > 0 {
		t.Errorf("%d reads, want 103; diagnostics %q", n, diagnostics)
	}
	if most <= 10 || most > 16 { // 10 is the CLI's parallelism, 16 the limit of one data source
		t.Errorf("up to %d concurrent requests, want 11 to 16", most)
	}
}

func TestMatrix_UnusualNames(t *testing.T) {
	w := simulator.World{Users: []simulator.User{{Name: "admin", Admin: true}}}
	want := map[string]knownvalue.Check{}
	for _, dn := range []string{
		projects + "Trailing ", " " + projects + "Leading", projects + "Con\ttrol", `\TPP\Code Signing\Projects\Root`,
		projects + "Usual",
	} {
		w.Projects = append(w.Projects, simulator.Project{DN: dn})
		want[dn] = knownvalue.MapSizeExact(0)
	}
	readsMatrix(t, w, nil, matrixIs("by_object", knownvalue.MapExact(want)))
}

func TestAccMatrix_InvalidDN(t *testing.T) {
	env := acctest.Start(t, matrixWorld())
	acctest.Test(t, env,
		acctest.Fails(env.ProviderConfig("admin")+matrixData(dns(projects+"Web", projects+"Payments ")),
			"Invalid DN", "dns = ", "Invalid value for dns[1]: the DN begins or ends"))
	if n := len(env.Server.Requests()); n != 0 {
		t.Errorf("%d requests, want none", n)
	}
}
