package attr

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

var prefixed = regexp.MustCompile(`^[^:\s][^:]*:\S`)

// Prefixed wants a directory, a colon and something behind it, as prefixed names
// and prefixed universals have. The message begins with "must be".
func Prefixed(message string) validator.String {
	return stringvalidator.RegexMatches(prefixed, message)
}
