package project

import (
	"context"
	"slices"

	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// fieldsKey holds, for each custom field, the values that were sent and those that the server
// answered. A server may store other values than it shows, such as labels of a list.
const fieldsKey = config.PrivateKey[map[string]sentField]("custom_fields")

type sentField struct {
	Sent  []string `json:"sent"`
	Shown []string `json:"shown"`
}

// sentFields is the entry of fieldsKey after an apply.
func sentFields(p *client.Project, sent map[string][]string) map[string]sentField {
	s := edit.SettingsOf(p)
	entry := map[string]sentField{}
	for name, values := range sent {
		shown, _ := s.CustomField(name)
		entry[name] = sentField{Sent: values, Shown: shown.Values}
	}
	return entry
}

// refreshFields sets the fields of the state to what the server has. Values that the server answered
// to the last write are the values that were sent.
func (m *resourceModel) refreshFields(
	ctx context.Context, p *client.Project, sent map[string]sentField, diagnostics *diag.Diagnostics,
) {
	fields, _ := m.customFields(ctx, diagnostics)
	if m.CustomFields.IsNull() || p.CustomFields == nil {
		return
	}
	s := edit.SettingsOf(p)
	for name := range fields {
		current, _ := s.CustomField(name)
		fields[name] = current.Values
		if before, known := sent[name]; known && slices.Equal(before.Shown, current.Values) {
			fields[name] = before.Sent
		}
	}
	m.CustomFields = fieldsValue(fields)
}

func fieldsValue(fields map[string][]string) types.Map {
	values := map[string]fwattr.Value{}
	for name, list := range fields {
		elements := make([]fwattr.Value, 0, len(list))
		for _, value := range list {
			elements = append(elements, types.StringValue(value))
		}
		values[name] = types.ListValueMust(types.StringType, elements)
	}
	return types.MapValueMust(types.ListType{ElemType: types.StringType}, values)
}

// fieldsThatDiffer are the planned fields that the state does not have.
func fieldsThatDiffer(planned, state map[string][]string) map[string][]string {
	changed := map[string][]string{}
	for name, values := range planned {
		if before, known := state[name]; !known || !slices.Equal(before, values) {
			changed[name] = values
		}
	}
	return changed
}
