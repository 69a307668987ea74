package attr

import (
	"context"
	"fmt"
	"time"

	actiontimeouts "github.com/hashicorp/terraform-plugin-framework-timeouts/action/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	actionschema "github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Timeouts is the attribute of terraform-plugin-framework-timeouts with another validator: the
// library accepts zero and negative durations, and its errors have no source line.
func Timeouts(ctx context.Context, opts timeouts.Opts) schema.Attribute {
	nested, ok := timeouts.Attributes(ctx, opts).(schema.SingleNestedAttribute)
	for name := range nested.Attributes {
		if timeout, isString := nested.Attributes[name].(schema.StringAttribute); ok && isString {
			timeout.Validators = []validator.String{positiveDuration{}}
			nested.Attributes[name] = timeout
		}
	}
	return nested
}

// ActionTimeouts is Timeouts for an action.
func ActionTimeouts(ctx context.Context, opts actiontimeouts.Opts) actionschema.Attribute {
	nested, ok := actiontimeouts.AttributesWithOpts(ctx, opts).(actionschema.SingleNestedAttribute)
	for name := range nested.Attributes {
		if timeout, isString := nested.Attributes[name].(actionschema.StringAttribute); ok && isString {
			timeout.Validators = []validator.String{positiveDuration{}}
			nested.Attributes[name] = timeout
		}
	}
	return nested
}

type positiveDuration struct{}

func (positiveDuration) Description(context.Context) string { return "must be a positive duration" }

func (v positiveDuration) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (positiveDuration) ValidateString(
	_ context.Context, req validator.StringRequest, resp *validator.StringResponse,
) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if _, err := ParseDuration(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(ReportablePath(req.Path), "Invalid duration", invalidValue(req.Path, err))
	}
}

// ParseDuration accepts positive durations.
func ParseDuration(s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf(`must be a positive duration, for example "90s" or "20m", got %q`, s)
	}
	return d, nil
}
