package serverinfo_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const block = "data \"codesign_server\" \"it\" {}\n"

func world() simulator.World {
	return simulator.World{
		Users: []simulator.User{
			{Name: "jane", FullName: "Jane Doe", Universal: "aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb"}, {Name: "loner"},
		},
		Groups: []simulator.Group{
			{Name: "zebra", Universal: "11111111-0000-1111-2222-bbbbbbbbbbbb", Members: []string{"jane"}},
			{
				Name: "ant", FullName: "Ants", Universal: "22222222-0000-1111-2222-bbbbbbbbbbbb",
				Members: []string{"zebra"},
			},
		},
		Settings: simulator.Settings{Version: "25.3.0.1234"},
	}
}

func is(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.codesign_server.it", tfjsonpath.New(attribute), want)
}

func group(universal, name, fullName string) knownvalue.Check {
	return knownvalue.ObjectExact(map[string]knownvalue.Check{
		"prefixed_universal": knownvalue.StringExact("local:{" + universal + "}"),
		"prefixed_name":      knownvalue.StringExact("local:" + name),
		"name":               knownvalue.StringExact(name), "full_name": knownvalue.StringExact(fullName),
	})
}

func TestAccServer_VersionAndCaller(t *testing.T) {
	env := acctest.Start(t, world())
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("jane")+block,
		is("version", knownvalue.StringExact("25.3.0.1234")),
		is("prefixed_universal", knownvalue.StringExact("local:{aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb}")),
		is("prefixed_name", knownvalue.StringExact("local:jane")),
		is("name", knownvalue.StringExact("jane")),
		is("full_name", knownvalue.StringExact(`\VED\Identity\jane`)),
		is("groups", knownvalue.ListExact([]knownvalue.Check{
			group("11111111-0000-1111-2222-bbbbbbbbbbbb", "zebra", `\VED\Identity\zebra`),
			group("22222222-0000-1111-2222-bbbbbbbbbbbb", "ant", `\VED\Identity\ant`),
		})),
	))
}

// reads reads a data source without arguments as loner, without a CLI.
func reads(t *testing.T, w simulator.World, typeName string, checks ...statecheck.StateCheck) {
	t.Helper()
	env := acctest.Start(t, w)
	env.Protocol(t, env.Server.Token("loner", "")).Reads(typeName, nil, checks...)
}

func TestServer_CallerWithoutGroups(t *testing.T) {
	reads(t, world(), "codesign_server", is("groups", knownvalue.ListSizeExact(0)))
}

func TestServer_UnreadableIsNullWithWarning(t *testing.T) {
	w := world()
	for name, c := range map[string]struct {
		scopes, version string
		fault           simulator.Fault
		nulls, set      string
		words           []string
	}{
		"caller without scope": {
			scopes: "codesign", nulls: "prefixed_universal prefixed_name name full_name groups", set: "version",
			words: []string{"Unable to read the caller's identity", "configuration"},
		},
		"version without scope": {
			fault: simulator.Fault{Path: "SystemStatus/Version", Kind: simulator.InsufficientScope},
			nulls: "version", set: "name groups", words: []string{"Unable to read the server version", "scope"},
		},
		"version with 401": {
			fault: simulator.Fault{Path: "SystemStatus/Version", Kind: simulator.ExpiredToken},
			nulls: "version", set: "name groups", words: []string{"Unable to read the server version"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w.Settings.Scopes = map[string]string{"Identity/Self": "configuration"}
			env := acctest.Start(t, w)
			if c.fault.Kind != "" {
				env.Server.Inject(c.fault)
			}
			state, diagnostics := env.Protocol(t, env.Server.Token("jane", c.scopes)).Read("codesign_server", nil)
			if len(diagnostics) != 1 || !strings.HasPrefix(diagnostics[0], "WARNING: ") {
				t.Fatalf("got %q", diagnostics)
			}
			for _, word := range c.words {
				if !strings.Contains(diagnostics[0], word) {
					t.Errorf("got %s, want %q in it", diagnostics[0], word)
				}
			}
			expectNull(t, state, c.nulls, true)
			expectNull(t, state, c.set, false)
		})
	}
}

func expectNull(t *testing.T, state map[string]tftypes.Value, attributes string, want bool) {
	t.Helper()
	for attribute := range strings.FieldsSeq(attributes) {
		if got := state[attribute].IsNull(); got != want {
			t.Errorf("%s: got %v, want null %t", attribute, state[attribute], want)
		}
	}
}

func TestServer_RejectedToken(t *testing.T) {
	env := acctest.Start(t, world())
	_, diagnostics := env.Protocol(t, "not-a-token-of-this-server").Read("codesign_server", nil)
	if len(diagnostics) == 0 ||
		!strings.HasPrefix(diagnostics[0], "ERROR: Authentication failed: Unable to read the caller's identity") {
		t.Errorf("got %q", diagnostics)
	}
}
