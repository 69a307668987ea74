package attr

import (
	"slices"
	"time"

	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
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

// SortedStrings is a list of strings, sorted; none is an empty list.
func SortedStrings(list []string) types.List {
	sorted := slices.Sorted(slices.Values(list))
	values := make([]fwattr.Value, 0, len(sorted))
	for _, s := range sorted {
		values = append(values, types.StringValue(s))
	}
	return types.ListValueMust(types.StringType, values)
}

// Int64OrNull is null for zero, which no number of the server's is.
func Int64OrNull(n int64) types.Int64 {
	if n == 0 {
		return types.Int64Null()
	}
	return types.Int64Value(n)
}
