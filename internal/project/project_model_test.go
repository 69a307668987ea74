package project

import (
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

// otherProject has a value for everything.
func otherProject() *client.Project {
	created := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	return &client.Project{
		DN: `\VED\Other`, GUID: "{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}", ID: 7, CreatedOn: created,
		Settings: settings.Settings{
			Description: "Other", Owners: []string{anna}, Auditors: []string{anna}, KeyUsers: []string{anna},
			KeyUseApprovers: []string{anna}, Applications: []string{`\VED\App`},
		},
	}
}

// An apply keeps what was planned and takes the rest from the server.
func TestResourceModel_Fill(t *testing.T) {
	unknown := newResourceModel(types.StringUnknown(), types.SetUnknown(types.StringType))
	unknown.Created = types.StringUnknown()
	unknown.fill(otherProject())
	planned := newResourceModel(types.StringValue("Planned"), setOf([]string{otto}))
	planned.DN, planned.Created = attr.NewDNValue(`\VED\Planned`), types.StringValue("then")
	planned.GUID, planned.ProjectID = attr.NewGUIDValue("planned"), types.Int64Value(1)
	planned.fill(otherProject())
	for _, row := range []struct{ what, got, want string }{
		{"description", unknown.Description.ValueString(), "Other"},
		{"created", unknown.Created.ValueString(), "2026-01-02T03:04:05Z"},
		{"DN", unknown.DN.ValueString(), `\VED\Other`},
		{"name", unknown.Name.ValueString(), "Other"},
		{"planned description", planned.Description.ValueString(), "Planned"},
		{"planned created", planned.Created.ValueString(), "then"},
		{"planned DN", planned.DN.ValueString(), `\VED\Planned`},
		{"planned name", planned.Name.ValueString(), "Planned"},
		{"planned GUID", planned.GUID.ValueString(), "planned"},
		{"planned number", planned.ProjectID.String(), "1"},
	} {
		if row.got != row.want {
			t.Errorf("%s is %s, want %s", row.what, row.got, row.want)
		}
	}
	for field, set := range unknown.sets() {
		want := anna
		if field == settings.Applications {
			want = `\VED\App`
		}
		if got := stringsOf(*set); !slices.Equal(got, []string{want}) {
			t.Errorf("%s is %q", field, got)
		}
	}
	for field, set := range planned.sets() {
		if got := stringsOf(*set); !slices.Equal(got, []string{otto}) {
			t.Errorf("planned %s is %q", field, got)
		}
	}
}

// A list that the server did not send keeps its value, and null owners stay null.
func TestResourceModel_RefreshAbsentLists(t *testing.T) {
	null := types.SetNull(types.StringType)
	for name, row := range map[string]struct {
		state types.Set
		list  []string
		want  types.Set
	}{
		"absent":             {setOf([]string{anna}), nil, setOf([]string{anna})},
		"absent and null":    {null, nil, setOf(nil)},
		"empty":              {setOf([]string{anna}), []string{}, setOf(nil)},
		"empty and null":     {null, []string{}, setOf(nil)},
		"other":              {setOf([]string{anna}), []string{otto}, setOf([]string{otto})},
		"other, and null":    {null, []string{otto}, setOf([]string{otto})},
		"equal, and smaller": {setOf([]string{anna, otto}), []string{anna}, setOf([]string{anna})},
	} {
		m := newResourceModel(types.StringNull(), row.state)
		m.refresh(&client.Project{
			DN: `\VED\P`,
			Settings: settings.Settings{
				Owners: row.list, Auditors: row.list, KeyUsers: row.list, KeyUseApprovers: row.list,
				Applications: row.list,
			},
		}, nil)
		for field, set := range m.sets() {
			want := row.want
			if field == settings.Owners && row.state.IsNull() && len(row.list) == 0 {
				want = null
			}
			if !set.Equal(want) {
				t.Errorf("%s: %s is %s, want %s", name, field, set, want)
			}
		}
	}
}

// Names of a state that the plan does not configure stay, and equal names keep their spelling.
func TestProjectNames(t *testing.T) {
	state := projectNames{attr.NewDNValue(`\VED\P`), attr.NewGUIDValue("{0F1E}"), types.Int64Value(7)}
	byID := projectNames{}
	byID.ProjectID = types.Int64Value(7)
	unknownID := projectNames{}
	unknownID.ProjectID = types.Int64Unknown()
	for what, row := range map[string]struct{ got, want bool }{
		"same number":    {byID.sameName(state), true},
		"another number": {projectNames{state.DN, state.GUID, types.Int64Value(8)}.sameNames(state), false},
		"another DN": {
			projectNames{attr.NewDNValue(`\VED\Q`), state.GUID, state.ProjectID}.sameNames(state), false,
		},
		"another GUID": {
			projectNames{state.DN, attr.NewGUIDValue("x"), state.ProjectID}.sameNames(state), false,
		},
		"all names": {state.sameNames(state), true},
		"DN decides": {
			projectNames{attr.NewDNValue(`\VED\Q`), state.GUID, state.ProjectID}.sameName(state), false,
		},
		"number is known":        {byID.address().known, true},
		"number is not known":    {unknownID.address().known, false},
		"nothing is known":       {projectNames{}.address().known, false},
		"number alone":           {byID.address().ref == client.ByID(7), true},
		"GUID before the number": {state.byGUID().ref == client.ByGUID("{0F1E}"), true},
		"three names":            {len(state.refs()) == 3, true},
		"one name":               {len(byID.refs()) == 1 && byID.refs()[0] == client.ByID(7), true},
		"no name":                {len(projectNames{}.refs()) == 0, true},
	} {
		if row.got != row.want {
			t.Errorf("%s: got %t", what, row.got)
		}
	}
	respelled := projectNames{attr.NewDNValue(`\ved\p`), attr.NewGUIDValue("0f1e"), types.Int64Value(7)}
	if got := respelled.spelledAs(state); !got.sameNames(state) {
		t.Errorf("got %+v", got)
	}
	other := projectNames{attr.NewDNValue(`\VED\Q`), attr.NewGUIDValue("abc"), types.Int64Value(7)}
	if got := other.spelledAs(state); !got.sameNames(other) {
		t.Errorf("got %+v", got)
	}
	for want, names := range map[string]projectNames{
		`\VED\P (GUID {0F1E})`: state, "{0F1E}": {projectNames{}.DN, state.GUID, state.ProjectID},
		`\VED\P`: {state.DN, projectNames{}.GUID, state.ProjectID}, "7": byID,
	} {
		if got := names.fullName(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// The name of an identity that people know is the first one that it has.
func TestDisplayNameOf(t *testing.T) {
	for _, row := range []struct {
		identity client.Identity
		want     string
	}{
		{client.Identity{Name: "a", PrefixedName: "b", FullName: "c"}, "a"},
		{client.Identity{PrefixedName: "b", FullName: "c"}, "b"},
		{client.Identity{FullName: "c"}, "c"},
		{client.Identity{}, ""},
	} {
		if got := displayNameOf(row.identity); got != row.want {
			t.Errorf("got %q, want %q", got, row.want)
		}
	}
}

// A summary says what was to happen.
func TestUnableToSet(t *testing.T) {
	for status, want := range map[lifecycle.Status]string{
		lifecycle.Enabled: "Unable to enable project P", lifecycle.Disabled: "Unable to disable project P",
		lifecycle.Pending: "Unable to submit project P", lifecycle.Draft: "Unable to set project P to Draft",
	} {
		if got := unableToSet("P", status); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
