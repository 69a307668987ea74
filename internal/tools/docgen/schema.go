package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

type object = map[string]any

// providerSchemas asks the provider for everything it serves, in the shape of `terraform providers
// schema -json`. Asked of the provider itself and not of a CLI, the schema holds what that CLI
// would be too old to know.
func providerSchemas(ctx context.Context, server tfprotov6.ProviderServer) (object, error) {
	schema, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, fmt.Errorf("asking the provider for its schema: %w", err)
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return nil, fmt.Errorf("asking the provider for its identity schemas: %w", err)
	}
	if err := firstError(append(schema.Diagnostics, identities.Diagnostics...)); err != nil {
		return nil, err
	}
	served := object{
		"provider":                   schemaJSON(schema.Provider),
		"resource_schemas":           byPage(schema.ResourceSchemas, schemaJSON),
		"data_source_schemas":        byPage(schema.DataSourceSchemas, schemaJSON),
		"ephemeral_resource_schemas": byPage(schema.EphemeralResourceSchemas, schemaJSON),
		"list_resource_schemas":      byPage(schema.ListResourceSchemas, schemaJSON),
		"action_schemas": byPage(schema.ActionSchemas,
			func(a *tfprotov6.ActionSchema) object { return schemaJSON(a.Schema) }),
		"resource_identity_schemas": byPage(identities.IdentitySchemas, identityJSON),
		"functions":                 byPage(schema.Functions, functionJSON),
	}
	return object{"format_version": "1.0", "provider_schemas": object{providerName: served}}, nil
}

func firstError(diagnostics []*tfprotov6.Diagnostic) error {
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return errors.New(d.Summary + ": " + d.Detail)
		}
	}
	return nil
}

func byPage[T any](in map[string]T, convert func(T) object) object {
	out := make(object, len(in))
	for name, value := range in {
		out[pageType(name)] = convert(value)
	}
	return out
}

func schemaJSON(s *tfprotov6.Schema) object {
	return object{"version": s.Version, "block": blockJSON(s.Block)}
}

func blockJSON(b *tfprotov6.SchemaBlock) object {
	nested := object{}
	for _, t := range b.BlockTypes {
		nested[t.TypeName] = object{
			"nesting_mode": strings.ToLower(t.Nesting.String()),
			"block":        blockJSON(t.Block),
			"min_items":    t.MinItems,
			"max_items":    t.MaxItems,
		}
	}
	return object{
		"attributes":       attributesJSON(b.Attributes),
		"block_types":      nested,
		"description":      b.Description,
		"description_kind": strings.ToLower(b.DescriptionKind.String()),
		"deprecated":       b.Deprecated,
	}
}

func attributesJSON(attributes []*tfprotov6.SchemaAttribute) object {
	out := make(object, len(attributes))
	for _, a := range attributes {
		out[a.Name] = attributeJSON(a)
	}
	return out
}

func attributeJSON(a *tfprotov6.SchemaAttribute) object {
	out := object{
		"description":      a.Description,
		"description_kind": strings.ToLower(a.DescriptionKind.String()),
		"deprecated":       a.Deprecated,
		"required":         a.Required,
		"optional":         a.Optional,
		"computed":         a.Computed,
		"sensitive":        a.Sensitive,
		"write_only":       a.WriteOnly,
	}
	if a.NestedType != nil {
		out["nested_type"] = object{
			"nesting_mode": strings.ToLower(a.NestedType.Nesting.String()),
			"attributes":   attributesJSON(a.NestedType.Attributes),
		}
	} else {
		out["type"] = a.Type
	}
	return out
}

func identityJSON(s *tfprotov6.ResourceIdentitySchema) object {
	attributes := object{}
	for _, a := range s.IdentityAttributes {
		attributes[a.Name] = object{
			"type":                a.Type,
			"description":         a.Description,
			"required_for_import": a.RequiredForImport,
			"optional_for_import": a.OptionalForImport,
		}
	}
	return object{"version": s.Version, "attributes": attributes}
}

func functionJSON(f *tfprotov6.Function) object {
	parameters := make([]object, len(f.Parameters))
	for i, p := range f.Parameters {
		parameters[i] = parameterJSON(p)
	}
	out := object{
		"description":         f.Description,
		"summary":             f.Summary,
		"deprecation_message": f.DeprecationMessage,
		"return_type":         f.Return.Type,
		"parameters":          parameters,
	}
	if f.VariadicParameter != nil {
		out["variadic_parameter"] = parameterJSON(f.VariadicParameter)
	}
	return out
}

func parameterJSON(p *tfprotov6.FunctionParameter) object {
	return object{"name": p.Name, "description": p.Description, "is_nullable": p.AllowNullValue, "type": p.Type}
}
