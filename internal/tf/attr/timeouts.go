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
	nested, _ := timeouts.Attributes(ctx, opts).(schema.SingleNestedAttribute)
	replaceStrings(nested.Attributes, func(timeout schema.StringAttribute) schema.Attribute {
		timeout.Validators = []validator.String{formatValidator[durationFormat]{}}
		return timeout
	})
	return nested
}

// ActionTimeouts is Timeouts for an action.
func ActionTimeouts(ctx context.Context, opts actiontimeouts.Opts) actionschema.Attribute {
	nested, _ := actiontimeouts.AttributesWithOpts(ctx, opts).(actionschema.SingleNestedAttribute)
	replaceStrings(nested.Attributes, func(timeout actionschema.StringAttribute) actionschema.Attribute {
		timeout.Validators = []validator.String{formatValidator[durationFormat]{}}
		return timeout
	})
	return nested
}

// replaceStrings replaces the attributes that have the type S.
func replaceStrings[S, A any](attributes map[string]A, replacement func(S) A) {
	for name, attribute := range attributes {
		if s, ok := any(attribute).(S); ok {
			attributes[name] = replacement(s)
		}
	}
}

type durationFormat struct{}

func (durationFormat) name() string { return "duration" }

func (durationFormat) check(s string) error {
	_, err := ParseDuration(s)
	return err
}

// ParseDuration accepts positive durations.
func ParseDuration(s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf(`must be a positive duration, for example "90s" or "20m", got %q`, s)
	}
	return d, nil
}
