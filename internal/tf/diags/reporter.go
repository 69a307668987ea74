package diags

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// Reporter writes to the log, at level INFO, what a driver says that it does.
func Reporter(ctx context.Context) func(format string, args ...any) {
	return func(format string, args ...any) { tflog.Info(ctx, fmt.Sprintf(format, args...)) }
}
