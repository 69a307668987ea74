package rightsmatrix

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var (
	names = tftypes.List{ElementType: tftypes.String}
	byKey = tftypes.Map{ElementType: names}
)

// write puts the model into the state, beside the arguments as they are. It does so by hand because the framework's
// reflection takes fourteen times as long, which for a thousand objects is more than the request of any of them.
func (m *model) write(ctx context.Context, config tfsdk.Config, state *tfsdk.State) error {
	var values map[string]tftypes.Value
	if err := config.Raw.As(&values); err != nil {
		return err
	}
	values = maps.Clone(values) // As hands out the configuration's own
	values["by_object"], values["by_trustee"] = encode(m.ByObject), encode(m.ByTrustee)
	values["markdown"], values["csv"] = text(m.Markdown.ValueString()), text(m.CSV.ValueString())
	kind := state.Schema.Type().TerraformType(ctx)
	if err := tftypes.ValidateValue(kind, values); err != nil {
		return err
	}
	state.Raw = tftypes.NewValue(kind, values)
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
