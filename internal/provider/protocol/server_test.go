package protocol_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	actionschema "github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/provider"
	"github.com/codesign-tf/terraform-provider-codesign/internal/provider/protocol"
)

// small is a provider with one data source, which adds a warning, and one action, which validates its
// argument.
type small struct{ frameworkprovider.Provider }

func (small) Metadata(context.Context, frameworkprovider.MetadataRequest, *frameworkprovider.MetadataResponse) {
}

func (small) Schema(context.Context, frameworkprovider.SchemaRequest, *frameworkprovider.SchemaResponse) {
}
func (small) Resources(context.Context) []func() resource.Resource { return nil }

func (small) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{func() datasource.DataSource { return smallDataSource{} }}
}

func (small) Actions(context.Context) []func() action.Action {
	return []func() action.Action{func() action.Action { return smallAction{} }}
}

type smallDataSource struct{ datasource.DataSource }

func (smallDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "small"
}

func (smallDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{"name": schema.StringAttribute{Computed: true}}}
}

func (smallDataSource) Read(_ context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	resp.Diagnostics.AddWarning("About Waiting\u200f", "Line one\nWaiting\u202e\x1b[31m")
}

type smallAction struct{ action.Action }

func (smallAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "small"
}

func (smallAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema.Attributes = map[string]actionschema.Attribute{"name": actionschema.StringAttribute{
		Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(3)},
	}}
}

func (smallAction) Invoke(context.Context, action.InvokeRequest, *action.InvokeResponse) {}

func frameworkOnly(p frameworkprovider.Provider) tfprotov6.ProviderServer {
	return providerserver.NewProtocol6(p)()
}

// smallConfig is the configuration of the data source and of the action.
func smallConfig(t *testing.T, name any) *tfprotov6.DynamicValue {
	t.Helper()
	kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"name": tftypes.String}}
	config, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, map[string]tftypes.Value{
		"name": tftypes.NewValue(tftypes.String, name),
	}))
	if err != nil {
		t.Fatal(err)
	}
	return &config
}

// If this fails, a newer framework has methods that the embedded interface hides.
func TestServer_HasEveryMethodOfTheFramework(t *testing.T) {
	t.Parallel()
	p := provider.New("test")()
	ours, theirs := reflect.TypeOf(protocol.NewServer(p)), reflect.TypeOf(frameworkOnly(p))
	for method := range theirs.Methods() {
		if _, ok := ours.MethodByName(method.Name); !ok {
			t.Errorf("the framework's server has %s, ours does not", method.Name)
		}
	}
}

func TestServer_HasTheOptionalInterfaces(t *testing.T) {
	t.Parallel()
	server := protocol.NewServer(provider.New("test")())
	for name, ok := range map[string]bool{
		"lists":   is[tfprotov6.ProviderServerWithListResource](server), //nolint:staticcheck // the framework has it
		"actions": is[tfprotov6.ProviderServerWithActions](server),      //nolint:staticcheck // likewise
	} {
		if !ok {
			t.Errorf("no interface for %s", name)
		}
	}
}

func is[T any](v any) bool { _, ok := v.(T); return ok }

func TestServer_SanitizesDiagnostics(t *testing.T) {
	for name, row := range map[string]struct {
		server tfprotov6.ProviderServer
		want   string
	}{
		"ours": {protocol.NewServer(small{}), `About Waiting\u200f|Line one` + "\n" + `Waiting\u202e\u001b[31m`},
		// If this fails, the framework sanitizes, and diagnostics.go can be removed.
		"framework": {frameworkOnly(small{}), "About Waiting\u200f|Line one\nWaiting\u202e\x1b[31m"},
	} {
		resp, err := row.server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{
			TypeName: "small", Config: smallConfig(t, nil),
		})
		if err != nil || len(resp.Diagnostics) != 1 {
			t.Fatal(name, resp, err)
		}
		if got := resp.Diagnostics[0].Summary + "|" + resp.Diagnostics[0].Detail; got != row.want {
			t.Errorf("%s: got %q, want %q", name, got, row.want)
		}
	}
}

func TestServer_ValidatesActionsAgain(t *testing.T) {
	for name, row := range map[string]struct {
		server tfprotov6.ProviderServer
		value  string
		errors int
	}{
		"ours, valid":   {protocol.NewServer(small{}), "long", 0},
		"ours, invalid": {protocol.NewServer(small{}), "x", 1},
		// If this fails, the framework validates when it plans and invokes, and action.go can be removed.
		"framework, invalid": {frameworkOnly(small{}), "x", 0},
	} {
		server, ok := row.server.(tfprotov6.ActionServer)
		if !ok {
			t.Fatal(name, "has no actions")
		}
		config := smallConfig(t, row.value)
		planned, err := server.PlanAction(t.Context(), &tfprotov6.PlanActionRequest{
			ActionType: "small", Config: config,
		})
		if err != nil || len(planned.Diagnostics) != row.errors {
			t.Errorf("%s: planned with %v, %v", name, planned, err)
		}
		stream, err := server.InvokeAction(t.Context(), &tfprotov6.InvokeActionRequest{
			ActionType: "small", Config: config,
		})
		if err != nil {
			t.Fatal(name, err)
		}
		var got []*tfprotov6.Diagnostic
		for event := range stream.Events {
			if completed, ok := event.Type.(tfprotov6.CompletedInvokeActionEventType); ok {
				got = append(got, completed.Diagnostics...)
			}
		}
		if len(got) != row.errors || len(got) > 0 && !strings.Contains(got[0].Detail, "at least 3") {
			t.Errorf("%s: invoked with %v", name, got)
		}
	}
}
