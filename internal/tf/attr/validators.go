package attr

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// ValidDN checks a configured DN.
func ValidDN() validator.String { return formatValidator[dnFormat]{} }

// ValidGUID checks a configured GUID.
func ValidGUID() validator.String { return formatValidator[guidFormat]{} }

// ValidInstant checks a configured time.
func ValidInstant() validator.String { return formatValidator[instantFormat]{} }

// ValidID checks a configured ID of an object. IDType rejects fractions.
func ValidID() validator.Int64 { return int64validator.AtLeast(1) }

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
