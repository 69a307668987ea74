package protocol

import (
	"context"

	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"google.golang.org/grpc"
)

// Plugin is what Run serves.
func Plugin(server tfprotov6.ProviderServer) plugin.GRPCPlugin {
	return config(server).Plugins["provider"].(plugin.GRPCPlugin)
}

// NewGRPCServer is the server that Run starts.
func NewGRPCServer(server tfprotov6.ProviderServer) *grpc.Server {
	return config(server).GRPCServer(nil)
}

// WithCallContext makes a call with a context that is released afterwards.
func WithCallContext[Q, R any](ctx context.Context, req Q, call func(context.Context, Q) (R, error)) (R, error) {
	return withCallContext(ctx, req, call)
}
