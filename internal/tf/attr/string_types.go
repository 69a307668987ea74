// Package attr holds what the schemas of the provider share: string types that compare by meaning,
// validators, and conversions of values.
package attr

import (
	"context"
	"errors"
	"fmt"
	"strings"

	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

// The types and their values, whose zero value is null. A type accepts any string, because states hold
// what the server says; the validators of the attributes check what is configured.
type (
	// DNType is the type of DNs, which are equal without regard to case.
	DNType = SemanticStringType[dnFormat]
	// DNValue is a value of DNType.
	DNValue = SemanticStringValue[dnFormat]
	// GUIDType is the type of GUIDs, which are equal without regard to braces and case.
	GUIDType = SemanticStringType[guidFormat]
	// GUIDValue is a value of GUIDType.
	GUIDValue = SemanticStringValue[guidFormat]
	// InstantType is the type of RFC 3339 times, which are equal in any zone.
	InstantType = SemanticStringType[instantFormat]
	// InstantValue is a value of InstantType.
	InstantValue = SemanticStringValue[instantFormat]
)

// NewDNValue returns a known DN.
func NewDNValue(s string) DNValue { return newSemanticString[dnFormat](s) }

// NewGUIDValue returns a known GUID.
func NewGUIDValue(s string) GUIDValue { return newSemanticString[guidFormat](s) }

// NewGUIDUnknown returns an unknown GUID.
func NewGUIDUnknown() GUIDValue { return GUIDValue{basetypes.NewStringUnknown()} }

// NewInstantValue returns a known time.
func NewInstantValue(s string) InstantValue { return newSemanticString[instantFormat](s) }

type dnFormat struct{}

func (dnFormat) name() string           { return "DN" }
func (dnFormat) check(s string) error   { return dn.Validate(s) }
func (dnFormat) equal(a, b string) bool { return dn.Equal(a, b) }

type guidFormat struct{}

func (guidFormat) name() string           { return "GUID" }
func (guidFormat) check(s string) error   { return dn.ValidateGUID(s) }
func (guidFormat) equal(a, b string) bool { return dn.EqualGUID(a, b) }

type instantFormat struct{}

func (instantFormat) name() string { return "time" }

func (instantFormat) check(s string) error {
	_, err := schedule.ParseInstant(s)
	return err
}

func (instantFormat) equal(a, b string) bool {
	first, errFirst := schedule.ParseInstant(a)
	second, errSecond := schedule.ParseInstant(b)
	return errFirst == nil && errSecond == nil && schedule.SameInstant(first, second)
}

var (
	_ basetypes.StringTypable                    = DNType{}
	_ basetypes.StringValuableWithSemanticEquals = DNValue{}
)

// stringFormat is what one kind of string has in particular.
type stringFormat interface {
	checkedFormat
	equal(a, b string) bool
}

// SemanticStringType is a string type whose values are compared by their format.
type SemanticStringType[F stringFormat] struct{ basetypes.StringType }

// Equal implements attr.Type.
func (t SemanticStringType[F]) Equal(o fwattr.Type) bool {
	_, ok := o.(SemanticStringType[F])
	return ok
}

func (t SemanticStringType[F]) String() string {
	var format F
	return "SemanticStringType[" + format.name() + "]"
}

// ValueType implements attr.Type.
func (t SemanticStringType[F]) ValueType(context.Context) fwattr.Value {
	return SemanticStringValue[F]{}
}

// ValueFromString implements basetypes.StringTypable.
func (t SemanticStringType[F]) ValueFromString(
	_ context.Context, in basetypes.StringValue,
) (basetypes.StringValuable, diag.Diagnostics) {
	return SemanticStringValue[F]{in}, nil
}

// ValueFromTerraform implements attr.Type.
func (t SemanticStringType[F]) ValueFromTerraform(ctx context.Context, in tftypes.Value) (fwattr.Value, error) {
	value, err := t.StringType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	s, ok := value.(basetypes.StringValue)
	if !ok {
		return nil, fmt.Errorf("expected a string, got %T", value)
	}
	return SemanticStringValue[F]{s}, nil
}

// SemanticStringValue is a value of a SemanticStringType.
type SemanticStringValue[F stringFormat] struct{ basetypes.StringValue }

func newSemanticString[F stringFormat](s string) SemanticStringValue[F] {
	return SemanticStringValue[F]{basetypes.NewStringValue(s)}
}

// Type implements attr.Value.
func (v SemanticStringValue[F]) Type(context.Context) fwattr.Type { return SemanticStringType[F]{} }

// Equal compares character by character.
func (v SemanticStringValue[F]) Equal(o fwattr.Value) bool {
	other, ok := o.(SemanticStringValue[F])
	return ok && v.StringValue.Equal(other.StringValue)
}

// StringSemanticEquals compares by the format, so that the state keeps the configured spelling.
func (v SemanticStringValue[F]) StringSemanticEquals(
	_ context.Context, other basetypes.StringValuable,
) (bool, diag.Diagnostics) {
	o, ok := other.(SemanticStringValue[F])
	var format F
	return ok && format.equal(v.ValueString(), o.ValueString()), nil
}

type (
	// TrusteeType is the type of prefixed universals, which are equal without regard to case and braces.
	TrusteeType = SemanticStringType[trusteeFormat]
	// TrusteeValue is a value of TrusteeType.
	TrusteeValue = SemanticStringValue[trusteeFormat]
)

// NewTrusteeValue returns a known trustee.
func NewTrusteeValue(s string) TrusteeValue { return newSemanticString[trusteeFormat](s) }

type trusteeFormat struct{}

func (trusteeFormat) name() string           { return "trustee" }
func (trusteeFormat) equal(a, b string) bool { return settings.SameTrustee(a, b) }

func (trusteeFormat) check(s string) error {
	switch {
	case signright.Prefix(s) == "" && s != "":
		return fmt.Errorf("%q has no directory; a trustee is a prefixed universal, a directory, a colon and an ID, "+
			"such as local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}\n\n%s", redact.Visible(s), IdentityBlock("name", s))
	case !prefixed.MatchString(s):
		return errors.New("a trustee is a prefixed universal, a directory, a colon and an ID, such as " +
			"local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}")
	case settings.IsPrefixedName(s):
		return PrefixedNameError(s)
	default:
		return nil
	}
}

// PrefixedNameError is about a prefixed name in the place of a prefixed universal.
func PrefixedNameError(trustee string) error {
	return fmt.Errorf("%q is a prefixed name; a trustee is a prefixed universal, which does not change if the "+
		"identity is renamed\n\n%s", redact.Visible(trustee), IdentityBlock("prefixed_name", trustee))
}

// IdentityBlock is the configuration that reads the prefixed universal of an identity.
func IdentityBlock(argument, value string) string {
	return fmt.Sprintf("Read it from the server:\n\n  data \"codesign_identity\" \"this\" {\n    %s = %q\n  }\n\n"+
		"and write data.codesign_identity.this.prefixed_universal", argument, redact.Visible(value))
}

// ValidTrustee checks a configured trustee.
func ValidTrustee() validator.String { return formatValidator[trusteeFormat]{} }

// CheckGUID returns an error for what cannot be the GUID of an object.
func CheckGUID(guid string) error {
	err := dn.ValidateGUID(guid)
	if err == nil && strings.Trim(dn.CanonicalGUID(guid), "0-") == "" {
		return errors.New("the GUID is all zeros")
	}
	return err
}

// CheckTrustee returns an error for what is not a prefixed universal.
func CheckTrustee(s string) error { return trusteeFormat{}.check(s) }
