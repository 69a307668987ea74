package project

import (
	"errors"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

// An error is at the argument that can be changed to avoid it.
func TestErrorPaths(t *testing.T) {
	named := path.Root("guid")
	role := &roleModel{roleFields: newRoleFields("", "Use")}
	member := &memberModel{roleFields: newRoleFields("", "Use")}
	two := exactly(settings.Owner, anna)
	two.Description = new("x")
	one := settings.Change{Description: new("x")}
	failed := func(code failure.Code, at failure.Attribute) error { return &failure.Error{Code: code, Attribute: at} }
	none, dnPath := path.Empty(), path.Root("dn")
	for name, row := range map[string]struct {
		err                        error
		role, member, ofTwo, ofOne path.Path
		status                     path.Path
	}{
		"connection": {errors.New("x"), none, none, none, none, none},
		"not found":  {failed(failure.NotFound, ""), named, named, dnPath, dnPath, named},
		"unreadable": {failed(failure.Indeterminate, ""), named, named, dnPath, dnPath, named},
		"refused": {
			failed(failure.Refused, ""), path.Root("trustees"), path.Root("trustee"), none, path.Root("description"),
			path.Root("status"),
		},
		"key users": {
			failed(failure.Exists, failure.Attribute(settings.KeyUsers)), path.Root("trustees"), path.Root("trustee"),
			path.Root("key_users"), path.Root("key_users"), none,
		},
		"owners": {
			failed(failure.NotApplicable, failure.Attribute(settings.Owners)), none, none, path.Root("owners"),
			path.Root("owners"), none,
		},
		"object": {failed(failure.Exists, failure.Object), named, named, dnPath, dnPath, named},
		"environment": {
			failed(failure.Exists, edit.ForceDestroy), none, none, path.Root("force_destroy"),
			path.Root("force_destroy"), none,
		},
		"approval": {
			failed(failure.Ambiguous, ""), none, none, none, path.Root("description"), path.Root("self_approve"),
		},
		"other": {failed(failure.PartlyApplied, ""), none, none, none, path.Root("description"), none},
	} {
		for what, paths := range map[string][2]path.Path{
			"role":        {roleErrorPath(named, role, row.err), row.role},
			"member":      {roleErrorPath(named, member, row.err), row.member},
			"two changes": {projectAttribute(row.err, two), row.ofTwo},
			"one change":  {projectAttribute(row.err, one), row.ofOne},
			"status":      {statusAttribute(named, row.err), row.status},
		} {
			if !paths[0].Equal(paths[1]) {
				t.Errorf("%s, %s: got %s, want %s", name, what, paths[0], paths[1])
			}
		}
	}
	for _, field := range []settings.Field{
		settings.Description, settings.Owners, settings.Auditors, settings.KeyUsers, settings.KeyUseApprovers,
		settings.Applications, settings.CustomFields,
	} {
		err := failed(failure.NotApplicable, failure.Attribute(field))
		if got := projectAttribute(err, two); !got.Equal(path.Root(string(field))) {
			t.Errorf("%s: got %s", field, got)
		}
	}
}

// Only known strings of a set count.
func TestStringsOf(t *testing.T) {
	set := types.SetValueMust(types.StringType, []fwattr.Value{
		types.StringValue(anna), types.StringUnknown(), types.StringNull(), types.StringValue(""),
	})
	if got := stringsOf(set); !slices.Equal(got, []string{anna, ""}) {
		t.Errorf("got %q", got)
	}
	if isWhollyKnown(set) || isWhollyKnown(types.SetUnknown(types.StringType)) || !isWhollyKnown(setOf(nil)) ||
		!isWhollyKnown(types.SetNull(types.StringType)) {
		t.Error("a set is known if it and its elements are")
	}
	if got := setOf([]string{anna, otto, anna}); len(got.Elements()) != 2 {
		t.Errorf("got %s", got)
	}
}

// Trustees keep the spelling of the state, and a set that is the same keeps its repetitions.
func TestRespelled(t *testing.T) {
	const upper = "LOCAL:00000000-0000-0000-0000-00000000000A"
	for name, row := range map[string]struct{ trustees, others, want []string }{
		"the same":         {[]string{anna}, []string{upper}, []string{upper}},
		"both spellings":   {[]string{anna}, []string{upper, anna}, []string{upper, anna}},
		"one more":         {[]string{anna, otto}, []string{upper}, []string{upper, otto}},
		"one less":         {[]string{anna}, []string{otto, upper}, []string{upper}},
		"nothing":          {nil, []string{otto}, []string{}},
		"nothing to spell": {[]string{otto}, nil, []string{otto}},
	} {
		if got := respelled(row.trustees, row.others); !slices.Equal(got, row.want) {
			t.Errorf("%s: got %q, want %q", name, got, row.want)
		}
	}
}

// A claim names the project as its configuration does.
func TestConfiguredAs(t *testing.T) {
	for want, named := range map[string]address{
		`dn = "\\VED\\P"`:   {path.Root("dn"), client.ByDN(`\VED\P`), true},
		`guid = "0f1e"`:     {path.Root("guid"), client.ByGUID("0f1e"), true},
		"project_id = 4711": {path.Root("project_id"), client.ByID(4711), true},
	} {
		if got := configuredAs(named); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// Names that the configuration leaves out come from the state.
func TestKeepComputed(t *testing.T) {
	state := projectNames{attr.NewDNValue(`\VED\P`), attr.NewGUIDValue("{0F1E}"), types.Int64Value(7)}
	other := projectNames{attr.NewDNValue(`\VED\Q`), attr.NewGUIDValue("abc"), types.Int64Value(8)}
	got := other
	got.keepComputed(projectNames{}, state)
	if !got.sameNames(state) {
		t.Errorf("got %+v", got)
	}
	got = other
	got.keepComputed(other, state)
	if !got.sameNames(other) {
		t.Errorf("got %+v", got)
	}
}

// A trustee without a name has none to show.
func TestNameIn(t *testing.T) {
	api := newDirectory()
	api.identities[otto] = client.Identity{PrefixedUniversal: otto}
	for trustee, want := range map[string]types.String{
		anna: types.StringValue("Anna"), otto: types.StringNull(), ghost: types.StringNull(),
	} {
		names := namesOf(t.Context(), api, types.BoolValue(true), []string{trustee}, &diag.Diagnostics{})
		if got := nameIn(names, trustee); !got.Equal(want) {
			t.Errorf("%s: got %s", trustee, got)
		}
	}
	if got := nameIn(types.MapUnknown(types.StringType), anna); !got.IsUnknown() {
		t.Errorf("got %s", got)
	}
}

// What a planned object keeps in a replacement: the same trustee in the same role of the same project.
func TestPlannedRole_Keeps(t *testing.T) {
	next := plannedRole{storedNames: storedNames{GUID: "{0F1E}"}, Role: "Use", Trustees: []string{anna}}
	for name, row := range map[string]struct {
		guid    string
		role    settings.Role
		trustee string
		want    bool
	}{
		"the same":        {"0f1e", settings.Use, "LOCAL:00000000-0000-0000-0000-00000000000A", true},
		"another project": {"abcd", settings.Use, anna, false},
		"another role":    {"0f1e", settings.Audit, anna, false},
		"another trustee": {"0f1e", settings.Use, otto, false},
	} {
		if got := next.keeps(row.guid, row.role, row.trustee); got != row.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}
