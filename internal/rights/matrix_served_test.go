package rights_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/provider"
	"github.com/codesign-tf/terraform-provider-codesign/internal/provider/protocol"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

// read is what a server answers to the matrix of every visible project.
func read(t *testing.T, server tfprotov6.ProviderServer, env *acctest.Env) tftypes.Value {
	t.Helper()
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	given := map[string]tftypes.Value{"url": acctest.String(env.URL), "access_token": acctest.String(env.Server.Token("admin", ""))}
	block, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: filled(t, schemas.Provider, given)})
	if err != nil || len(block.Diagnostics) > 0 {
		t.Fatal(block.Diagnostics, err)
	}
	schema := schemas.DataSourceSchemas["codesign_rights_matrix"]
	answer, err := server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{
		TypeName: "codesign_rights_matrix",
		Config:   filled(t, schema, map[string]tftypes.Value{"resolve_identities": tftypes.NewValue(tftypes.Bool, false)}),
	})
	if err != nil || len(answer.Diagnostics) > 0 {
		t.Fatal(answer.Diagnostics, err)
	}
	state, err := answer.State.Unmarshal(schema.ValueType())
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func filled(t *testing.T, schema *tfprotov6.Schema, given map[string]tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	kind := schema.ValueType()
	values := map[string]tftypes.Value{}
	for name, attribute := range kind.(tftypes.Object).AttributeTypes {
		values[name] = tftypes.NewValue(attribute, nil)
		if value, is := given[name]; is {
			values[name] = value
		}
	}
	encoded, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, values))
	if err != nil {
		t.Fatal(err)
	}
	return &encoded
}

func TestTheStateThatIsLeftForTheServerIsTheOneTheFrameworkWouldMake(t *testing.T) {
	t.Parallel()
	env := acctest.Start(t, matrixWorld())
	served := read(t, protocol.NewServer(provider.New("test")()), env)
	usual := read(t, providerserver.NewProtocol6(provider.New("test")())(), env)
	if !served.Equal(usual) || !served.IsFullyKnown() {
		t.Errorf("served %s\nusual  %s", served, usual)
	}
}
