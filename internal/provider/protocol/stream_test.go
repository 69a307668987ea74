package protocol_test

import (
	"context"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/action"
	actionschema "github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/list"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/test/bufconn"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	"github.com/codesign-tf/terraform-provider-codesign/internal/provider/protocol"
)

// waiting is a provider whose action and list wait until the CLI stops them.
type waiting struct {
	diagnose bool            // report an error when stopped
	arrived  chan struct{}   // closed when the wait begins
	call     context.Context // of terraform-plugin-go, if it stops the call
}

// wait returns after the call was stopped.
func (w *waiting) wait(ctx context.Context) {
	close(w.arrived)
	<-ctx.Done()
	if w.call != nil {
		<-w.call.Done()
	}
}

// observed keeps the context that terraform-plugin-go has for a call. It ends a little later than the
// framework's, and events are dropped only after that.
type observed struct {
	fullServer

	waiting *waiting
}

type fullServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

func (o observed) InvokeAction(
	ctx context.Context, req *tfprotov6.InvokeActionRequest,
) (*tfprotov6.InvokeActionServerStream, error) {
	o.waiting.call = ctx
	return o.fullServer.InvokeAction(ctx, req)
}

func (o observed) ListResource(
	ctx context.Context, req *tfprotov6.ListResourceRequest,
) (*tfprotov6.ListResourceServerStream, error) {
	o.waiting.call = ctx
	return o.fullServer.ListResource(ctx, req)
}

func (*waiting) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "waiting"
}

func (*waiting) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (*waiting) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (*waiting) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (*waiting) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return waitingResource{} }}
}

func (w *waiting) Actions(context.Context) []func() action.Action {
	return []func() action.Action{func() action.Action { return waitingAction{w} }}
}

func (w *waiting) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{func() list.ListResource { return waitingList{waiting: w} }}
}

type waitingAction struct{ *waiting }

func (waitingAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "waiting_action"
}

func (waitingAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema.Attributes = map[string]actionschema.Attribute{"name": actionschema.StringAttribute{Optional: true}}
}

func (a waitingAction) Invoke(ctx context.Context, _ action.InvokeRequest, resp *action.InvokeResponse) {
	resp.SendProgress(action.InvokeProgressEvent{Message: "waiting"})
	a.wait(ctx)
	resp.SendProgress(action.InvokeProgressEvent{Message: "stopping"})
	resp.SendProgress(action.InvokeProgressEvent{Message: "stopped"})
	if a.diagnose {
		resp.Diagnostics.AddAttributeError(path.Root("name"), "Stopped while waiting", "The ticket is Pending.")
	}
}

func (a waitingAction) ModifyPlan(ctx context.Context, _ action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	a.wait(ctx)
	resp.Diagnostics.AddError("Stopped while waiting", "The plan is incomplete.")
}

type waitingResource struct{ resource.Resource }

func (waitingResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "waiting_list"
}
func (waitingResource) Schema(context.Context, resource.SchemaRequest, *resource.SchemaResponse) {}

func (waitingResource) IdentitySchema(
	_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse,
) {
	resp.IdentitySchema.Attributes = map[string]identityschema.Attribute{
		"id": identityschema.StringAttribute{RequiredForImport: true},
	}
}

type waitingList struct {
	waitingResource
	*waiting
}

func (waitingList) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "waiting_list"
}

func (waitingList) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	resp.Schema = listschema.Schema{}
}

func (l waitingList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	stream.Results = func(push func(list.ListResult) bool) {
		first := req.NewListResult(ctx)
		first.DisplayName = "waiting"
		first.Identity.SetAttribute(ctx, path.Root("id"), "1")
		if !push(first) {
			return
		}
		l.wait(ctx)
		result := req.NewListResult(ctx)
		if l.diagnose {
			result.Diagnostics.AddError("Stopped while waiting", "The list is incomplete.")
		} else {
			result.DisplayName = "stopped"
			result.Identity.SetAttribute(ctx, path.Root("id"), "2")
		}
		push(result)
	}
}

// message is a message of the protocol, by its name and its JSON.
func message(t *testing.T, name, content string) proto.Message {
	t.Helper()
	kind, err := protoregistry.GlobalTypes.FindMessageByName("tfplugin6." + protoreflect.FullName(name))
	if err != nil {
		t.Fatal(err)
	}
	m := kind.New().Interface()
	if err := protojson.Unmarshal([]byte(content), m); err != nil {
		t.Fatal(err)
	}
	return m
}

// connect serves a provider in process, and connects to it as a CLI does.
func connect(t *testing.T, server *grpc.Server, downstream tfprotov6.ProviderServer) *grpc.ClientConn {
	t.Helper()
	if err := protocol.Plugin(downstream).GRPCServer(nil, server); err != nil {
		t.Fatal(err)
	}
	listener := bufconn.Listen(1 << 20)
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	conn, err := grpc.NewClient("passthrough:provider", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) {
			return listener.DialContext(ctx)
		}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = conn.Close()
		server.Stop()
		<-served //nolint:errcheck // the server has been stopped; its error says so
	})
	return conn
}

