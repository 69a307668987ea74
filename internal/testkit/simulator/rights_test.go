package simulator

import (
	"reflect"
	"testing"
)

func rightsWorld() World {
	w := cast("Enabled")
	w.Projects[0].KeyUseApprovers = append(w.Projects[0].KeyUseApprovers, "owner")
	w.Projects[0].Rights = map[string]int{"AD+CORP:00112233445566778899aabbccddeeff": 512}
	return w
}

func TestRights_OfProject(t *testing.T) {
	s := New(rightsWorld())
	m := as(t, s, "admin", "codesign:admin").want(signSuccess, "Codesign/GetObjectRights", object{"Dn": dnOf("p")})
	got := map[string]float64{}
	for _, pair := range m["RightsList"].([]any) {
		got[pair.(object)["key"].(string)] = pair.(object)["value"].(float64)
	}
	want := map[string]float64{
		s.Trustee("owner"): 72, s.Trustee("team"): 8, s.Trustee("auditor"): 4, s.Trustee("user"): 2,
		s.Trustee("approver"):                      64,
		"AD+CORP:00112233445566778899aabbccddeeff": 512,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestRights_OfOtherObjects(t *testing.T) {
	s := New(rightsWorld())
	c := as(t, s, "admin", "codesign:admin")
	m := c.want(signSuccess, "Codesign/GetObjectRights", object{"Dn": applicationsRoot + `\signtool`})
	if pair := m["RightsList"].([]any)[0].(object); pair["key"] != s.Trustee("appadmin") || pair["value"] != 32.0 {
		t.Error(m)
	}
	if list := c.want(signSuccess, "Codesign/GetObjectRights",
		object{"Dn": applicationsRoot + `\Tools`})["RightsList"].([]any); len(list) != 0 {
		t.Error(list)
	}
	c.want(signNotFound, "Codesign/GetObjectRights", object{"Dn": dnOf("Q")})
	c.want(signWrongType, "Codesign/GetObjectRights", object{"Dn": projectsRoot})
	c.refused(400, "invalid_request", "Codesign/GetObjectRights", object{"Guid": "x"})
	as(t, s, "owner", "").want(signPermission, "Codesign/GetObjectRights", object{"Dn": dnOf("P")})
}

func TestRights_Spellings(t *testing.T) {
	s := New(rightsWorld())
	c := as(t, s, "admin", "")
	for spelling, look := range map[string]func(object) bool{
		"Rightslist":     func(m object) bool { return m["RightsList"] == nil && len(m["Rightslist"].([]any)) == 6 },
		"Key":            func(m object) bool { return m["RightsList"].([]any)[0].(object)["Value"] == 72.0 },
		"map":            func(m object) bool { return m["RightsList"].(object)[s.Trustee("owner")] == 72.0 },
		"Rightslist,map": func(m object) bool { return m["Rightslist"].(object)[s.Trustee("owner")] == 72.0 },
	} {
		s.UpdateSettings(func(now *Settings) { now.RightsSpelling = spelling })
		if m := c.want(signSuccess, "Codesign/GetObjectRights", object{"Dn": dnOf("P")}); !look(m) {
			t.Errorf("%s: %v", spelling, m)
		}
	}
	s.UpdateSettings(func(now *Settings) { *now = Settings{RightsOmitEmpty: true} })
	if m := c.want(signSuccess, "Codesign/GetObjectRights", object{"Dn": applicationsRoot + `\Tools`}); len(m) != 2 {
		t.Error(m)
	}
}

func TestRights_OfCallerAndTrustee(t *testing.T) {
	s := New(rightsWorld())
	for who, want := range map[string]float64{"owner": 72, "member": 8, "admin": 1, "stranger": 0, "gate": 16} {
		if m := as(t, s, who, "").want(signSuccess, "Codesign/GetRight", object{"Dn": dnOf("P")}); m["Rights"] != want {
			t.Errorf("%s: %v, want %v", who, m["Rights"], want)
		}
	}
	m := as(t, s, "appadmin", "").want(signSuccess, "Codesign/GetTrusteeRights", object{"Trustee": s.Trustee("owner")})
	if list := m["RightsList"].([]any); len(list) != 1 || list[0].(object)["key"] != dnOf("P") ||
		list[0].(object)["value"] != 72.0 {
		t.Error(m)
	}
	as(t, s, "owner", "").want(signPermission, "Codesign/GetTrusteeRights", object{"Trustee": s.Trustee("owner")})
}
