package rights_test

import (
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// Modules that know nothing of each other ask for the same. The latency is what gives all of them the time to come.
func TestFiftyDataSourcesOfOneObjectAreOneRequestAndOneForEachTrustee(t *testing.T) {
	t.Parallel()
	env := acctest.Start(t, objectWorld(), simulator.WithLatency(time.Second))
	provider := env.Protocol(t, env.Server.Token("admin", ""))
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			state, diagnostics := provider.Read("codesign_object_rights", acctest.Arguments{
				"dn":                 acctest.String(objectProjects + "Payments"),
				"resolve_identities": tftypes.NewValue(tftypes.Bool, true),
			})
			var entries []tftypes.Value
			if err := state["rights"].As(&entries); err != nil || len(entries) != 2 || len(diagnostics) > 0 {
				t.Errorf("%d entries, %v, %q", len(entries), err, diagnostics)
			}
		})
	}
	all.Wait()
	if n := env.Server.Count("Codesign/GetObjectRights"); n != 1 {
		t.Errorf("the rights were asked for %d times", n)
	}
	if n := env.Server.Count("Identity/Validate"); n != 2 {
		t.Errorf("two trustees were looked up %d times", n)
	}
}
