package simulator

import (
	"fmt"
	"testing"
)

func peopleWorld() World {
	return World{
		Users: []User{
			{Name: "admin", Admin: true},
			{
				Name: "jane", FullName: "Jane Doe", Prefix: "AD+CORP",
				Universal: "00112233-4455-6677-8899-aabbccddeeff",
			},
			{Name: "janet", Prefix: "AD+CORP", Disabled: true},
			{Name: "robot"},
			{Name: "viewer", Config: true},
		},
		Groups:   []Group{{Name: "Janes", Prefix: "AD+CORP", Members: []string{"jane", "janet"}}},
		Projects: []Project{{Name: "P", Owners: []string{"jane"}, Environments: []Environment{{Name: "E"}}}},
	}
}

func TestIdentity_PrefixedUniversals(t *testing.T) {
	s := New(peopleWorld())
	if got := s.Trustee("jane"); got != "AD+CORP:00112233445566778899aabbccddeeff" {
		t.Error(got)
	}
	if a, b := s.Trustee("robot"), New(peopleWorld()).Trustee("robot"); a != b || len(a) != len("local:{}")+36 {
		t.Errorf("a derived universal is stable and well-formed: %s %s", a, b)
	}
}

func TestIdentity_Validate(t *testing.T) {
	s := New(peopleWorld())
	c := as(t, s, "robot", "configuration")
	for _, ref := range []object{
		{"PrefixedUniversal": s.Trustee("jane")},
		{"PrefixedName": "AD+CORP:jane"},
		{"Prefix": "AD+CORP", "Name": "jane"},
		{"Prefix": "AD+CORP", "Universal": "00112233445566778899aabbccddeeff"},
	} {
		id, _ := c.post("Identity/Validate", object{"ID": ref})["ID"].(object)
		if id["PrefixedUniversal"] != s.Trustee("jane") ||
			id["FullName"] != "CN=Jane Doe,CN=Users,DC=corp,DC=example" || id["Type"] != 1.0 || id["IsGroup"] != false {
			t.Errorf("%v: %v", ref, id)
		}
	}
	if id := c.post("Identity/Validate",
		object{"ID": object{"PrefixedName": "AD+CORP:Janes"}})["ID"].(object); id["Type"] != 2.0 ||
		id["IsGroup"] != true {
		t.Error(id)
	}
	if m := c.post("Identity/Validate", object{"ID": object{"PrefixedName": "local:unknown"}}); len(m) != 0 {
		t.Error(m)
	}
	c.refused(400, "invalid_request", "Identity/Validate", object{})
	as(t, s, "robot", "codesign").refused(403, "insufficient_scope", "Identity/Validate", object{})
}

func TestIdentity_Browse(t *testing.T) {
	s := New(peopleWorld())
	jane, robot := as(t, s, "jane", ""), as(t, s, "robot", "")
	count := func(c *client, body object) int { return len(c.post("Identity/Browse", body)["Identities"].([]any)) }
	for _, c := range []struct {
		who  *client
		body object
		want int
	}{
		{jane, object{"Filter": "jane"}, 3},
		{jane, object{"Filter": "jane*", "IdentityType": 1}, 2},
		{jane, object{"Filter": "Janes", "IdentityType": 2}, 1},
		{jane, object{"Filter": "jane", "Limit": 2}, 2},
		{jane, object{"Filter": "robot"}, 0},
		{robot, object{"Filter": "jane"}, 0},
		{robot, object{"Filter": "rob"}, 1},
		{robot, object{"Filter": "obo"}, 0},
		{jane, object{"Filter": "Doe"}, 0},
	} {
		if got := count(c.who, c.body); got != c.want {
			t.Errorf("%v: %d, want %d", c.body, got, c.want)
		}
	}
}

func TestConfig_DistinguishesMissingFromHidden(t *testing.T) {
	s := New(peopleWorld())
	for who, want := range map[string]int{
		"admin": configSuccess, "viewer": configSuccess, "jane": configSuccess,
		"robot": configRights,
	} {
		as(t, s, who, "").want(want, "Config/IsValid", object{"ObjectDN": dnOf("P")})
		as(t, s, who, "").want(want, "Config/DnToGuid", object{"ObjectDN": dnOf(`P\E`)})
		as(t, s, who, "").want(configMissing, "Config/IsValid", object{"ObjectDN": dnOf("Q")})
	}
	admin := as(t, s, "admin", "")
	admin.want(configArgument, "Config/IsValid", object{})
	m := admin.want(configSuccess, "Config/IsValid", object{"ObjectDN": dnOf("p")})["Object"].(object)
	if m["TypeName"] != classProject || m["DN"] != dnOf("P") || m["Parent"] != projectsRoot || m["Name"] != "P" {
		t.Error(m)
	}
	back := admin.want(configSuccess, "Config/GuidToDn", object{"ObjectGUID": m["GUID"]})
	if back["ObjectDN"] != dnOf("P") || back["GUID"] != m["GUID"] {
		t.Error(back)
	}
	if m := admin.want(configSuccess, "Config/Read", object{
		"ObjectDN":      dnOf("P"),
		"AttributeName": "Status",
	}); fmt.Sprint(m["Values"]) != "[2]" {
		t.Error(m)
	}
	if m := admin.want(configSuccess, "Config/Read", object{
		"ObjectDN":      dnOf("P"),
		"AttributeName": "Owner",
	}); fmt.Sprint(m["Values"]) != "["+s.Trustee("jane")+"]" {
		t.Error(m)
	}
}

func TestIdentity_Self(t *testing.T) {
	s := New(peopleWorld())
	_, m := as(t, s, "jane", "codesign").do(get, "/vedsdk/Identity/Self", nil)
	list := m["Identities"].([]any)
	if len(list) != 2 || list[0].(object)["Name"] != "jane" || list[1].(object)["Name"] != "Janes" {
		t.Error(list)
	}
	s.UpdateSettings(func(now *Settings) { now.Scopes = map[string]string{"Identity/Self": "configuration"} })
	if status, _ := as(t, s, "jane", "codesign").do(get, "/vedsdk/Identity/Self", nil); status != 403 {
		t.Error(status)
	}
}
