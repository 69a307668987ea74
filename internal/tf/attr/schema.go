package attr

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Mode is who sets an attribute.
type Mode struct{ required, optional, computed bool }

// The modes. The functions below return attributes for schemas of all kinds: the schema packages of
// resources, data sources, actions and ephemeral resources have the same attribute interface.
var (
	Required         = Mode{required: true}
	Optional         = Mode{optional: true}
	Computed         = Mode{computed: true}
	OptionalComputed = Mode{optional: true, computed: true}
)

// String returns the attribute of a text.
func String(mode Mode, description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		Required: mode.required, Optional: mode.optional, Computed: mode.computed,
		MarkdownDescription: description, Validators: validators,
	}
}

// Secret returns the attribute of a text that the CLI does not display.
func Secret(mode Mode, description string) schema.StringAttribute {
	secret := String(mode, description)
	secret.Sensitive = true
	return secret
}

// DN returns the attribute of a DNValue.
func DN(mode Mode, description string) schema.StringAttribute {
	return semanticString[dnFormat](mode, description)
}

// GUID returns the attribute of a GUIDValue.
func GUID(mode Mode, description string) schema.StringAttribute {
	return semanticString[guidFormat](mode, description)
}

// Instant returns the attribute of an InstantValue.
func Instant(mode Mode, description string) schema.StringAttribute {
	return semanticString[instantFormat](mode, description)
}

func semanticString[F stringFormat](mode Mode, description string) schema.StringAttribute {
	text := String(mode, description, formatValidator[F]{})
	text.CustomType = SemanticStringType[F]{}
	return text
}

// Int64 returns the attribute of an integer.
func Int64(mode Mode, description string, validators ...validator.Int64) schema.Int64Attribute {
	return schema.Int64Attribute{
		Required: mode.required, Optional: mode.optional, Computed: mode.computed,
		MarkdownDescription: description, Validators: validators,
	}
}

// ID returns the attribute of the number of an object, such as "project".
func ID(mode Mode, object, description string) schema.Int64Attribute {
	id := Int64(mode, description, int64validator.AtLeast(1)) // the type rejects fractions
	id.CustomType = IDType{Object: object}
	return id
}

// Bool returns the attribute of a truth value.
func Bool(mode Mode, description string) schema.BoolAttribute {
	return schema.BoolAttribute{
		Required: mode.required, Optional: mode.optional, Computed: mode.computed, MarkdownDescription: description,
	}
}

// List returns the attribute of a list of texts, which the validators check.
func List(mode Mode, description string, elements ...validator.String) schema.ListAttribute {
	list := schema.ListAttribute{
		Required: mode.required, Optional: mode.optional, Computed: mode.computed,
		ElementType: types.StringType, MarkdownDescription: description,
	}
	if mode != Computed {
		list.Validators = []validator.List{listvalidator.NoNullValues(), listvalidator.ValueStringsAre(elements...)}
	}
	return list
}

// Set returns the attribute of a set of texts, which the validators check.
func Set(mode Mode, description string, elements ...validator.String) schema.SetAttribute {
	return schema.SetAttribute{
		Required: mode.required, Optional: mode.optional, Computed: mode.computed,
		ElementType: types.StringType, MarkdownDescription: description,
		Validators: []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(elements...)},
	}
}

// Names returns the computed attribute of a map of texts.
func Names(description string) schema.MapAttribute {
	return schema.MapAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: description}
}

// Lists returns the computed attribute of a map of lists of texts.
func Lists(description string) schema.MapAttribute {
	return schema.MapAttribute{
		Computed: true, ElementType: types.ListType{ElemType: types.StringType}, MarkdownDescription: description,
	}
}
