package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/emptypb"
)

// startup is the time from the start of a provider's process to its schema, and the memory of the
// process then.
type startup struct {
	took   time.Duration
	memory int64 // bytes
	schema int   // bytes
}

// handshake has the values of the plugin protocol that every CLI sends.
var handshake = plugin.HandshakeConfig{
	ProtocolVersion:  6,
	MagicCookieKey:   "TF_PLUGIN_MAGIC_COOKIE",
	MagicCookieValue: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
}

// startProvider starts a provider as the CLI does, with mutual TLS, requests its schema and ends
// it.
func startProvider(ctx context.Context, binary string) (startup, error) {
	cmd := exec.CommandContext(ctx, binary)
	began := time.Now()
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  handshake,
		Plugins:          plugin.PluginSet{},
		Cmd:              cmd,
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         true,
		Logger:           hclog.NewNullLogger(),
		SyncStdout:       io.Discard,
		SyncStderr:       io.Discard,
	})
	defer client.Kill()
	protocol, err := client.Client()
	if err != nil {
		return startup{}, fmt.Errorf("starting %s: %w", binary, err)
	}
	conn, ok := protocol.(*plugin.GRPCClient)
	if !ok {
		return startup{}, fmt.Errorf("go-plugin returned %T", protocol)
	}
	var schema emptypb.Empty // keeps the fields that it does not know
	err = conn.Conn.Invoke(ctx, "/tfplugin6.Provider/GetProviderSchema", &emptypb.Empty{}, &schema)
	return startup{took: time.Since(began), memory: resident(cmd.Process.Pid), schema: proto.Size(&schema)}, err
}

// startCopy starts a new copy of a provider.
func (l *lab) startCopy(ctx context.Context, binary string) (startup, error) {
	content, err := os.ReadFile(binary)
	if err != nil {
		return startup{}, err
	}
	name := filepath.Join(l.dir, filepath.Base(binary)+"-copy")
	defer func() { _ = os.Remove(name) }()
	if err := os.WriteFile(name, content, 0o700); err != nil {
		return startup{}, err
	}
	return startProvider(ctx, name)
}
