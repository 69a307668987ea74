package acctest

import (
	"context"
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/codesign-tf/terraform-provider-codesign/internal/provider"
	"github.com/codesign-tf/terraform-provider-codesign/internal/provider/protocol"
)

// newServer is a provider with a clock; nil is the usual one.
func newServer(clock func() time.Time) tfprotov6.ProviderServer {
	return protocol.NewServer(provider.New("test", provider.WithTiming(timing), provider.WithClock(clock))())
}

// serve serves a provider in the test's own process to one command. It returns the setting that
// attaches a CLI to it, and a function that ends it.
func serve(t *testing.T) (setting string, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	attach, ended := make(chan *plugin.ReattachConfig, 1), make(chan struct{})
	failed := make(chan error, 1)
	usual := func() tfprotov6.ProviderServer { return newServer(nil) }
	go func() {
		failed <- tf6server.Serve(protocol.Address, usual, tf6server.WithDebug(ctx, attach, ended),
			tf6server.WithGoPluginLogger(hclog.NewNullLogger()), tf6server.WithLoggingSink(t))
	}()
	stop = func() {
		cancel()
		<-ended
	}
	select {
	case config := <-attach:
		return "TF_REATTACH_PROVIDERS=" + reattachment(t, config), stop
	case err := <-failed:
		t.Fatal("the provider does not start: ", err)
		return "", cancel
	}
}

// reattachment names the provider as Terraform and as OpenTofu do.
func reattachment(t *testing.T, config *plugin.ReattachConfig) string {
	t.Helper()
	a := map[string]any{
		"Protocol": config.Protocol, "ProtocolVersion": config.ProtocolVersion, "Pid": os.Getpid(), "Test": true,
		"Addr": map[string]string{"Network": config.Addr.Network(), "String": config.Addr.String()},
	}
	text, err := json.Marshal(map[string]any{
		protocol.Address: a, "registry.opentofu.org/codesign-tf/codesign": a,
	})
	check(t, err)
	return string(text)
}