// interrupted calls a method, stops the provider while the call waits, and returns the last event.
func interrupted(t *testing.T, conn *grpc.ClientConn, arrived <-chan struct{}, method, request string) string {
	t.Helper()
	stream, err := conn.NewStream(t.Context(), &grpc.StreamDesc{ServerStreams: true}, "/tfplugin6.Provider/"+method)
	if err != nil {
		t.Fatal(err)
	}
	if err := stream.SendMsg(message(t, method+".Request", request)); err != nil {
		t.Fatal(err)
	}
	if err := stream.CloseSend(); err != nil {
		t.Fatal(err)
	}
	<-arrived
	call(t, conn, "StopProvider", "{}")
	last := ""
	for {
		event := message(t, method+".Event", "{}")
		if err := stream.RecvMsg(event); err == io.EOF {
			return last
		} else if err != nil {
			t.Fatal(err)
		}
		last = compact(t, event)
	}
}

// compact is the JSON of a message without spaces.
func compact(t *testing.T, m proto.Message) string {
	t.Helper()
	content, err := protojson.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(content), " ", "")
}

// call calls a method that answers once.
func call(t *testing.T, conn *grpc.ClientConn, method, request string) string {
	t.Helper()
	response := message(t, method+".Response", "{}")
	if err := conn.Invoke(t.Context(), "/tfplugin6.Provider/"+method, message(t, method+".Request", request),
		response); err != nil {
		t.Fatal(err)
	}
	return compact(t, response)
}

// emptyObject is the MessagePack encoding of {}, oneNull that of {"name": null}, in base64.
const (
	emptyObject = "gA=="
	oneNull     = "gaRuYW1lwA=="
)

func TestServe_InterruptedStreamDeliversItsEnd(t *testing.T) {
	t.Parallel()
	const invoke = `{"actionType":"waiting_action","config":{"msgpack":"` + oneNull + `"}}`
	const query = `{"typeName":"waiting_list","config":{"msgpack":"` + emptyObject + `"}}`
	for name, row := range map[string]struct {
		method, request string
		diagnose        bool
		want            []string
	}{
		"action, error of the provider": {"InvokeAction", invoke, true, []string{
			`"completed":{`, `"severity":"ERROR"`, `Stoppedwhilewaiting`, `TheticketisPending`,
			`"attribute":{"steps":[{"attributeName":"name"}]}`,
		}},
		"action, no error": {"InvokeAction", invoke, false, []string{`"completed":{}`}},
		"list, error of the provider": {"ListResource", query, true, []string{
			`"diagnostic":[{`, `"severity":"ERROR"`, `Stoppedwhilewaiting`, `Thelistisincomplete`,
		}},
		"list, no error": {"ListResource", query, false, []string{`"displayName":"stopped"`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &waiting{diagnose: row.diagnose, arrived: make(chan struct{})}
			server := protocol.NewServer(p)
			conn := connect(t, protocol.NewGRPCServer(server), server)
			last := interrupted(t, conn, p.arrived, row.method, row.request)
			if schema := call(t, conn, "GetProviderSchema", "{}"); !strings.Contains(schema, "waiting_action") {
				t.Errorf("the call after the stop returns %s", schema)
			}
			for _, want := range row.want {
				if !strings.Contains(last, want) {
					t.Errorf("the last event has no %s: %s", want, last)
				}
			}
		})
	}
}

func TestServe_InterruptedCallReturns(t *testing.T) {
	t.Parallel()
	p := &waiting{arrived: make(chan struct{})}
	server := protocol.NewServer(p)
	conn := connect(t, protocol.NewGRPCServer(server), server)
	stop, stopped := message(t, "StopProvider.Request", "{}"), message(t, "StopProvider.Response", "{}")
	result := make(chan error, 1)
	go func() {
		<-p.arrived
		result <- conn.Invoke(t.Context(), "/tfplugin6.Provider/StopProvider", stop, stopped)
	}()
	planned := call(t, conn, "PlanAction", `{"actionType":"waiting_action","config":{"msgpack":"`+oneNull+`"}}`)
	if err := <-result; err != nil || !strings.Contains(planned, "Stoppedwhilewaiting") {
		t.Errorf("the stop returns %v, the plan %s", err, planned)
	}
}

// If this fails, terraform-plugin-go delivers the last event, and stopCalls can be removed.
func TestServe_FrameworkDropsTheEndOfInterruptedStreams(t *testing.T) {
	t.Parallel()
	for method, request := range map[string]string{
		"InvokeAction": `{"actionType":"waiting_action","config":{"msgpack":"` + oneNull + `"}}`,
		"ListResource": `{"typeName":"waiting_list","config":{"msgpack":"` + emptyObject + `"}}`,
	} {
		p := &waiting{diagnose: true, arrived: make(chan struct{})}
		conn := connect(t, grpc.NewServer(), observed{protocol.NewServer(p).(fullServer), p})
		if last := interrupted(t, conn, p.arrived, method, request); strings.Contains(last, "ERROR") {
			t.Errorf("%s: the error is delivered: %s", method, last)
		}
	}
}
