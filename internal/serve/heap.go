package serve

import (
	"context"
	"os"
	"runtime/debug"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

const (
	// reserve is what the heap counts as in use from the first call on, without
	// being touched, so that no memory stands behind it. With half of what is in use
	// as the room to the next collection, a small heap has the 16 MB that make
	// collections rare, and a large one does not double.
	reserve, half = 32 << 20, 50
	// early is the percentage before: no collection below 16 MB, which the answer
	// to the first question never reaches.
	early = 400
)

// tuned is false where somebody has set GOGC and knows better.
func tuned() bool { return os.Getenv("GOGC") == "" }

func startLight() {
	if tuned() {
		debug.SetGCPercent(early)
	}
}

// ConfigureProvider comes once, before the work begins.
func (s *server) ConfigureProvider(ctx context.Context, req *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	if tuned() {
		s.once.Do(func() {
			s.reserved = make([]byte, reserve)
			debug.SetGCPercent(half)
		})
	}
	return s.everything.ConfigureProvider(ctx, req)
}
