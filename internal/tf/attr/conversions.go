package attr

import (
	"slices"
	"time"

	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// StringOrNull returns null for "".
func StringOrNull(s string) types.String {
	if s == "" {
		return types.StringNull()
	}
	return types.StringValue(s)
}

// TimeOrNull returns the time in RFC 3339 and UTC, null for the zero time.
func TimeOrNull(t time.Time) types.String {
	if t.IsZero() {
		return types.StringNull()
	}
	return types.StringValue(t.UTC().Format(time.RFC3339Nano))
}

// Int64OrNull returns null for 0.
func Int64OrNull(n int64) types.Int64 {
	if n == 0 {
		return types.Int64Null()
	}
	return types.Int64Value(n)
}

// SortedStrings returns the strings as a sorted list, which is never null.
func SortedStrings(list []string) types.List {
	values := make([]fwattr.Value, 0, len(list))
	for _, s := range slices.Sorted(slices.Values(list)) {
		values = append(values, types.StringValue(s))
	}
	return types.ListValueMust(types.StringType, values)
}
