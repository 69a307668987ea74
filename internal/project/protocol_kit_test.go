package project_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// Types of resources in tests through the protocol.
const (
	projectType  = "codesign_project"
	roleType     = "codesign_project_role"
	memberType   = "codesign_project_role_member"
	statusType   = "codesign_project_status"
	approvalType = "codesign_project_approval"
)

// serve returns a server whose updates and deletions need no approval.
func serve(t *testing.T, w simulator.World) *acctest.Env {
	t.Helper()
	if w.Settings.GlobalConfiguration == nil {
		w.Settings.GlobalConfiguration = map[string]any{"ProjectUpdateFlowDN": "", "ProjectDeleteFlowDN": ""}
	}
	return acctest.Start(t, w)
}

// process is a provider of the administrator adam, whose token has all scopes. Each command of a CLI
// starts one, and a plan in it is compared with the other plans of the process.
func process(t *testing.T, env *acctest.Env) *acctest.Protocol {
	t.Helper()
	return env.Protocol(t, env.Server.Token("adam", allScopes))
}

// trustees is a set of people, given by name. A name with a colon stands for itself.
func trustees(env *acctest.Env, names ...string) []string {
	list := make([]string, 0, len(names))
	for _, name := range names {
		if !strings.Contains(name, ":") {
			name = env.Server.Trustee(name)
		}
		list = append(list, name)
	}
	return list
}

// with is a copy of arguments with others added.
func with(arguments acctest.Arguments, more acctest.Arguments) acctest.Arguments {
	all := maps.Clone(arguments)
	maps.Copy(all, more)
	return all
}

// importAndRead is what a CLI does for an import block. It must not find anything to report.
func importAndRead(t *testing.T, env *acctest.Env, typeName, id string) *acctest.Object {
	t.Helper()
	p := process(t, env)
	imported, diagnostics := p.Import(typeName, id)
	wantDiags(t, "import", diagnostics)
	read, diagnostics := p.Refresh(imported)
	wantDiags(t, "read", diagnostics)
	return read
}

// applyAll plans and applies without an error, and returns the object and all diagnostics.
func applyAll(
	t *testing.T, env *acctest.Env, typeName string, arguments acctest.Arguments, prior *acctest.Object,
) (object *acctest.Object, diagnostics []string) {
	t.Helper()
	planned := process(t, env).Plan(typeName, arguments, prior)
	object, applied := process(t, env).Apply(planned)
	diagnostics = slices.Concat(planned.Diags, applied)
	if strings.Contains(strings.Join(diagnostics, "\n"), "ERROR: ") {
		t.Fatal(strings.Join(diagnostics, "\n"))
	}
	return object, diagnostics
}

// wantDiags compares diagnostics with the words of each, which " … " separates.
func wantDiags(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: got %d diagnostics, want %d:\n%s", what, len(got), len(want), strings.Join(got, "\n"))
		return
	}
	for i, words := range want {
		rest := got[i]
		for word := range strings.SplitSeq(words, " … ") {
			_, after, found := strings.Cut(rest, word)
			if !found {
				t.Errorf("%s: got %s\nwant %q", what, got[i], words)
				break
			}
			rest = after
		}
	}
}

// wantValues compares attributes, in the words of acctest.Text.
func wantValues(t *testing.T, what string, got acctest.Values, want map[string]string) {
	t.Helper()
	for name, text := range want {
		if got.Text(name) != text {
			t.Errorf("%s: %s is %s, want %s", what, name, got.Text(name), text)
		}
	}
}

// wantEmptyPlan fails if a plan changes or reports anything.
func wantEmptyPlan(
	t *testing.T, what string, env *acctest.Env, typeName string, arguments acctest.Arguments, o *acctest.Object,
) {
	t.Helper()
	planned := process(t, env).Plan(typeName, arguments, o)
	wantDiags(t, what, planned.Diags)
	for name, value := range o.Values {
		if !value.Equal(planned.Values[name]) {
			t.Errorf("%s: %s changes from %s to %s", what, name, o.Values.Text(name), planned.Values.Text(name))
		}
	}
}

// failUpdates makes the server fail updates.
func failUpdates(env *acctest.Env, f simulator.Failure) {
	env.Server.UpdateSettings(func(s *simulator.Settings) {
		s.Failures = map[string]simulator.Failure{updatePath: f}
	})
}

func listed(names ...string) string { return fmt.Sprintf("[%s]", strings.Join(names, ", ")) }

// with2 is a copy of wanted values with others added.
func with2(values, more map[string]string) map[string]string {
	all := maps.Clone(values)
	maps.Copy(all, more)
	return all
}

// sortedPairs are the texts of a map's pairs.
func sortedPairs(keysAndValues ...string) []string {
	var pairs []string
	for pair := range slices.Chunk(keysAndValues, 2) {
		pairs = append(pairs, pair[0]+": "+pair[1])
	}
	slices.Sort(pairs)
	return pairs
}

// within is the argument timeouts with one duration for all operations.
func within(duration string) tftypes.Value {
	kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"create": tftypes.String, "update": tftypes.String, "delete": tftypes.String,
	}}
	limit := acctest.String(duration)
	return tftypes.NewValue(kind, map[string]tftypes.Value{"create": limit, "update": limit, "delete": limit})
}

// wantPrivate checks which entries a private state has.
func wantPrivate(t *testing.T, what string, got map[string]string, want ...string) {
	t.Helper()
	if keys := slices.Sorted(maps.Keys(got)); !slices.Equal(keys, want) {
		t.Errorf("%s: the private state has %q, want %q", what, keys, want)
	}
}
