// Package ticketdecision is the resource workflow_ticket_decision: it decides a
// workflow ticket once and notices when somebody changes the decision.
package ticketdecision

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/decisions"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

// TypeName is the whole name, because the provider's own prefix is another one.
const TypeName = "workflow_ticket_decision"

// NewDecisionResource is the constructor that the provider lists.
func NewDecisionResource() resource.Resource { return &decisionResource{} }

type decisionResource struct{ tfkit.ResourceClient }

var (
	_ resource.ResourceWithConfigure      = &decisionResource{}
	_ resource.ResourceWithIdentity       = &decisionResource{}
	_ resource.ResourceWithImportState    = &decisionResource{}
	_ resource.ResourceWithModifyPlan     = &decisionResource{}
	_ resource.ResourceWithValidateConfig = &decisionResource{}
)

func (r *decisionResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = TypeName
}

// newDriver reports to the log what it does.
func newDriver(ctx context.Context, apiClient *api.Client) *decisions.Driver {
	d := decisions.NewDriver(apiClient)
	d.Report = tfkit.Reporter(ctx)
	return d
}
