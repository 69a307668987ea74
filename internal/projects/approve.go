package projects

import (
	"context"

	"github.com/codesign-tf/terraform-provider-codesign/internal/lifecycle"
)

// awaitApproval waits for the approvers of the flow ticket, and is one of them
// where the order says so.
func (r *run) awaitApproval(ctx context.Context, step lifecycle.Transition) error {
	if !r.order.SelfApprove {
		r.Report("%s is waiting for its approvers", r.seen.Dn)
		return r.await(ctx, step, nil)
	}
	return r.await(ctx, step, r.decideOnce)
}
