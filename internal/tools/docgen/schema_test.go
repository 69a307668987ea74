package main

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// served answers the two questions that docgen asks and no other.
type served struct {
	tfprotov6.ProviderServer
	schema     tfprotov6.GetProviderSchemaResponse
	identities tfprotov6.GetResourceIdentitySchemasResponse
}

func (s *served) GetProviderSchema(
	context.Context, *tfprotov6.GetProviderSchemaRequest,
) (*tfprotov6.GetProviderSchemaResponse, error) {
	return &s.schema, nil
}

func (s *served) GetResourceIdentitySchemas(
	context.Context, *tfprotov6.GetResourceIdentitySchemasRequest,
) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &s.identities, nil
}

func block(attributes ...*tfprotov6.SchemaAttribute) *tfprotov6.Schema {
	return &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{
		Description: "What it does.", DescriptionKind: tfprotov6.StringKindMarkdown, Attributes: attributes,
	}}
}

func everyKind() *served {
	text := &tfprotov6.SchemaAttribute{
		Name: "text", Type: tftypes.List{ElementType: tftypes.String}, Optional: true,
		WriteOnly: true,
	}
	nested := &tfprotov6.SchemaAttribute{Name: "schedule", Required: true, NestedType: &tfprotov6.SchemaObject{
		Nesting: tfprotov6.SchemaObjectNestingModeSingle, Attributes: []*tfprotov6.SchemaAttribute{text},
	}}
	s := &served{}
	s.schema = tfprotov6.GetProviderSchemaResponse{
		Provider: block(text),
		ResourceSchemas: map[string]*tfprotov6.Schema{
			"workflow_thing": block(nested), "codesign_thing": block(text),
		},
		ActionSchemas:       map[string]*tfprotov6.ActionSchema{"workflow_act": {Schema: block(text)}},
		ListResourceSchemas: map[string]*tfprotov6.Schema{"codesign_thing": block()},
		Functions: map[string]*tfprotov6.Function{"dn": {
			Summary:           "Builds a DN.",
			VariadicParameter: &tfprotov6.FunctionParameter{Name: "names", Type: tftypes.String},
			Return:            &tfprotov6.FunctionReturn{Type: tftypes.String},
		}},
	}
	s.identities.IdentitySchemas = map[string]*tfprotov6.ResourceIdentitySchema{"workflow_thing": {
		IdentityAttributes: []*tfprotov6.ResourceIdentitySchemaAttribute{{
			Name: "guid", Type: tftypes.String,
			RequiredForImport: true,
		}},
	}}
	return s
}

func TestSchema_MatchesCLIOutput(t *testing.T) {
	t.Parallel()
	schemas, err := providerSchemas(t.Context(), everyKind())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range [][2]string{
		{"provider/block/attributes/text/type", `["list","string"]`},
		{"provider/block/attributes/text/write_only", `true`},
		{"resource_schemas/codesign_workflow_thing/block/description", `"What it does."`},
		{"resource_schemas/codesign_workflow_thing/block/description_kind", `"markdown"`},
		{"resource_schemas/codesign_workflow_thing/block/attributes/schedule/nested_type/nesting_mode", `"single"`},
		{
			"resource_schemas/codesign_workflow_thing/block/attributes/schedule/nested_type/attributes/text/optional",
			`true`,
		},
		{"resource_schemas/codesign_thing/version", `0`},
		{"resource_identity_schemas/codesign_workflow_thing/attributes/guid/required_for_import", `true`},
		{"action_schemas/codesign_workflow_act/block/attributes/text/optional", `true`},
		{"list_resource_schemas/codesign_thing/block/attributes", `{}`},
		{"functions/dn/variadic_parameter/name", `"names"`},
		{"functions/dn/return_type", `"string"`},
	} {
		path, want := c[0], c[1]
		if got := at(t, schemas, "provider_schemas/codesign/"+path); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}

// at encodes what lies at a path of member names.
func at(t *testing.T, in object, path string) string {
	t.Helper()
	var value any = in
	for name := range strings.SplitSeq(path, "/") {
		members, ok := value.(object)
		if !ok {
			t.Fatalf("%s: nothing at %s", path, name)
		}
		value = members[name]
	}
	out, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestSchema_ProviderErrors(t *testing.T) {
	t.Parallel()
	s := everyKind()
	s.identities.Diagnostics = []*tfprotov6.Diagnostic{
		{Severity: tfprotov6.DiagnosticSeverityWarning, Summary: "only a warning"},
		{Severity: tfprotov6.DiagnosticSeverityError, Summary: "bad identity", Detail: "of codesign_thing"},
	}
	_, err := providerSchemas(t.Context(), s)
	if err == nil || err.Error() != "bad identity: of codesign_thing" {
		t.Errorf("got %v", err)
	}
}

func TestPages_TypeNames(t *testing.T) {
	t.Parallel()
	for page, want := range map[string]string{
		"# " + pageType("workflow_ticket_decision"): "# workflow_ticket_decision",
		"# " + pageType("codesign_project_status"):  "# codesign_project_status",
		"dn(, names string...) string":              "dn(names string...) string",
	} {
		if got := fixPage(page); got != want {
			t.Errorf("%q became %q, want %q", page, got, want)
		}
	}
}
