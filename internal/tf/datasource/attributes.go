package datasource

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ComputedString returns the attribute of a text that the data source reads.
func ComputedString(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}

// ComputedInt64 returns the attribute of an integer that the data source reads.
func ComputedInt64(description string) schema.Int64Attribute {
	return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
}

// ComputedBool returns the attribute of a truth value that the data source reads.
func ComputedBool(description string) schema.BoolAttribute {
	return schema.BoolAttribute{Computed: true, MarkdownDescription: description}
}

// ComputedStrings returns the attribute of a list of texts that the data source reads.
func ComputedStrings(description string) schema.ListAttribute {
	return schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: description}
}

// ComputedStringLists returns the attribute of a map of lists of texts that the data source reads.
func ComputedStringLists(description string) schema.MapAttribute {
	return schema.MapAttribute{
		Computed: true, ElementType: types.ListType{ElemType: types.StringType}, MarkdownDescription: description,
	}
}
