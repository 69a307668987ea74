package project

import (
	"context"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// newReconciler reports each step to the log.
func newReconciler(ctx context.Context, api *client.Client, timing config.Timing) *reconcile.Reconciler {
	r := reconcile.New(api)
	r.Report = diags.Reporter(ctx)
	timing.Apply(&r.PollInterval, &r.ConsistencyWindow)
	return r
}
