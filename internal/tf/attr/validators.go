package attr

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"regexp"
	"time"

	actiontimeouts "github.com/hashicorp/terraform-plugin-framework-timeouts/action/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ValidDN checks a configured DN.
func ValidDN() validator.String { return formatValidator[dnFormat]{} }

var prefixed = regexp.MustCompile(`^[^:\s][^:]*:\S`)

// Prefixed requires a directory, a colon and an identity, as prefixed names and prefixed universals
// have. The message starts with "must be".
func Prefixed(message string) validator.String {
	return stringvalidator.RegexMatches(prefixed, message)
}

// ReportablePath returns the path at which the CLI finds the source line of an attribute. The CLI
// finds lines of attributes and of their elements, but not of members of an object, which have the
// syntax of map elements.
func ReportablePath(at path.Path) path.Path {
	steps := at.Steps()
	if len(steps) != 2 {
		return at
	}
	object, isAttribute := steps[0].(path.PathStepAttributeName)
	member, isMember := steps[1].(path.PathStepAttributeName)
	if !isAttribute || !isMember {
		return at
	}
	return path.Root(string(object)).AtMapKey(string(member))
}

// checkedFormat is a kind of string that a configuration must have.
type checkedFormat interface {
	name() string
	check(string) error
}

type formatValidator[F checkedFormat] struct{}

func (formatValidator[F]) Description(context.Context) string {
	var format F
	return "must be a " + format.name()
}

func (v formatValidator[F]) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (formatValidator[F]) ValidateString(
	_ context.Context, req validator.StringRequest, resp *validator.StringResponse,
) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	var format F
	if err := format.check(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(ReportablePath(req.Path), "Invalid "+format.name(),
			invalidValue(req.Path, err))
	}
}

func invalidValue(at path.Path, err error) string {
	return "Invalid value for " + at.String() + ": " + err.Error() + "."
}

// IDType is an integer type that reports a fraction at the attribute. The framework's own type
// reports it as a bug of the provider.
type IDType struct {
	basetypes.Int64Type

	Object string // for messages: project, environment
}

// Equal implements attr.Type. The values of all these types are the same.
func (IDType) Equal(o fwattr.Type) bool {
	switch o.(type) {
	case IDType, basetypes.Int64Type:
		return true
	default:
		return false
	}
}

func (IDType) String() string { return "IDType" }

// ValueFromTerraform returns 0 for what Validate rejects.
func (t IDType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (fwattr.Value, error) {
	if n := numberIn(in); n != nil && !isInt64(n) {
		return basetypes.NewInt64Value(0), nil
	}
	return t.Int64Type.ValueFromTerraform(ctx, in)
}

// Validate rejects numbers that are not integers. The attribute checks the range.
func (t IDType) Validate(_ context.Context, in tftypes.Value, at path.Path) (diagnostics diag.Diagnostics) {
	if n := numberIn(in); n != nil && !isInt64(n) {
		diagnostics.AddAttributeError(at, "Invalid "+t.Object+" ID", invalidValue(at, CheckID(n)))
	}
	return diagnostics
}

// numberIn returns nil for a value that is null, unknown or not a number.
func numberIn(v tftypes.Value) *big.Float {
	n := new(big.Float)
	if !v.IsKnown() || v.IsNull() || v.As(&n) != nil {
		return nil
	}
	return n
}

func isInt64(n *big.Float) bool {
	_, accuracy := n.Int64()
	return accuracy == big.Exact
}

// CheckID returns an error for a number that cannot be an ID.
func CheckID(n *big.Float) error {
	if !isInt64(n) || n.Sign() <= 0 {
		return fmt.Errorf("must be an integer between 1 and %d, got %s", int64(math.MaxInt64), n.Text('g', 20))
	}
	return nil
}

// Timeouts is the attribute of terraform-plugin-framework-timeouts, with the descriptions of its
// operations and another validator: the library accepts zero and negative durations, and its errors
// have no source line.
func Timeouts(descriptions map[string]string) schema.Attribute {
	nested, kind := durations(descriptions)
	nested.CustomType = timeouts.Type{ObjectType: kind}
	return nested
}

// ActionTimeouts is Timeouts for an action.
func ActionTimeouts(invoke string) schema.Attribute {
	nested, kind := durations(map[string]string{"invoke": invoke})
	nested.CustomType = actiontimeouts.Type{ObjectType: kind}
	return nested
}

func durations(descriptions map[string]string) (schema.SingleNestedAttribute, basetypes.ObjectType) {
	attributes, types := map[string]schema.Attribute{}, map[string]fwattr.Type{}
	for name, description := range descriptions {
		attributes[name] = String(Optional, description, formatValidator[durationFormat]{})
		types[name] = basetypes.StringType{}
	}
	return schema.SingleNestedAttribute{Optional: true, Attributes: attributes}, basetypes.ObjectType{AttrTypes: types}
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
