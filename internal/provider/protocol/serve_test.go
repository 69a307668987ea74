package protocol

import (
	"context"
	"errors"
	"maps"
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

func TestShutDown_TakesLessThanTwoSeconds(t *testing.T) {
	c := &closing{}
	shutDown(c)
	if c.left <= time.Second || c.left >= 2*time.Second {
		t.Errorf("the provider has %s", c.left)
	}
	shutDown(struct{ provider.Provider }{}) // one without a Shutdown method
}

func TestShutDownOn_Signal(t *testing.T) {
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

func TestLogSwitch_IsOffUnlessALogIsSet(t *testing.T) {
	t.Parallel()
	silent := map[string]string{"TF_LOG_SDK": "off", "TF_LOG_PROVIDER_CODESIGN": "off"}
	for _, row := range []struct {
		environment []string
		want        map[string]string
	}{
		{nil, silent},
		{[]string{"PATH=/bin", "TF_LOG="}, silent},
		{[]string{"TF_LOG=OFF"}, silent},
		{[]string{"TF_LOG=trace"}, nil},
		{[]string{"TF_LOG_PROVIDER=debug"}, nil},
		{[]string{"TF_LOG_PROVIDER_CODESIGN_API=debug"}, nil},
		{[]string{"TF_LOG_SDK_PROTO=trace"}, nil},
		{[]string{"TF_LOG=off", "TF_LOG_SDK=warn"}, nil},
	} {
		if got := logSwitch(row.environment); !maps.Equal(got, row.want) {
			t.Errorf("%v: got %v, want %v", row.environment, got, row.want)
		}
	}
}
