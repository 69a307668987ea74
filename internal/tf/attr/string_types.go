package attr

import (
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

// InstantType is the type of RFC 3339 times with an offset, equal by the instant
// they name and not by their zone.
type InstantType = SemanticStringType[instantFormat]

// InstantValue is a value of InstantType.
type InstantValue = SemanticStringValue[instantFormat]

// NewInstantValue wraps a time as the server or the configuration spells it.
func NewInstantValue(s string) InstantValue { return newSemanticString[instantFormat](s) }

// NewInstantNull is the time that nobody set.
func NewInstantNull() InstantValue { return InstantValue{basetypes.NewStringNull()} }

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
