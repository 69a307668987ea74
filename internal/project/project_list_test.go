package project_test

import (
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

// Every project that can be managed is listed, with the values that an import reads.
func TestProjectList(t *testing.T) {
	env := acctest.Start(t, manyProjects())
	p := env.Protocol(t, env.Server.Token("adam", ""))
	found, diagnostics := splitDiagnostics(t, p.List("codesign_project", nil, 100, true))
	if got := names(found); got != "Payments Paypal Web" || !strings.Contains(diagnostics, "Projects omitted") {
		t.Errorf("got %q, and %q", got, diagnostics)
	}
	withOwner := acctest.Arguments{"statuses": acctest.StringList("Enabled", "Pending")}
	for _, one := range p.List("codesign_project", withOwner, 100, true) {
		imported, planned := p.Adopt(one)
		for name, value := range imported {
			if !planned[name].Equal(value) {
				t.Errorf("%s: %s is %s, planned is %s", one.Name, name, value, planned[name])
			}
		}
		for _, name := range []string{"dn", "guid", "description", "owners", "applications", "deletion_policy"} {
			if !one.Values[name].Equal(imported[name]) {
				t.Errorf("%s: listed is %s = %s, imported %s", one.Name, name, one.Values[name], imported[name])
			}
		}
	}
	limited, diagnostics := splitDiagnostics(t, p.List("codesign_project", nil, 1, false))
	if len(limited) != 1 || limited[0].Values != nil || !strings.Contains(diagnostics, "is truncated") {
		t.Errorf("got %+v, and %q", limited, diagnostics)
	}
}
