package protocol

import (
	"context"

	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"google.golang.org/grpc"
)

// Plugin is what Run serves.
func Plugin(factory func() tfprotov6.ProviderServer) plugin.GRPCPlugin {
	return config(factory).Plugins["provider"].(plugin.GRPCPlugin)
}

// NewGRPCServer is the server that Run starts.
func NewGRPCServer(options []grpc.ServerOption) *grpc.Server { return config(nil).GRPCServer(options) }

// WithCallContext makes a call with a context that is released afterwards.
func WithCallContext[Q, R any](ctx context.Context, req Q, call func(context.Context, Q) (R, error)) (R, error) {
	return withCallContext(ctx, req, call)
}
