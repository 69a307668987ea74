package tfkit

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// StringOrNull is null for what the server left empty.
func StringOrNull(s string) types.String {
	if s == "" {
		return types.StringNull()
	}
	return types.StringValue(s)
}

// TimeOrNull is RFC 3339 in UTC, null for a time that the server did not tell.
func TimeOrNull(t time.Time) types.String {
	if t.IsZero() {
		return types.StringNull()
	}
	return types.StringValue(t.UTC().Format(time.RFC3339Nano))
}
