package attr

import (
	"context"
	"fmt"
	"time"

	invoketimeouts "github.com/hashicorp/terraform-plugin-framework-timeouts/action/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	actionschema "github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Timeouts is the library's attribute, which also takes nothing and less, with a
// validator that the CLI finds the line for.
func Timeouts(ctx context.Context, opts timeouts.Opts) schema.Attribute {
	nested, is := timeouts.Attributes(ctx, opts).(schema.SingleNestedAttribute)
	for name := range nested.Attributes {
		if timeout, text := nested.Attributes[name].(schema.StringAttribute); is && text {
			timeout.Validators = []validator.String{positiveDuration{}}
			nested.Attributes[name] = timeout
		}
	}
	return nested
}

// ActionTimeouts is the same for an action.
func ActionTimeouts(ctx context.Context, opts invoketimeouts.Opts) actionschema.Attribute {
	nested, is := invoketimeouts.AttributesWithOpts(ctx, opts).(actionschema.SingleNestedAttribute)
	for name := range nested.Attributes {
		if timeout, text := nested.Attributes[name].(actionschema.StringAttribute); is && text {
			timeout.Validators = []validator.String{positiveDuration{}}
			nested.Attributes[name] = timeout
		}
	}
	return nested
}

// positiveDuration accepts durations that last.
type positiveDuration struct{}

func (positiveDuration) Description(context.Context) string { return "must be a duration above zero" }

func (v positiveDuration) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (positiveDuration) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if d, err := time.ParseDuration(req.ConfigValue.ValueString()); err != nil || d <= 0 {
		resp.Diagnostics.AddAttributeError(ReportablePath(req.Path), "Invalid duration", fmt.Sprintf(
			"The value of %s is wrong: %q is no duration above zero, like 90s or 20m. A timeout has to be longer than nothing.", req.Path, req.ConfigValue.ValueString()))
	}
}
