package attr

import (
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

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

// CheckTrustee returns an error for what is not a prefixed universal.
func CheckTrustee(s string) error { return trusteeFormat{}.check(s) }
