package project

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
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

// roleList is the set of one role in a model.
type roleSetOf struct {
	role settings.Role
	set  *types.Set
}

// roles are the sets of all roles.
func (m *resourceModel) roles() []roleSetOf {
	return []roleSetOf{
		{settings.Owner, &m.Owners},
		{settings.Audit, &m.Auditors},
		{settings.Use, &m.KeyUsers},
		{settings.ApproveUse, &m.KeyUseApprovers},
	}
}

// sets are the roles and the applications, by attribute.
func (m *resourceModel) sets() map[settings.Field]*types.Set {
	all := map[settings.Field]*types.Set{settings.Applications: &m.Applications}
	for _, r := range m.roles() {
		all[r.role.Field()] = r.set
	}
	return all
}

// change is what the model asks for: every value that is known. Fields are the custom fields to send.
func (m *resourceModel) change(fields map[string][]string) settings.Change {
	change := settings.Change{Lists: map[settings.Field]settings.ListChange{}, CustomFields: fields}
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
func (m resourceModel) changeFrom(
	ctx context.Context, state resourceModel, diagnostics *diag.Diagnostics,
) settings.Change {
	if m.Description.Equal(state.Description) {
		m.Description = types.StringNull()
	}
	states := state.sets()
	for field, set := range m.sets() {
		if set.Equal(*states[field]) {
			*set = types.SetNull(types.StringType)
		}
	}
	planned, _ := m.customFields(ctx, diagnostics)
	before, _ := state.customFields(ctx, diagnostics)
	return m.change(fieldsThatDiffer(planned, before))
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
func (m *resourceModel) customFields(
	ctx context.Context, diagnostics *diag.Diagnostics,
) (fields map[string][]string, known bool) {
	if m.CustomFields.IsUnknown() {
		return nil, false
	}
	fields = map[string][]string{}
	for name, element := range m.CustomFields.Elements() {
		list, isList := element.(types.List)
		if !isList || list.IsUnknown() {
			return nil, false
		}
		if slices.ContainsFunc(list.Elements(), fwattr.Value.IsUnknown) {
			return nil, false
		}
		var values []string
		diagnostics.Append(list.ElementsAs(ctx, &values, false)...)
		fields[name] = values
	}
	return fields, true
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

// refresh sets what the server reports. Elements keep their spelling, and a list that the server did
// not send keeps its value. Null owners stay null if there are none: a configuration that the CLI
// generates from an import must not have the empty set, which is an error.
func (m *resourceModel) refresh(p *client.Project) {
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
}

// trustees are the known trustees of all roles.
func (m *resourceModel) trustees() (all []string, known bool) {
	known = true
	for _, r := range m.roles() {
		all = append(all, stringsOf(*r.set)...)
		known = known && isWhollyKnown(*r.set)
	}
	return all, known
}

// claim is what the resource manages, for the comparison with other resources of the plan.
func (m *resourceModel) claim() roleClaim {
	return roleClaim{typeName: "codesign_project", name: configuredAs(m.address())}
}

// managedRoles are the roles that the configuration has.
func (m *resourceModel) managedRoles() []settings.Role {
	var managed []settings.Role
	for _, r := range m.roles() {
		if !r.set.IsNull() {
			managed = append(managed, r.role)
		}
	}
	return managed
}

// projectPaths are the attributes of the resource.
func projectPaths() settingsPaths {
	return settingsPaths{
		role: func(role settings.Role) path.Path { return path.Root(string(role.Field())) },
		trustee: func(role settings.Role, trustee string) path.Path {
			return path.Root(string(role.Field())).AtSetValue(types.StringValue(trustee))
		},
		applications: path.Root("applications"),
	}
}

// importedValues are all values that do not depend on a configuration.
func importedValues(p *client.Project) map[string]any {
	m := newResourceModel(types.StringNull(), types.SetNull(types.StringType))
	m.refresh(p)
	values := map[string]any{
		"dn": m.DN, "guid": m.GUID, "project_id": m.ProjectID, "name": m.Name, "created": m.Created,
		"description": m.Description, "deletion_protection": true, "deletion_policy": deletePolicy,
		"force_destroy": false, "resolve_identities": false, "names": types.MapNull(types.StringType),
	}
	for field, set := range m.sets() {
		values[string(field)] = *set
	}
	return values
}

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
	s := p.Settings
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
