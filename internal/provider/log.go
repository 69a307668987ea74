package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// apiLog puts the client's log under a subsystem of its own, which
// TF_LOG_PROVIDER_CODESIGN_API can turn up by itself.
type apiLog struct{}

const apiSubsystem = "api"

func (apiLog) Debug(ctx context.Context, msg string, fields map[string]any) {
	ctx = tflog.NewSubsystem(ctx, apiSubsystem, tflog.WithLevelFromEnv("TF_LOG_PROVIDER_CODESIGN_API"))
	tflog.SubsystemDebug(ctx, apiSubsystem, msg, fields)
}
