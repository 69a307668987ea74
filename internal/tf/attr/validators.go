package attr

import (
	"context"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// ValidDN wants a DN, as people type it.
func ValidDN() validator.String { return formatValidator[dnFormat]{} }

// ValidGUID wants a GUID, as people type it.
func ValidGUID() validator.String { return formatValidator[guidFormat]{} }

// ValidInstant wants a time with an offset.
func ValidInstant() validator.String { return formatValidator[instantFormat]{} }

// ValidProjectID wants the number of a project.
func ValidProjectID() validator.Int64 { return typedProjectID{} }

// formatValidator judges what is configured, and never what the server says.
type formatValidator[R stringFormat] struct{}

func (formatValidator[R]) Description(context.Context) string {
	var rule R
	return "must be a " + rule.kind()
}

func (v formatValidator[R]) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

// ValidateString points at the attribute with the slip.
func (formatValidator[R]) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	var rule R
	if err := rule.check(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(ReportablePath(req.Path), "Invalid "+rule.kind(), wrong(req.Path, err))
	}
}

type typedProjectID struct{}

func (typedProjectID) Description(context.Context) string { return "must be the number of a project" }

func (v typedProjectID) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (typedProjectID) ValidateInt64(_ context.Context, req validator.Int64Request, resp *validator.Int64Response) {
	if !req.ConfigValue.IsNull() && !req.ConfigValue.IsUnknown() {
		judgeProjectID(new(big.Float).SetInt64(req.ConfigValue.ValueInt64()), req.Path, &resp.Diagnostics)
	}
}

func judgeProjectID(n *big.Float, at path.Path, diagnostics *diag.Diagnostics) {
	if err := CheckProjectID(n); err != nil {
		diagnostics.AddAttributeError(at, "Invalid number of a project", wrong(at, err))
	}
}

func wrong(at path.Path, err error) string {
	return "The value of " + at.String() + " is wrong: " + err.Error() + "."
}
