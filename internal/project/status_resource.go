// Package projectstatus is the resource codesign_project_status: it drives a
// code-signing project to a status and keeps it there.
package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// NewStatusResource is the constructor that the provider lists.
func NewStatusResource() resource.Resource { return &statusResource{} }

type statusResource struct{ config.ResourceClient }

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
