package project

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// resourceModel is the resource codesign_project in a configuration, plan or state.
type resourceModel struct {
	projectNames
	Description        types.String   `tfsdk:"description"`
	Owners             types.Set      `tfsdk:"owners"`
	Auditors           types.Set      `tfsdk:"auditors"`
	KeyUsers           types.Set      `tfsdk:"key_users"`
	KeyUseApprovers    types.Set      `tfsdk:"key_use_approvers"`
	Applications       types.Set      `tfsdk:"applications"`
	CustomFields       types.Map      `tfsdk:"custom_fields"`
	DeletionProtection types.Bool     `tfsdk:"deletion_protection"`
	DeletionPolicy     types.String   `tfsdk:"deletion_policy"`
	ForceDestroy       types.Bool     `tfsdk:"force_destroy"`
	ResolveIdentities  types.Bool     `tfsdk:"resolve_identities"`
	Name               types.String   `tfsdk:"name"`
	Created            types.String   `tfsdk:"created"`
	Names              types.Map      `tfsdk:"names"`
	Timeouts           timeouts.Value `tfsdk:"timeouts"`
}

// sets are the roles and the applications, by attribute.
func (m *resourceModel) sets() map[settings.Field]*types.Set {
	return map[settings.Field]*types.Set{
		settings.Owners: &m.Owners, settings.Auditors: &m.Auditors, settings.KeyUsers: &m.KeyUsers,
		settings.KeyUseApprovers: &m.KeyUseApprovers, settings.Applications: &m.Applications,
	}
}

// change is what the model asks for: every value that is known.
func (m *resourceModel) change() settings.Change {
	change := settings.Change{Lists: map[settings.Field]settings.ListChange{}}
	change.CustomFields, _ = m.customFields()
	if !m.Description.IsNull() && !m.Description.IsUnknown() {
		change.Description = m.Description.ValueStringPointer()
	}
	for field, set := range m.sets() {
		if !set.IsNull() && isWhollyKnown(*set) {
			change.Lists[field] = settings.ListChange{Exact: true, Items: stringsOf(*set)}
		}
	}
	return change
}

// changeFrom has every planned value that differs from the state. A value that is planned as in the
// state, or left to the server, is not part of it.
func (m resourceModel) changeFrom(state resourceModel) settings.Change {
	if m.Description.Equal(state.Description) {
		m.Description = types.StringNull()
	}
	states := state.sets()
	for field, set := range m.sets() {
		if set.Equal(*states[field]) {
			*set = types.SetNull(types.StringType)
		}
	}
	change := m.change()
	before, _ := state.customFields()
	maps.DeleteFunc(change.CustomFields, func(name string, values []string) bool {
		old, known := before[name]
		return known && slices.Equal(old, values)
	})
	return change
}

// setUnconfigured takes the values over that the configuration leaves to the server.
func (m *resourceModel) setUnconfigured(configured, from resourceModel) {
	if configured.Description.IsNull() {
		m.Description = from.Description
	}
	own, values := m.sets(), from.sets()
	for field, set := range configured.sets() {
		if set.IsNull() {
			*own[field] = *values[field]
		}
	}
}

// newResourceModel has the description and the set in the place of every setting.
func newResourceModel(description types.String, of types.Set) resourceModel {
	m := resourceModel{Description: description}
	for _, set := range m.sets() {
		*set = of
	}
	return m
}

// customFields are the configured fields. Known is false if one of them is unknown.
func (m *resourceModel) customFields() (fields map[string][]string, known bool) {
	fields = map[string][]string{}
	for name, element := range m.CustomFields.Elements() {
		list, _ := element.(types.List)
		if !isWhollyKnown(list) {
			return nil, false
		}
		fields[name] = stringsOf(list)
	}
	return fields, !m.CustomFields.IsUnknown()
}

// fill sets what the plan did not know. It keeps the planned values.
func (m *resourceModel) fill(p *client.Project) {
	m.fillNames(p)
	m.Name = types.StringValue(dn.Name(m.DN.ValueString()))
	if m.Created.IsUnknown() || m.Created.IsNull() {
		m.Created = attr.TimeOrNull(p.CreatedOn)
	}
	if m.Description.IsUnknown() {
		m.Description = types.StringValue(p.Description)
	}
	s := p.Settings
	for field, set := range m.sets() {
		if set.IsUnknown() {
			*set = setOf(s.Items(field))
		}
	}
}

