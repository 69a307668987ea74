// Package projectstatus is the resource codesign_project_status: it drives a
// code-signing project to a status and keeps it there.
package projectstatus

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/projects"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

// NewStatusResource is the constructor that the provider lists.
func NewStatusResource() resource.Resource { return &statusResource{} }

type statusResource struct{ tfkit.ResourceClient }

var (
	_ resource.ResourceWithConfigure      = &statusResource{}
	_ resource.ResourceWithIdentity       = &statusResource{}
	_ resource.ResourceWithImportState    = &statusResource{}
	_ resource.ResourceWithModifyPlan     = &statusResource{}
	_ resource.ResourceWithValidateConfig = &statusResource{}
)

func (r *statusResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_project_status"
}

// newStatusDriver reports to the log what it does.
func newStatusDriver(ctx context.Context, apiClient *api.Client) *projects.Driver {
	d := projects.NewDriver(apiClient)
	d.Report = tfkit.Reporter(ctx)
	return d
}
