package rights

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5"

	"github.com/codesign-tf/terraform-provider-codesign/internal/handover"
)

// write puts the model into the state, beside the arguments as they are. It encodes by hand, and past the framework where
// the server allows it: the framework's reflection and copies take longer for a thousand objects than five requests.
func (m *matrixModel) write(ctx context.Context, config tfsdk.Config, state *tfsdk.State) error {
	encoded, err := m.encode(config)
	if err != nil || handover.Leave(ctx, encoded) {
		return err
	}
	state.Raw, err = encoded.Unmarshal(state.Schema.Type().TerraformType(ctx))
	return err
}

// encode is the state as it goes over the wire.
func (m *matrixModel) encode(config tfsdk.Config) (*tfprotov6.DynamicValue, error) {
	var values map[string]tftypes.Value
	if err := config.Raw.As(&values); err != nil {
		return nil, err
	}
	shown := map[string]func(*encoder){
		"by_object":  func(e *encoder) { e.nested(m.ByObject) },
		"by_trustee": func(e *encoder) { e.nested(m.ByTrustee) },
		"markdown":   func(e *encoder) { e.text(m.Markdown.ValueString()) },
		"csv":        func(e *encoder) { e.text(m.CSV.ValueString()) },
	}
	e := newEncoder()
	e.keep(e.EncodeMapLen(len(values)))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		e.text(name)
		if show := shown[name]; show != nil {
			show(e)
		} else {
			e.argument(values[name])
		}
	}
	return &tfprotov6.DynamicValue{MsgPack: e.buffer.Bytes()}, e.failed
}

// encoder writes MessagePack and keeps the first error.
type encoder struct {
	*msgpack.Encoder

	buffer *bytes.Buffer
	failed error
}

func newEncoder() *encoder {
	buffer := &bytes.Buffer{}
	return &encoder{Encoder: msgpack.NewEncoder(buffer), buffer: buffer}
}

func (e *encoder) keep(err error) { e.failed = cmp.Or(e.failed, err) }

func (e *encoder) text(s string) { e.keep(e.EncodeString(s)) }

func (e *encoder) argument(v tftypes.Value) {
	encoded, err := tfprotov6.NewDynamicValue(v.Type(), v)
	e.keep(err)
	e.buffer.Write(encoded.MsgPack)
}

func (e *encoder) nested(lists map[string]map[string][]string) {
	e.keep(e.EncodeMapLen(len(lists)))
	for key, byOther := range lists {
		e.text(key)
		e.keep(e.EncodeMapLen(len(byOther)))
		for other, names := range byOther {
			e.text(other)
			e.keep(e.EncodeArrayLen(len(names)))
			for _, name := range names {
				e.text(name)
			}
		}
	}
}
