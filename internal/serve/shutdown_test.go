package serve

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/provider"
)

type closing struct {
	provider.Provider
	left time.Duration
}

func (c *closing) Shutdown(ctx context.Context) error {
	end, _ := ctx.Deadline()
	c.left = time.Until(end)
	return errors.New("dropped")
}

func TestShutDown_IsBoundedBelowTwoSeconds(t *testing.T) {
	c := &closing{}
	shutDown(c)
	if c.left <= time.Second || c.left >= 2*time.Second {
		t.Errorf("the provider has %s", c.left)
	}
	shutDown(struct{ provider.Provider }{}) // one without a shutdown
}
