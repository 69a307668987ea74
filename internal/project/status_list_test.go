package project_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const typeName = "codesign_project_status"

// manyProjects has projects with different statuses.
func manyProjects() simulator.World {
	w := newWorld("Enabled")
	w.Projects = append(w.Projects,
		simulator.Project{
			Name: "Web", ID: 12, GUID: "0f1e2d3c-0000-0000-0000-000000000012", Status: "Pending",
			Owners: []string{"olga"}, KeyUsers: []string{"olga"},
		},
		simulator.Project{Name: "Paypal", ID: 13, Status: "Draft"},
		simulator.Project{Name: "Queued", ID: 14, Status: "Deleted"},
	)
	return w
}

func listAs(t *testing.T, env *acctest.Env, user string, arguments acctest.Arguments, limit int64) []acctest.Listed {
	t.Helper()
	return env.Protocol(t, env.Server.Token(user, "")).List(typeName, arguments, limit, true)
}

func names(found []acctest.Listed) string {
	list := make([]string, 0, len(found))
	for _, f := range found {
		list = append(list, f.Name)
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

func TestProjectStatusList_Query(t *testing.T) {
	for name, c := range map[string]struct {
		user      string
		arguments acctest.Arguments
		limit     int64
		want      string
	}{
		"everything": {"adam", nil, 100, "Payments Paypal Web"},
		"by name":    {"adam", acctest.Arguments{"filter": acctest.String("Pay")}, 100, "Payments Paypal"},
		"by status": {
			"adam",
			acctest.Arguments{"statuses": acctest.StringList("Draft", "Pending")},
			100,
			"Paypal Web",
		},
		"by rights":              {"olga", acctest.Arguments{"rights": acctest.StringList("Use", "Owner")}, 100, "Web"},
		"what the identity sees": {"olga", nil, 100, "Payments Web"},
		"without a limit":        {"adam", nil, 0, "Payments Paypal Web"},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, manyProjects())
			found, _ := splitDiagnostics(t, listAs(t, env, c.user, c.arguments, c.limit))
			if got := names(found); got != c.want {
				t.Errorf("found %q, want %q", got, c.want)
			}
			if n := env.Server.Count(enumeratePath); n != 1 || n != len(env.Server.Requests()) {
				t.Errorf("it took %d requests", len(env.Server.Requests()))
			}
		})
	}
}

// splitDiagnostics separates projects from diagnostics. Diagnostics must come first, because a CLI
// stops reading at its limit.
func splitDiagnostics(t *testing.T, all []acctest.Listed) (found []acctest.Listed, diagnostics string) {
	t.Helper()
	for _, one := range all {
		switch {
		case len(one.Diags) == 0:
			found = append(found, one)
		case len(found) > 0:
			t.Errorf("diagnostics after the first result: %q", one.Diags)
		default:
			diagnostics += strings.Join(one.Diags, "\n")
		}
	}
	return found, diagnostics
}

func TestProjectStatusList_Limit(t *testing.T) {
	env := acctest.Start(t, manyProjects())
	for _, c := range []struct {
		limit int64
		want  int
		says  string
	}{
		{1, 1, "3 projects match, and the first 1 are listed. Set limit in the list block to at least 3"},
		{2, 2, "3 projects match, and the first 2 are listed"},
		{3, 3, ""},
		{4, 3, ""},
		{0, 3, ""},
	} {
		found, diagnostics := splitDiagnostics(t, listAs(t, env, "adam", nil, c.limit))
		if len(found) != c.want || !strings.Contains(diagnostics, c.says) ||
			strings.Contains(diagnostics, "is truncated") != (c.says != "") {
			t.Errorf("limit %d: found %q, %q", c.limit, names(found), diagnostics)
		}
	}
}

