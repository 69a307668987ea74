package protocol

import (
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
)

// The Go types of the protocol's messages are internal to terraform-plugin-go. An event is built by
// the name of its message.
const (
	invokeAction = "/tfplugin6.Provider/InvokeAction"
	actionEvent  = "tfplugin6.InvokeAction.Event"
	listResource = "/tfplugin6.Provider/ListResource"
	listEvent    = "tfplugin6.ListResource.Event"
)

// lastEvent returns the event by which a method reports diagnostics, or an error that ends the call.
func lastEvent(method string, diagnostics []*tfprotov6.Diagnostic) (proto.Message, error) {
	switch method {
	case invokeAction:
		return newEvent(actionEvent, map[string]any{"completed": map[string]any{"diagnostics": encode(diagnostics)}})
	case listResource:
		return newEvent(listEvent, map[string]any{"diagnostic": encode(diagnostics)})
	}
	return nil, status.Error(codes.Aborted, "terraform stopped the provider before the operation was complete")
}

func newEvent(name protoreflect.FullName, content map[string]any) (proto.Message, error) {
	kind, err := protoregistry.GlobalTypes.FindMessageByName(name)
	if err != nil {
		return nil, status.Error(codes.Aborted, err.Error())
	}
	encoded, err := json.Marshal(content)
	if err != nil {
		return nil, status.Error(codes.Aborted, err.Error())
	}
	event := kind.New().Interface()
	if err := protojson.Unmarshal(encoded, event); err != nil {
		return nil, status.Error(codes.Aborted, err.Error())
	}
	return event, nil
}

// encode returns diagnostics in the JSON form of the protocol.
func encode(diagnostics []*tfprotov6.Diagnostic) []map[string]any {
	var encoded []map[string]any
	for _, d := range diagnostics {
		message := map[string]any{"severity": int32(d.Severity), "summary": d.Summary, "detail": d.Detail}
		if steps := encodePath(d.Attribute); len(steps) > 0 {
			message["attribute"] = map[string]any{"steps": steps}
		}
		encoded = append(encoded, message)
	}
	return encoded
}

func encodePath(path *tftypes.AttributePath) []map[string]any {
	var steps []map[string]any
	for _, step := range path.Steps() {
		switch step := step.(type) {
		case tftypes.AttributeName:
			steps = append(steps, map[string]any{"attributeName": string(step)})
		case tftypes.ElementKeyString:
			steps = append(steps, map[string]any{"elementKeyString": string(step)})
		case tftypes.ElementKeyInt:
			steps = append(steps, map[string]any{"elementKeyInt": int64(step)})
		default: // an element of a set has no step in the protocol
			return steps
		}
	}
	return steps
}
