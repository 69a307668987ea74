package protocol_test

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/provider/protocol"
)

// echo is a provider with one data source, which quotes a name in a warning.
type echo struct{ provider.Provider }

func (echo) Metadata(context.Context, provider.MetadataRequest, *provider.MetadataResponse) {}
func (echo) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse)       {}
func (echo) Resources(context.Context) []func() resource.Resource                           { return nil }
func (echo) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{func() datasource.DataSource { return warning{} }}
}

type warning struct{ datasource.DataSource }

func (warning) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "echo"
}

func (warning) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{"name": schema.StringAttribute{Computed: true}}}
}

func (warning) Read(_ context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	resp.Diagnostics.AddWarning("About Waiting\u200f", "Line one\nWaiting\u202e\x1b[31m")
}

func TestSanitizer_Diagnostics(t *testing.T) {
	kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"name": tftypes.String}}
	config, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, map[string]tftypes.Value{"name": tftypes.NewValue(tftypes.String, nil)}))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := protocol.NewServer(echo{}).ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: "echo", Config: &config})
	if err != nil || len(resp.Diagnostics) != 1 {
		t.Fatal(resp, err)
	}
	got := resp.Diagnostics[0].Summary + "|" + resp.Diagnostics[0].Detail
	if want := `About Waiting\u200f|Line one` + "\n" + `Waiting\u202e\u001b[31m`; got != want || strings.Contains(got, "\u200f") {
		t.Errorf("got %q, want %q", got, want)
	}
}
