package project

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

// directory is a server with a few identities. A call without a function fails.
type directory struct {
	identities    map[string]client.Identity
	lookupErr     error
	configuration client.GlobalConfiguration
	self          []client.Identity
	right         int64
	trusteeRights []signright.Grant
	noAdmin       bool
	calls         []string
}

func (d *directory) called(name string) { d.calls = append(d.calls, name) }

func (d *directory) ValidateUniversal(_ context.Context, trustee string) (*client.Identity, error) {
	if d.lookupErr != nil {
		return nil, d.lookupErr
	}
	identity, known := d.identities[trustee]
	if !known {
		return nil, &client.Error{Reason: client.NotFound}
	}
	return &identity, nil
}

func (d *directory) GetGlobalConfigurationCached(context.Context) (*client.GlobalConfiguration, error) {
	d.called("configuration")
	return &d.configuration, nil
}

func (d *directory) SelfCached(context.Context) ([]client.Identity, error) {
	d.called("self")
	return d.self, nil
}

func (d *directory) GetRight(context.Context, string) (int64, error) {
	d.called("right")
	return d.right, nil
}

func (d *directory) GetTrusteeRights(context.Context, string) ([]signright.Grant, error) {
	d.called("trustee rights")
	if d.noAdmin {
		return nil, &client.Error{Reason: client.Forbidden}
	}
	return d.trusteeRights, nil
}

// Trustees of the tests: anna and otto are users, team is a group with anna in it, ghost is unknown.
const (
	anna  = "local:{00000000-0000-0000-0000-00000000000a}"
	otto  = "local:{00000000-0000-0000-0000-00000000000b}"
	team  = "local:{00000000-0000-0000-0000-00000000000c}"
	ghost = "local:{00000000-0000-0000-0000-00000000000d}"
)

func newDirectory() *directory {
	user := func(universal, name string) client.Identity {
		return client.Identity{PrefixedUniversal: universal, Name: name, Type: 1}
	}
	group := client.Identity{PrefixedUniversal: team, Name: "Team", Type: 2}
	return &directory{
		identities: map[string]client.Identity{anna: user(anna, "Anna"), otto: user(otto, "Otto"), team: group},
		self:       []client.Identity{user(anna, "Anna"), group},
	}
}

func exactly(role settings.Role, trustees ...string) settings.Change {
	return settings.Change{Lists: map[settings.Field]settings.ListChange{role.Field(): {Exact: true, Items: trustees}}}
}

func newPlan(api *directory, before settings.Settings, change settings.Change) (*settingsPlan, *diag.Diagnostics) {
	diagnostics := &diag.Diagnostics{}
	p := &settingsPlan{
		refreshLog: &refreshLog{}, diagnostics: diagnostics, project: "Payments", dn: `\VED\P`, before: before,
		change: change, at: projectRolePath,
	}
	if api != nil {
		p.api = api
	}
	return p, diagnostics
}

// lines are the diagnostics, one a line.
func lines(diagnostics diag.Diagnostics) []string {
	var out []string
	for _, d := range diagnostics {
		text := d.Severity().String() + ": " + d.Summary() + ": " + d.Detail()
		if at, ok := d.(diag.DiagnosticWithPath); ok {
			text += " [" + at.Path().String() + "]"
		}
		out = append(out, strings.ReplaceAll(text, "\n", " "))
	}
	return out
}

// expect compares diagnostics with fragments that they must have, in the same order.
func expect(t *testing.T, diagnostics diag.Diagnostics, want ...[]string) {
	t.Helper()
	got := lines(diagnostics)
	if len(got) != len(want) {
		t.Fatalf("got %d diagnostics, want %d:\n%s", len(got), len(want), strings.Join(got, "\n"))
	}
	for i, fragments := range want {
		for _, fragment := range fragments {
			if !strings.Contains(got[i], fragment) {
				t.Errorf("got %s\nwant %q in it", got[i], fragment)
			}
		}
	}
}
