// Package resource holds what all resources have in common. A resource embeds a Definition, and an
// Identity if it can be imported.
package resource

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// Importable has the optional methods of a resource that can be imported.
type Importable interface {
	resource.ResourceWithImportState
	resource.ResourceWithIdentity
	resource.ResourceWithConfigure
	resource.ResourceWithConfigValidators
	resource.ResourceWithModifyPlan
}

// Definition is what describes a resource.
type Definition struct {
	TypeName   string // with its prefix, such as codesign_project
	NewSchema  func() schema.Schema
	Validators []resource.ConfigValidator
}

// Metadata implements resource.Resource.
func (d Definition) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = d.TypeName
}

// Schema implements resource.Resource.
func (d Definition) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = d.NewSchema()
}

// ConfigValidators implements resource.ResourceWithConfigValidators.
func (d Definition) ConfigValidators(context.Context) []resource.ConfigValidator { return d.Validators }

// Identity has the description of each attribute of an identity. All are texts that an import requires.
type Identity map[string]string

// IdentitySchema implements resource.ResourceWithIdentity.
func (i Identity) IdentitySchema(
	_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse,
) {
	resp.IdentitySchema.Attributes = map[string]identityschema.Attribute{}
	for name, description := range i {
		resp.IdentitySchema.Attributes[name] = identityschema.StringAttribute{
			RequiredForImport: true, Description: description,
		}
	}
}

// Validate returns the validator that checks a configuration which has the shape of M.
func Validate[M any](check func(m *M, diagnostics *diag.Diagnostics)) resource.ConfigValidator {
	return modelValidator[M]{check}
}

type modelValidator[M any] struct {
	check func(m *M, diagnostics *diag.Diagnostics)
}

func (modelValidator[M]) Description(context.Context) string { return "the arguments fit together" }

func (v modelValidator[M]) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v modelValidator[M]) ValidateResource(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	var m M
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if !resp.Diagnostics.HasError() {
		v.check(&m, &resp.Diagnostics)
	}
}
