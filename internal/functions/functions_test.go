package functions_test

import (
	"slices"
	"strings"
	"testing"

	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/functions"
)

// call runs a function like the framework.
func call(t *testing.T, f function.Function, argument fwattr.Value) (fwattr.Value, *function.FuncError) {
	t.Helper()
	var def function.DefinitionResponse
	f.Definition(t.Context(), function.DefinitionRequest{}, &def)
	result, funcErr := def.Definition.Return.NewResultData(t.Context())
	if funcErr != nil {
		t.Fatal(funcErr)
	}
	resp := function.RunResponse{Result: result}
	f.Run(t.Context(), function.RunRequest{Arguments: function.NewArgumentsData([]fwattr.Value{argument})}, &resp)
	return resp.Result.Value(), resp.Error
}

// variadic packs arguments like the framework those of a variadic parameter.
func variadic(names ...string) fwattr.Value {
	elements, elementTypes := stringValues(names), make([]fwattr.Type, len(names))
	for i := range elementTypes {
		elementTypes[i] = types.StringType
	}
	return types.TupleValueMust(elementTypes, elements)
}

func list(names ...string) fwattr.Value {
	return types.ListValueMust(types.StringType, stringValues(names))
}

func stringValues(names []string) []fwattr.Value {
	elements := make([]fwattr.Value, 0, len(names))
	for _, name := range names {
		elements = append(elements, types.StringValue(name))
	}
	return elements
}

func TestAll_HaveDescriptions(t *testing.T) {
	for _, newFunction := range functions.All() {
		f := newFunction()
		var meta function.MetadataResponse
		f.Metadata(t.Context(), function.MetadataRequest{}, &meta)
		var def function.DefinitionResponse
		f.Definition(t.Context(), function.DefinitionRequest{}, &def)
		if def.Definition.Summary == "" || def.Definition.MarkdownDescription == "" {
			t.Errorf("%s: no description", meta.Name)
		}
		var resp function.DefinitionValidateResponse
		def.Definition.ValidateImplementation(t.Context(), function.DefinitionValidateRequest{FuncName: meta.Name},
			&resp)
		if resp.Diagnostics.HasError() {
			t.Errorf("%s: %v", meta.Name, resp.Diagnostics)
		}
	}
}

func TestRun_ErrorNamesArgument(t *testing.T) {
	long := strings.Repeat("x", dn.MaxLength)
	for name, c := range map[string]struct {
		f         function.Function
		argument  fwattr.Value
		at        int64
		complaint string
	}{
		"empty name":          {functions.NewDN(), variadic("Code Signing", ""), 1, "empty"},
		"backslash in a name": {functions.NewDN(), variadic(`Code Signing\Projects`, "x"), 0, "backslash"},
		"space before a name": {functions.NewDN(), variadic("a", "b", " c"), 2, "begins or ends with a space"},
		"control character":   {functions.NewDN(), variadic("a\x1b"), 0, "control character"},
		"root as first name":  {functions.NewDN(), variadic("ved", "Code Signing"), 0, `adds the root \VED`},
		"DN too long":         {functions.NewDN(), variadic("a", long), 1, "255"},
		"65 levels": {
			functions.NewDN(), variadic(strings.Split(strings.Repeat("x", dn.MaxLevels), "")...), dn.MaxLevels - 1,
			"65 levels",
		},
		"unknown right": {functions.NewRightsValue(), list("Use", "owner"), 0, `did you mean "Owner"?`},
		"null right": {functions.NewRightsValue(), types.ListValueMust(types.StringType,
			[]fwattr.Value{types.StringValue("Use"), types.StringNull()}), 0, "element 1 is null"},
	} {
		_, err := call(t, c.f, c.argument)
		if err == nil || err.FunctionArgument == nil || *err.FunctionArgument != c.at ||
			!strings.Contains(err.Text, c.complaint) {
			t.Errorf("%s: got %+v, want %q on argument %d", name, err, c.complaint, c.at)
		}
	}
}

func TestDN_NoNames(t *testing.T) {
	if _, err := call(t, functions.NewDN(), variadic()); err == nil ||
		!strings.Contains(err.Text, `dn("Code Signing"`) {
		t.Errorf("got %+v", err)
	}
}

func TestRightsValue_Unknown(t *testing.T) {
	value, err := call(t, functions.NewRightsValue(), types.ListValueMust(types.StringType,
		[]fwattr.Value{types.StringUnknown(), types.StringValue("Use")}))
	if err != nil || !value.IsUnknown() {
		t.Errorf("got %v, %v", value, err)
	}
}

func FuzzDN_IsValid(f *testing.F) {
	f.Add("Code Signing|Projects|Payments")
	f.Add(`a\b|Größe|The "new" one`)
	f.Fuzz(func(t *testing.T, joined string) {
		names := strings.Split(joined, "|")
		value, err := call(t, functions.NewDN(), variadic(names...))
		if err != nil {
			if err.FunctionArgument == nil || *err.FunctionArgument >= int64(len(names)) {
				t.Errorf("%q: got %q without an argument", names, err.Text)
			}
			return
		}
		name := value.(types.String).ValueString()
		split := strings.Split(name, dn.Separator)[1:]
		if err := dn.Validate(name); err != nil || !slices.Equal(split, append([]string{dn.Root}, names...)) {
			t.Errorf("%q: got %q, %v", names, name, err)
		}
	})
}

func FuzzRights_Inverse(f *testing.F) {
	f.Add(int64(72))
	f.Add(int64(-1))
	f.Fuzz(func(t *testing.T, value int64) {
		names, err := call(t, functions.NewRightsNames(), types.Int64Value(value))
		if err != nil {
			t.Fatal(err)
		}
		back, err := call(t, functions.NewRightsValue(), names)
		if err != nil || !back.Equal(types.Int64Value(value)) {
			t.Errorf("%d: got %v, and back %v, %v", value, names, back, err)
		}
	})
}