// refresh sets what the server reports. Sent is the entry of fieldsKey. Elements keep their spelling, and
// a list that the server did not send keeps its value. Null owners stay null if there are none: a
// configuration that the CLI generates from an import must not have the empty set, which is an error.
func (m *resourceModel) refresh(p *client.Project, sent map[string]sentField) {
	m.refreshNames(p)
	m.Name = types.StringValue(dn.Name(p.DN))
	m.Created = attr.TimeOrNull(p.CreatedOn)
	m.Description = types.StringValue(p.Description)
	s := p.Settings
	for field, set := range m.sets() {
		items := s.Items(field)
		if items == nil && !set.IsNull() || len(items) == 0 && set.IsNull() && field == settings.Owners {
			continue
		}
		*set = setOf(respelled(items, stringsOf(*set)))
	}
	m.refreshFields(p, sent)
}

// trustees are the known trustees of all roles.
func (m *resourceModel) trustees() (all []string, known bool) {
	known = true
	for _, role := range settings.Roles() {
		set := *m.sets()[role.Field()]
		all, known = append(all, stringsOf(set)...), known && isWhollyKnown(set)
	}
	return all, known
}

// claim is what the resource manages, for the comparison with other resources of the plan.
func (m *resourceModel) claim() roleClaim {
	return roleClaim{TypeName: "codesign_project", Name: configuredAs(m.address())}
}

// managedRoles are the roles that the configuration has.
func (m *resourceModel) managedRoles() []settings.Role {
	return slices.DeleteFunc(settings.Roles(), func(r settings.Role) bool { return m.sets()[r.Field()].IsNull() })
}

// projectRolePath is the rolePath of the resource.
func projectRolePath(role settings.Role, trustee string) path.Path {
	return elementPath(path.Root(string(role.Field())), trustee)
}

// elementPath is an element of a set, or the set for "".
func elementPath(set path.Path, element string) path.Path {
	if element == "" {
		return set
	}
	return set.AtSetValue(types.StringValue(element))
}

// importedProject has all values that do not depend on a configuration.
func importedProject(p *client.Project) *resourceModel {
	m := newResourceModel(types.StringNull(), types.SetNull(types.StringType))
	m.CustomFields, m.Names, m.Timeouts = types.MapNull(fieldType), types.MapNull(types.StringType), noTimeouts()
	m.DeletionProtection, m.DeletionPolicy = types.BoolValue(true), types.StringValue(deletePolicy)
	m.ForceDestroy, m.ResolveIdentities = types.BoolValue(false), types.BoolValue(false)
	m.refresh(p, nil)
	return &m
}

// fieldType is the type of a custom field.
var fieldType = types.ListType{ElemType: types.StringType}

// fieldsKey holds, for each custom field, the values that were sent and those that the server
// answered. A server may store other values than it shows, such as labels of a list.
const fieldsKey = config.PrivateKey[map[string]sentField]("custom_fields")

type sentField struct {
	Sent  []string `json:"sent"`
	Shown []string `json:"shown"`
}

// sentFields is the entry of fieldsKey after an apply.
func sentFields(p *client.Project, sent map[string][]string) map[string]sentField {
	s := p.Settings
	entry := map[string]sentField{}
	for name, values := range sent {
		entry[name] = sentField{Sent: values, Shown: s.Values(name)}
	}
	return entry
}

// refreshFields sets the fields of the state to what the server has. Values that the server answered
// to the last write are the values that were sent.
func (m *resourceModel) refreshFields(p *client.Project, sent map[string]sentField) {
	if m.CustomFields.IsNull() || p.CustomFields == nil {
		return
	}
	fields := m.CustomFields.Elements()
	for name := range fields {
		values := p.Values(name)
		if before, known := sent[name]; known && slices.Equal(before.Shown, values) {
			values = before.Sent
		}
		fields[name] = types.ListValueMust(types.StringType, valuesOf(values))
	}
	m.CustomFields = types.MapValueMust(fieldType, fields)
}
