package project_test

import (
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestProjectRoleLists(t *testing.T) {
	w := roleWorld()
	w.Projects[0].KeyUsers = []string{"kim", "Builders"}
	env := acctest.Start(t, w)
	kim, builders := env.Server.Trustee("kim"), env.Server.Trustee("Builders")
	for typeName, want := range map[string][]string{
		"codesign_project_role": {"Payments Owner", "Payments Audit", "Payments Use"},
		"codesign_project_role_member": {
			"Payments Owner " + env.Server.Trustee("olga"), "Payments Audit " + env.Server.Trustee("max"),
			"Payments Use " + kim, "Payments Use " + builders,
		},
	} {
		p := env.Protocol(t, env.Server.Token("adam", ""))
		if found := adoptAll(t, p, typeName); strings.Join(found, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: found %q", typeName, found)
		}
		limited, diagnostics := splitDiagnostics(t, p.List(typeName, nil, 2, false))
		if len(limited) != 2 || limited[0].Values != nil ||
			!strings.Contains(diagnostics, "The list of roles is truncated") {
			t.Errorf("%s: found %v, %s", typeName, limited, diagnostics)
		}
		none, diagnostics := splitDiagnostics(t,
			p.List(typeName, acctest.Arguments{"filter": acctest.String("Missing")}, 100, false))
		if len(none) != 0 || !strings.Contains(diagnostics, "No project found") {
			t.Errorf("%s: found %v, %s", typeName, none, diagnostics)
		}
		none, diagnostics = splitDiagnostics(t,
			p.List(typeName, acctest.Arguments{"filter": acctest.String("Other")}, 100, false))
		if len(none) != 0 || diagnostics != "" {
			t.Errorf("%s: found %v, %s", typeName, none, diagnostics)
		}
	}
	if n := env.Server.Count(enumeratePath); n > 10 || env.Server.Count(updatePath) != 0 {
		t.Errorf("got %d enumerations", n)
	}
}

func TestProjectRoleLists_Refused(t *testing.T) {
	refused := roleWorld()
	refused.Settings = simulator.Settings{EnumerateRefused: true}
	env := acctest.Start(t, refused)
	for _, one := range env.Protocol(t, env.Server.Token("adam", "")).List("codesign_project_role", nil, 1, false) {
		if !strings.Contains(strings.Join(one.Diags, ""), "ERROR: Unable to list projects") {
			t.Errorf("got %q", one.Diags)
		}
	}
}

// adoptAll lists and imports all that the list finds. It returns the names.
func adoptAll(t *testing.T, p *acctest.Protocol, typeName string) []string {
	t.Helper()
	var found []string
	for _, one := range p.List(typeName, nil, 100, true) {
		found = append(found, one.Name)
		imported, planned := p.Adopt(one)
		for name, value := range imported {
			if !planned[name].Equal(value) {
				t.Errorf("%s: %s is %s, planned is %s", one.Name, name, value, planned[name])
			}
		}
		for name, value := range one.Values {
			if !value.IsNull() && !value.Equal(imported[name]) {
				t.Errorf("%s: listed is %s = %s, imported %s", one.Name, name, value, imported[name])
			}
		}
	}
	return found
}
