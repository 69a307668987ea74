// Package serve answers a CLI: the framework's server, without what makes it
// slow and large for thousands of objects.
package protocol

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"google.golang.org/grpc"
)

// Address is the one of the registry.
const Address = "registry.terraform.io/codesign-tf/codesign"

// Run serves the provider until the CLI closes the connection. With debug it prints how to attach a
// CLI, and waits; then an interrupted action or query ends without an error.
func Run(p provider.Provider, debug bool) error {
	factory := func() tfprotov6.ProviderServer { return NewServer(p) }
	if debug {
		err := tf6server.Serve(Address, factory, tf6server.WithManagedDebug())
		shutDown(p)
		return err
	}
	if err := setAll(silence(os.Environ())); err != nil {
		return err
	}
	shutDownOn(terminations(), p, os.Exit)
	plugin.Serve(config(factory))
	shutDown(p)
	return nil
}

// maxMessageSize is the one of tf6server.Serve.
const maxMessageSize = 256 << 20

// config is what tf6server.Serve passes to go-plugin, and an interceptor, for which tf6server has no
// option.
func config(factory func() tfprotov6.ProviderServer) *plugin.ServeConfig {
	return &plugin.ServeConfig{
		HandshakeConfig: plugin.HandshakeConfig{
			ProtocolVersion:  6,
			MagicCookieKey:   "TF_PLUGIN_MAGIC_COOKIE",
			MagicCookieValue: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
		},
		Plugins: plugin.PluginSet{"provider": &tf6server.GRPCProviderPlugin{GRPCProvider: factory, Name: Address}},
		GRPCServer: func(options []grpc.ServerOption) *grpc.Server {
			return grpc.NewServer(append(options, grpc.MaxRecvMsgSize(maxMessageSize), grpc.MaxSendMsgSize(maxMessageSize),
				grpc.StreamInterceptor(sendDropped))...)
		},
	}
}

// shutdownTimeout stays below the two seconds after which the CLI kills a provider that it has closed.
const shutdownTimeout = 1800 * time.Millisecond

// terminations are the requests of the system to end, for example from a pipeline that is cancelled.
func terminations() <-chan os.Signal {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	return signals
}

// terminated is the exit code of a process that SIGTERM ended, by the convention of shells.
const terminated = 128 + 15

// shutDownOn lets a provider clean up before the process ends by a signal.
func shutDownOn(signals <-chan os.Signal, p provider.Provider, exit func(code int)) {
	go func() {
		<-signals
		shutDown(p)
		exit(terminated)
	}()
}

// shutDown lets a provider clean up after the CLI has closed the connection. The CLI has stopped
// reading, so that an error has no place to go.
func shutDown(p provider.Provider) {
	closer, ok := p.(interface {
		Shutdown(ctx context.Context) error
	})
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	_ = closer.Shutdown(ctx)
}

func setAll(variables map[string]string) error {
	for name, value := range variables {
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	return nil
}

// NewServer is the framework's server of a provider, with contexts that end with
// their calls.
func NewServer(p provider.Provider) tfprotov6.ProviderServer {
	framework := providerserver.NewProtocol6(p)()
	if whole, ok := framework.(frameworkServer); ok {
		return &server{frameworkServer: sanitizer{whole}}
	}
	return framework // a later framework, in which something has to be looked at anew
}
