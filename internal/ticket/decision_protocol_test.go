package ticket_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket"
)

// The tests here use the protocol: the test library does not show warnings, and CLIs before 1.12 have
// no identities.

// session is a configured provider.
type session struct {
	tfprotov6.ProviderServer
	resource tftypes.Object
	identity tftypes.Object
}

func connect(t *testing.T, env *acctest.Env) session {
	t.Helper()
	server, err := env.Factories()["codesign"]()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	identities, err := server.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		t.Fatal(err)
	}
	configured, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		Config: fill(t, schemas.Provider.ValueType(), map[string]tftypes.Value{
			"url": acctest.String(env.URL), "access_token": acctest.String(env.Server.Token("bob", "")),
		}),
	})
	if err != nil || len(configured.Diagnostics) > 0 {
		t.Fatal("configure:", err, configured.Diagnostics)
	}
	return session{
		ProviderServer: server,
		resource:       object(t, schemas.ResourceSchemas[ticket.TypeName].ValueType()),
		identity:       object(t, identities.IdentitySchemas[ticket.TypeName].ValueType()),
	}
}

func object(t *testing.T, kind tftypes.Type) tftypes.Object {
	t.Helper()
	o, ok := kind.(tftypes.Object)
	if !ok {
		t.Fatalf("got %s, want an object", kind)
	}
	return o
}

// fill is an object in which the other members are null.
func fill(t *testing.T, kind tftypes.Type, members map[string]tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	values := map[string]tftypes.Value{}
	for name, member := range object(t, kind).AttributeTypes {
		values[name] = tftypes.NewValue(member, nil)
	}
	maps.Copy(values, members)
	out, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, values))
	if err != nil {
		t.Fatal(err)
	}
	return &out
}

func (s session) window(start, stop string) tftypes.Value {
	return tftypes.NewValue(s.resource.AttributeTypes["schedule"], map[string]tftypes.Value{
		"start": acctest.String(start), "stop": acctest.String(stop),
	})
}

func TestValidate_ApprovedAfterWithStop(t *testing.T) {
	s := connect(t, acctest.Start(t, world()))
	valid, err := s.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: ticket.TypeName,
		Config: fill(t, s.resource, map[string]tftypes.Value{
			"guid": acctest.String(guid), "status": acctest.String("Approved After"),
			"schedule": s.window(opens, closes),
		}),
	})
	if err != nil || len(valid.Diagnostics) != 1 {
		t.Fatal(err, valid.Diagnostics)
	}
	d := valid.Diagnostics[0]
	if d.Severity != tfprotov6.DiagnosticSeverityWarning ||
		d.Attribute.String() != `AttributeName("schedule").ElementKeyString("stop")` {
		t.Errorf("got %s at %s: %s", d.Severity, d.Attribute, d.Detail)
	}
}

func TestValidate_UnknownSchedule(t *testing.T) {
	s := connect(t, acctest.Start(t, world()))
	for _, status := range []any{"Approved", "Approved Between", tftypes.UnknownValue} {
		valid, err := s.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{
			TypeName: ticket.TypeName,
			Config: fill(t, s.resource, map[string]tftypes.Value{
				"guid": acctest.String(guid), "status": tftypes.NewValue(tftypes.String, status),
				"schedule": tftypes.NewValue(s.resource.AttributeTypes["schedule"], tftypes.UnknownValue),
			}),
		})
		if err != nil || len(valid.Diagnostics) != 0 {
			t.Error(status, err, valid.Diagnostics)
		}
	}
}

// imported imports by identity and reads.
func (s session) imported(t *testing.T, spelled string) *tfprotov6.ReadResourceResponse {
	t.Helper()
	im, err := s.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{
		TypeName: ticket.TypeName,
		Identity: &tfprotov6.ResourceIdentityData{
			IdentityData: fill(t, s.identity, map[string]tftypes.Value{"guid": acctest.String(spelled)}),
		},
	})
	if err != nil || len(im.Diagnostics) > 0 {
		t.Fatal(err, im.Diagnostics)
	}
	first := im.ImportedResources[0]
	read, err := s.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: ticket.TypeName, CurrentState: first.State, CurrentIdentity: first.Identity, Private: first.Private,
	})
	if err != nil || len(read.Diagnostics) > 0 {
		t.Fatal(err, read.Diagnostics)
	}
	return read
}

func (s session) guid(t *testing.T, identity *tfprotov6.ResourceIdentityData) string {
	t.Helper()
	value, err := identity.IdentityData.Unmarshal(s.identity)
	if err != nil {
		t.Fatal(err)
	}
	var members map[string]tftypes.Value
	var found string
	if err := value.As(&members); err != nil {
		t.Fatal(err)
	}
	if err := members["guid"].As(&found); err != nil {
		t.Fatal(err)
	}
	return found
}

func TestIdentity_CanonicalGUID(t *testing.T) {
	env := acctest.Start(t, world(decided("Rejected")))
	s := connect(t, env)
	read := s.imported(t, "{"+strings.ToUpper(guid)+"}")
	if got := s.guid(t, read.NewIdentity); got != guid {
		t.Errorf("got identity %s", got)
	}
	env.Server.RemoveWorkflowTicket(guid)
	again, err := s.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: ticket.TypeName, CurrentState: read.NewState, CurrentIdentity: read.NewIdentity,
		Private: read.Private,
	})
	if err != nil || len(again.Diagnostics) > 0 {
		t.Fatal(err, again.Diagnostics)
	}
	if got := s.guid(t, again.NewIdentity); got != guid {
		t.Errorf("got identity %s after the ticket was consumed", got)
	}
}

// CLIs plan again before an update whose guid was unknown. Other clients may not.
func TestUpdate_OtherTicket(t *testing.T) {
	env := acctest.Start(t, world(decided("Rejected"), withOther))
	s := connect(t, env)
	read := s.imported(t, guid)
	planned := fill(t, s.resource, map[string]tftypes.Value{
		"guid": acctest.String(other), "status": acctest.String("Approved"),
		"current_status": tftypes.NewValue(tftypes.String, tftypes.UnknownValue),
	})
	applied, err := s.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: ticket.TypeName, PriorState: read.NewState, PlannedState: planned, PlannedPrivate: read.Private,
		PlannedIdentity: read.NewIdentity,
		Config: fill(t, s.resource, map[string]tftypes.Value{
			"guid": acctest.String(other), "status": acctest.String("Approved"),
		}),
	})
	if err != nil || len(applied.Diagnostics) != 1 {
		t.Fatal(err, applied.Diagnostics)
	}
	d := applied.Diagnostics[0]
	if d.Summary != "The guid is that of another ticket" || d.Attribute.String() != `AttributeName("guid")` ||
		!strings.Contains(d.Detail, "Nothing was sent") {
		t.Errorf("got %s at %s: %s", d.Summary, d.Attribute, d.Detail)
	}
	wantSent(t, env, 0)
}

func TestImport_InvalidIdentity(t *testing.T) {
	env := acctest.Start(t, world())
	s := connect(t, env)
	for _, named := range []any{nil, "", " ", "renewal", zeroGUID} {
		im, err := s.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{
			TypeName: ticket.TypeName,
			Identity: &tfprotov6.ResourceIdentityData{
				IdentityData: fill(t, s.identity, map[string]tftypes.Value{
					"guid": tftypes.NewValue(tftypes.String, named),
				}),
			},
		})
		if err != nil || len(im.Diagnostics) != 1 || im.Diagnostics[0].Summary != "Invalid import ID" {
			t.Errorf("%q: %v %v", named, err, im.Diagnostics)
		}
	}
	wantNoRequests(t, env)
}
