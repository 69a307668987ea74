package protocol_test

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/handover"
	"github.com/codesign-tf/terraform-provider-codesign/internal/provider/protocol"
)

// leaving is a provider with one data source, which leaves its state where it can,
// and fails afterwards where it is told to.
type leaving struct{ fails bool }

func (leaving) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "leaving"
}
func (leaving) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse)          {}
func (leaving) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}
func (leaving) Resources(context.Context) []func() resource.Resource                              { return nil }

func (l leaving) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{func() datasource.DataSource { return source(l) }}
}

type source leaving

func (source) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_source"
}

func (source) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema.Attributes = map[string]schema.Attribute{"way": schema.StringAttribute{Computed: true}}
}

func (s source) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	left, err := tfprotov6.NewDynamicValue(kind, way("left"))
	if err != nil {
		resp.Diagnostics.AddError("Could not encode it", err.Error())
	}
	if !handover.Leave(ctx, &left) {
		resp.State.Raw = way("usual")
	}
	if s.fails {
		resp.Diagnostics.AddError("Failed", "afterwards")
	}
}

var kind = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"way": tftypes.String}}

func way(text any) tftypes.Value {
	return tftypes.NewValue(kind, map[string]tftypes.Value{"way": tftypes.NewValue(tftypes.String, text)})
}

func TestAStateThatIsLeftGoesPastTheFramework(t *testing.T) {
	t.Parallel()
	framework := func(p provider.Provider) tfprotov6.ProviderServer { return providerserver.NewProtocol6(p)() }
	for name, row := range map[string]struct {
		server tfprotov6.ProviderServer
		want   any
		errors int
	}{
		"served":                {protocol.NewServer(leaving{}), "left", 0},
		"served, with an error": {protocol.NewServer(leaving{fails: true}), nil, 1},
		"by the framework":      {framework(leaving{}), "usual", 0},
	} {
		config, err := tfprotov6.NewDynamicValue(kind, way(nil))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := row.server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: "leaving_source", Config: &config})
		if err != nil || len(resp.Diagnostics) != row.errors {
			t.Fatal(name, resp.Diagnostics, err)
		}
		if got, err := resp.State.Unmarshal(kind); err != nil || !got.Equal(way(row.want)) {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
}
