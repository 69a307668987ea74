package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
)

// start is what it takes from the start of a provider's process to its schema,
// asked for in the way of the CLI, mutual TLS included.
type start struct {
	took   time.Duration
	memory int64 // of the process then, in bytes: an empty provider
	schema int   // bytes
}

// The values are those of the plugin protocol, which every CLI knows.
var handshake = plugin.HandshakeConfig{
	ProtocolVersion:  6,
	MagicCookieKey:   "TF_PLUGIN_MAGIC_COOKIE",
	MagicCookieValue: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
}

// startOf starts a provider, asks for its schema, and ends it.
func startOf(ctx context.Context, binary string) (start, error) {
	return startCmd(ctx, exec.CommandContext(ctx, binary))
}

func startCmd(ctx context.Context, cmd *exec.Cmd) (start, error) {
	began := time.Now()
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  handshake,
		Plugins:          plugin.PluginSet{"provider": connection{}},
		Cmd:              cmd,
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         true,
		SkipHostEnv:      false,
		Logger:           hclog.NewNullLogger(),
		SyncStdout:       io.Discard,
		SyncStderr:       io.Discard,
	})
	defer client.Kill()
	protocol, err := client.Client()
	if err != nil {
		return start{}, fmt.Errorf("starting %s: %w", cmd.Path, err)
	}
	raw, err := protocol.Dispense("provider")
	if err != nil {
		return start{}, err
	}
	conn, ok := raw.(*grpc.ClientConn)
	if !ok {
		return start{}, errors.New("the plugin library gives no connection")
	}
	var schema []byte
	if err := conn.Invoke(ctx, "/tfplugin6.Provider/GetProviderSchema", []byte{}, &schema, grpc.ForceCodec(uncoded{})); err != nil {
		return start{}, err
	}
	return start{took: time.Since(began), memory: resident(cmd.Process.Pid), schema: len(schema)}, nil
}

// connection is a plugin of which nothing but the connection is wanted.
type connection struct{ plugin.NetRPCUnsupportedPlugin }

// GRPCServer is the other side's business.
func (connection) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error {
	return errors.New("this side is no server")
}

// GRPCClient hands the connection through.
func (connection) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, conn *grpc.ClientConn) (any, error) {
	return conn, nil
}

// uncoded sends and takes messages as bytes.
type uncoded struct{}

// Name is that of the codec whose messages these are.
func (uncoded) Name() string { return "proto" }

// Marshal takes []byte.
func (uncoded) Marshal(v any) ([]byte, error) {
	message, ok := v.([]byte)
	if !ok {
		return nil, fmt.Errorf("%T is no message", v)
	}
	return message, nil
}

// Unmarshal fills a *[]byte.
func (uncoded) Unmarshal(data []byte, v any) error {
	message, ok := v.(*[]byte)
	if !ok {
		return fmt.Errorf("%T takes no message", v)
	}
	*message = data
	return nil
}

// startups is how often each provider is started; a start takes less than the
// noise of a busy machine.
const startups = 41

// starts runs both providers up in turn, and gives the median of each.
func (l *lab) starts(ctx context.Context) (ours, minimal start, err error) {
	var all [2][]start
	for range startups {
		for i, binary := range []string{l.cli.Binary(), l.yardstick()} {
			one, err := startOf(ctx, binary)
			if err != nil {
				return ours, minimal, err
			}
			all[i] = append(all[i], one)
		}
	}
	return middleStart(all[0]), middleStart(all[1]), nil
}

func middleStart(all []start) start {
	var took []time.Duration
	var memory []int64
	for _, s := range all {
		took, memory = append(took, s.took), append(memory, s.memory)
	}
	return start{middle(took), middle(memory), all[0].schema}
}
