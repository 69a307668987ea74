package rightsmatrix

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/handover"
)

var (
	names = tftypes.List{ElementType: tftypes.String}
	byKey = tftypes.Map{ElementType: names}
)

// write puts the model into the state, beside the arguments as they are. It does so by hand because the framework's
// reflection takes fourteen times as long, and past the framework where the server allows it: either takes more for a
// thousand objects than the request of any of them.
func (m *model) write(ctx context.Context, config tfsdk.Config, state *tfsdk.State) error {
	var arguments map[string]tftypes.Value
	if err := config.Raw.As(&arguments); err != nil {
		return err
	}
	values := maps.Clone(arguments) // As hands out the configuration's own
	values["by_object"], values["by_trustee"] = encode(m.ByObject), encode(m.ByTrustee)
	values["markdown"], values["csv"] = text(m.Markdown.ValueString()), text(m.CSV.ValueString())
	kind := state.Schema.Type().TerraformType(ctx)
	if err := tftypes.ValidateValue(kind, values); err != nil {
		return err
	}
	whole := tftypes.NewValue(kind, values)
	left, err := handover.Leave(ctx, kind, whole)
	if err != nil || left {
		return err
	}
	state.Raw = whole
	return nil
}

func encode(lists map[string]map[string][]string) tftypes.Value {
	outer := make(map[string]tftypes.Value, len(lists))
	for key, byOther := range lists {
		inner := make(map[string]tftypes.Value, len(byOther))
		for other, list := range byOther {
			inner[other] = encodeList(list)
		}
		outer[key] = tftypes.NewValue(byKey, inner)
	}
	return tftypes.NewValue(tftypes.Map{ElementType: byKey}, outer)
}

func encodeList(list []string) tftypes.Value {
	values := make([]tftypes.Value, len(list))
	for i, s := range list {
		values[i] = text(s)
	}
	return tftypes.NewValue(names, values)
}

func text(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }
