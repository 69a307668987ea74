package protocol

import (
	"context"
	"errors"
	"os"
	"syscall"
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

func TestShutDownOn_ASignal(t *testing.T) {
	c, signals, code := &closing{}, make(chan os.Signal, 1), make(chan int)
	shutDownOn(signals, c, func(n int) { code <- n })
	if c.left != 0 {
		t.Error("the provider was shut down without a signal")
	}
	signals <- syscall.SIGTERM
	if n := <-code; n != 143 || c.left == 0 {
		t.Errorf("exit with %d, the provider had %s", n, c.left)
	}
}
