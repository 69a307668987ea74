package reconcile_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// The cache holds all projects, and another client was faster: a driver that used the cache would
// write once more.
func TestReconcile_ReadsBeforeWriteWithoutCache(t *testing.T) {
	more := func(w *simulator.World) {
		w.Projects[0].Status = "Enabled"
		for i := range 10 {
			w.Projects = append(w.Projects, simulator.Project{Name: fmt.Sprintf("Team %d", i), Status: "Enabled"})
		}
	}
	inWorld(t, more, func(b *fixture) {
		b.server.Inject(simulator.Fault{Kind: simulator.Latency, Delay: 50 * time.Millisecond})
		api := b.driver.API
		var all sync.WaitGroup
		for i := range 10 {
			all.Go(func() {
				if _, err := api.GetProjectCached(b.Context(),
					client.ByDN(fmt.Sprintf(`\VED\Code Signing\Projects\Team %d`, i))); err != nil {
					b.Error(err)
				}
			})
		}
		all.Wait()
		b.server.SetProjectStatus(payments, "Disabled")
		b.server.ResetLog()
		if p, err := api.GetProjectCached(b.Context(), client.ByDN(payments)); err != nil ||
			p.Status != lifecycle.Enabled || len(b.server.Requests()) > 0 {
			b.Errorf("nothing is remembered, so nothing is shown: %v, %v, %d requests", p, err,
				len(b.server.Requests()))
		}
		b.reaches(lifecycle.Disabled, reconcile.Request{Status: lifecycle.Disabled})
		if n := b.server.Count("Codesign/UpdateProjectStatus"); n != 0 {
			b.Errorf("%d writes", n)
		}
	})
}
