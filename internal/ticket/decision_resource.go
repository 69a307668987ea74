// Package ticketdecision is the resource workflow_ticket_decision: it decides a
// workflow ticket once and notices when somebody changes the decision.
package ticket

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

// TypeName is the whole name, because the provider's own prefix is another one.
const TypeName = "workflow_ticket_decision"

// NewDecisionResource is the constructor that the provider lists.
func NewDecisionResource() resource.Resource { return &decisionResource{} }

type decisionResource struct{ config.ResourceClient }

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
func newDriver(ctx context.Context, api *client.Client) *decide.Decider {
	d := decide.New(api)
	d.Report = diags.Reporter(ctx)
	return d
}