func TestProjectStatusList_Omitted(t *testing.T) {
	w := manyProjects()
	w.Projects = append(w.Projects, simulator.Project{Name: "Child", Status: "DisabledByParent"},
		simulator.Project{Name: "Newer", Status: "9"})
	env := acctest.Start(t, w)
	found, diagnostics := splitDiagnostics(t, listAs(t, env, "adam", nil, 100))
	if got := names(found); got != "Payments Paypal Web" || strings.Contains(diagnostics, "is truncated") {
		t.Errorf("found %q, %q", got, diagnostics)
	}
	for _, says := range []string{
		"WARNING: Projects omitted from the list: 3", "Queued (Deleted)",
		"Child (DisabledByParent)", "Newer (Unknown (9))",
	} {
		if !strings.Contains(diagnostics, says) {
			t.Errorf("want %q in %q", says, diagnostics)
		}
	}
	found, diagnostics = splitDiagnostics(t,
		listAs(t, env, "adam", acctest.Arguments{"statuses": acctest.StringList("Deleted", "Enabled")}, 1))
	if got := names(found); got != "Payments" || !strings.Contains(diagnostics, "Projects omitted from the list: 1") ||
		strings.Contains(diagnostics, "is truncated") {
		t.Errorf("what is omitted counts towards the limit: %q, %q", got, diagnostics)
	}
	found, diagnostics = splitDiagnostics(t,
		listAs(t, env, "adam", acctest.Arguments{"statuses": acctest.StringList("Deleted")}, 1))
	if len(found) != 0 || strings.Contains(diagnostics, "No project found") {
		t.Errorf("found %q, %q", names(found), diagnostics)
	}
}

func TestProjectStatusList_OmittedNames(t *testing.T) {
	w := newWorld("Enabled")
	for i := range 12 {
		w.Projects = append(w.Projects, simulator.Project{Name: fmt.Sprintf("Queued %d", i), Status: "Deleted"})
	}
	_, diagnostics := splitDiagnostics(t, listAs(t, acctest.Start(t, w), "adam", nil, 100))
	if !strings.Contains(diagnostics, "Projects omitted from the list: 12") ||
		strings.Count(diagnostics, "(Deleted)") != 10 || !strings.Contains(diagnostics, "and 2 more") {
		t.Error(diagnostics)
	}
}

func TestProjectStatusList_Import(t *testing.T) {
	env := acctest.Start(t, manyProjects())
	p := env.Protocol(t, env.Server.Token("adam", ""))
	for _, found := range p.List(typeName,
		acctest.Arguments{"statuses": acctest.StringList("Enabled", "Pending", "Draft")}, 100, true) {
		t.Run(found.Name, func(t *testing.T) {
			imported, planned := p.Adopt(found)
			for name, value := range imported {
				if !planned[name].Equal(value) {
					t.Errorf("%s is %s, planned is %s", name, value, planned[name])
				}
			}
			for _, name := range []string{"dn", "guid", "project_id", "status", "current_status"} {
				if !found.Values[name].Equal(imported[name]) {
					t.Errorf("listed is %s = %s, imported %s", name, found.Values[name], imported[name])
				}
			}
		})
	}
}

func TestProjectStatusList_IncludeResource(t *testing.T) {
	env := acctest.Start(t, manyProjects())
	p := env.Protocol(t, env.Server.Token("adam", ""))
	query := acctest.Arguments{"filter": acctest.String("Payments")}
	bare, whole := p.List(typeName, query, 100, false)[0], p.List(typeName, query, 100, true)[0]
	guid := tftypes.NewValue(tftypes.String, "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")
	if !bare.Identity["guid"].Equal(guid) || !whole.Identity["guid"].Equal(guid) || bare.Values != nil {
		t.Errorf("listed %+v and %+v", bare, whole)
	}
}

func TestProjectStatusList_Diagnostics(t *testing.T) {
	refused := manyProjects()
	refused.Settings.EnumerateRefused = true
	for name, c := range map[string]struct {
		newWorld  simulator.World
		arguments acctest.Arguments
		says      string
	}{
		"a refusal": {
			refused, nil,
			"ERROR: Unable to list projects: Codesign/EnumerateProjects: the server answered InsufficientPermission " +
				"(2)",
		},
		"nothing matched": {
			manyProjects(),
			acctest.Arguments{"filter": acctest.String("Missing")},
			"WARNING: No project found",
		},
	} {
		t.Run(name, func(t *testing.T) {
			found := listAs(t, acctest.Start(t, c.newWorld), "adam", c.arguments, 100)
			if len(found) != 1 || len(found[0].Diags) != 1 || !strings.HasPrefix(found[0].Diags[0], c.says) {
				t.Errorf("got %+v", found)
			}
		})
	}
}
