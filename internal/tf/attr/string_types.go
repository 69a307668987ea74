// Package attr holds what the schemas of the provider share: string types that compare by meaning,
// validators, and conversions of values.
package attr

import (
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

// The types and their values. A type accepts any string, because states hold what the server says;
// ValidDN, ValidGUID and ValidInstant check what is configured.
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

// NewDNNull returns a null DN.
func NewDNNull() DNValue { return DNValue{basetypes.NewStringNull()} }

// NewGUIDValue returns a known GUID.
func NewGUIDValue(s string) GUIDValue { return newSemanticString[guidFormat](s) }

// NewGUIDNull returns a null GUID.
func NewGUIDNull() GUIDValue { return GUIDValue{basetypes.NewStringNull()} }

// NewGUIDUnknown returns an unknown GUID.
func NewGUIDUnknown() GUIDValue { return GUIDValue{basetypes.NewStringUnknown()} }

// NewInstantValue returns a known time.
func NewInstantValue(s string) InstantValue { return newSemanticString[instantFormat](s) }

// NewInstantNull returns a null time.
func NewInstantNull() InstantValue { return InstantValue{basetypes.NewStringNull()} }

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
