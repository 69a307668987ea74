// Package protocol is the plugin server: the framework's server, with changes that thousands of
// objects, invisible characters and interruptions require.
package protocol

import (
	"context"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// Address is the source address of the provider.
const Address = "registry.terraform.io/codesign-tf/codesign"

// Run serves the provider until the CLI closes the connection. With debug it prints how to attach a
// CLI and waits for one; an interrupted action or query then ends without an error.
func Run(p provider.Provider, debug bool) error {
	server := NewServer(p)
	if debug {
		factory := func() tfprotov6.ProviderServer { return server }
		err := tf6server.Serve(Address, factory, tf6server.WithManagedDebug())
		shutDown(p)
		return err
	}
	for name, value := range logSwitch(os.Environ()) {
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	shutDownOn(terminations(), p, os.Exit)
	plugin.Serve(config(server))
	shutDown(p)
	return nil
}

// maxMessageSize is that of tf6server.Serve.
const maxMessageSize = 256 << 20

// config is what tf6server.Serve passes to go-plugin, plus an interceptor, for which tf6server has no
// option.
func config(server tfprotov6.ProviderServer) *plugin.ServeConfig {
	factory := func() tfprotov6.ProviderServer { return server }
	return &plugin.ServeConfig{
		HandshakeConfig: plugin.HandshakeConfig{
			ProtocolVersion:  6,
			MagicCookieKey:   "TF_PLUGIN_MAGIC_COOKIE",
			MagicCookieValue: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
		},
		Plugins: plugin.PluginSet{"provider": &tf6server.GRPCProviderPlugin{GRPCProvider: factory, Name: Address}},
		GRPCServer: func(options []grpc.ServerOption) *grpc.Server {
			return grpc.NewServer(append(options, grpc.UnaryInterceptor(stopCalls(server)),
				grpc.MaxRecvMsgSize(maxMessageSize), grpc.MaxSendMsgSize(maxMessageSize))...)
		},
	}
}

const stopProvider = "/tfplugin6.Provider/StopProvider"

// stopCalls handles StopProvider in place of terraform-plugin-go, which ends the streams of actions and
// lists without an error and drops their last events. The CLI takes that for success. The server of
// the framework cancels the contexts of its calls, so that each call ends with its own result.
func stopCalls(server tfprotov6.ProviderServer) grpc.UnaryServerInterceptor {
	return func(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
		if info.FullMethod != stopProvider {
			return handler(ctx, req)
		}
		_, err := server.StopProvider(ctx, &tfprotov6.StopProviderRequest{})
		return &emptypb.Empty{}, err // without values, all messages have the same encoding
	}
}

// shutdownTimeout is below the two seconds after which the CLI kills a provider.
const shutdownTimeout = 1800 * time.Millisecond

// terminations receives SIGTERM, for example from a cancelled pipeline.
func terminations() <-chan os.Signal {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	return signals
}

// terminated is the exit code that shells report for SIGTERM.
const terminated = 128 + 15

// shutDownOn shuts a provider down on a signal and ends the process.
func shutDownOn(signals <-chan os.Signal, p provider.Provider, exit func(code int)) {
	go func() {
		<-signals
		shutDown(p)
		exit(terminated)
	}()
}

// shutDown lets a provider clean up. The CLI no longer reads, so that an error cannot be reported.
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

const off = "off"

// logSwitch returns environment variables that stop the log of the plugin libraries. Without them each
// call writes some forty lines of JSON, which the CLI parses and drops unless TF_LOG is set. It returns
// none if any variable of the log is set.
func logSwitch(environment []string) map[string]string {
	for _, entry := range environment {
		name, value, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, "TF_LOG") && value != "" && !strings.EqualFold(value, off) {
			return nil
		}
	}
	return map[string]string{"TF_LOG_SDK": off, "TF_LOG_PROVIDER_CODESIGN": off}
}
