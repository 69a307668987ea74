package acctest

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/codesign-tf/terraform-provider-codesign/internal/provider"
	"github.com/codesign-tf/terraform-provider-codesign/internal/provider/protocol"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
)

// newServer is a provider with a clock; nil is the usual one.
func newServer(clock func() time.Time) tfprotov6.ProviderServer {
	return protocol.NewServer(provider.New("test", provider.WithTiming(timing, clock))())
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

// builtDir has the provider that build makes. Main sets it.
var builtDir string

// build makes a provider once for the tests of a package.
var build = sync.OnceValues(func() (binary string, err error) {
	if builtDir == "" {
		return "", errors.New("the package has no TestMain that calls acctest.Main")
	}
	binary = filepath.Join(builtDir, "provider")
	return binary, realcli.Build(context.Background(), realcli.Module, binary)
})

// Main is the TestMain of a package whose tests use InstalledCLI.
func Main(m *testing.M) {
	dir, err := os.MkdirTemp("", "provider")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	builtDir = dir
	m.Run()
}

// InstalledCLI is a real CLI in a directory of the test's own, with the provider of this module in its
// mirror.
func InstalledCLI(t *testing.T, env ...string) *realcli.CLI {
	t.Helper()
	prepare()
	cli, err := realcli.New(t.TempDir(), env...)
	check(t, err)
	binary, err := build()
	check(t, err)
	check(t, cli.Use(binary))
	return cli
}
