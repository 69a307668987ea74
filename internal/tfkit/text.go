package tfkit

import "github.com/hashicorp/terraform-plugin-framework/types"

// StringOrNull is null for what the server left empty.
func StringOrNull(s string) types.String {
	if s == "" {
		return types.StringNull()
	}
	return types.StringValue(s)
}
