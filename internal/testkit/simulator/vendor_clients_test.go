package simulator

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestGrant_RefusalTexts(t *testing.T) {
	c := anonymous(t, New(authWorld(Settings{})))
	for want, body := range map[string]object{
		"Username/password combination not valid":            login("robot", "no", "tf", "codesign"),
		"No rule/permission for identity local:robot exists": login("robot", "pw", "private", "codesign"),
	} {
		if _, m := c.auth("oauth", body); m["error_description"] != want {
			t.Errorf("%v, want %q", m, want)
		}
	}
}

func TestFullName_IsADN(t *testing.T) {
	s := New(peopleWorld())
	c := as(t, s, "robot", "configuration")
	for name, want := range map[string]string{
		"local:robot": `\VED\Identity\robot`, "AD+CORP:jane": "CN=Jane Doe,CN=Users,DC=corp,DC=example",
	} {
		id, _ := c.post("Identity/Validate", object{"ID": object{"PrefixedName": name}})["ID"].(object)
		if id["FullName"] != want {
			t.Errorf("%s: %v, want %s", name, id["FullName"], want)
		}
	}
}

func TestBrowse_LimitCountsPerProvider(t *testing.T) {
	w := peopleWorld()
	w.Users = append(w.Users, User{Name: "jan"}, User{Name: "janine"})
	w.Settings.BrowseLocal = true
	list := as(t, New(w), "jane", "").post("Identity/Browse", object{"Filter": "jan", "Limit": 1})["Identities"].([]any)
	if len(list) != 2 || list[0].(object)["Prefix"] == list[1].(object)["Prefix"] {
		t.Error(list)
	}
}

func TestGroups_MembersAndMemberships(t *testing.T) {
	w := peopleWorld()
	w.Groups = append(w.Groups, Group{Name: "All", Prefix: "AD+CORP", Members: []string{"Janes", "viewer"}})
	c := as(t, New(w), "robot", "configuration")
	names := func(op string, body object) (out []string) {
		for _, i := range c.post(op, body)["Identities"].([]any) {
			out = append(out, i.(object)["Name"].(string))
		}
		return out
	}
	all := object{"PrefixedName": "AD+CORP:All"}
	for _, row := range []struct {
		op   string
		body object
		want string
	}{
		{"Identity/GetMembers", object{"ID": all, "ResolveNested": 0}, "[viewer Janes]"},
		{"Identity/GetMembers", object{"ID": all, "ResolveNested": 1}, "[jane janet viewer Janes]"},
		{"Identity/GetMemberships", object{"ID": object{"PrefixedName": "AD+CORP:jane"}}, "[Janes All]"},
	} {
		if got := fmt.Sprint(names(row.op, row.body)); got != row.want {
			t.Errorf("%s %v: %s, want %s", row.op, row.body, got, row.want)
		}
	}
	for _, name := range []string{"AD+CORP:jane", "AD+CORP:missing"} {
		id := object{"ID": object{"PrefixedName": name}}
		if status, _ := c.do(post, "/vedsdk/Identity/GetMembers", id); status != 400 {
			t.Error(name, status)
		}
	}
}

func TestEnvironment_KeyAndCertificate(t *testing.T) {
	c := as(t, New(SampleCompany()), "terraform", "")
	e := c.post("Codesign/GetEnvironment", object{"Dn": dnOf(`Payments\Production`)})["CertificateEnvironment"].(object)
	if e["Type"] != "Code Signing Certificate Environment" ||
		e["KeyAlgorithm"].(object)["Value"] != "RSA2048" ||
		e["CertificateDN"] != `\VED\Policy\Code Signing\Payments Production` {
		t.Error(e)
	}
}

func TestSampleCompany_VendorClients(t *testing.T) {
	w := SampleCompany()
	c := anonymous(t, New(w))
	for client, scope := range map[string]string{
		"vcert-cli": "certificate:manage,revoke", "vcert-sdk": "certificate:manage",
		"vsign-sdk": "codesignclient;codesign", "pyvenafi": "codesign:manage",
	} {
		if m := c.granted("oauth", login("terraform", "demo-terraform", client, scope)); m["scope"] != scope {
			t.Errorf("%s: %v", client, m)
		}
		claims := object{"sub": "ada.brandt", "exp": time.Now().Add(time.Minute).Unix()}
		jwt := token(t, strings.TrimPrefix(w.Settings.JWTKeys[0], "hs256:"), claims)
		c.granted("jwt", object{"client_id": client, "scope": scope, "jwt": jwt})
	}
}

func TestFlowTickets_NamedInList(t *testing.T) {
	for _, member := range []string{"TicketIds", "TicketIDs"} {
		s := New(pendingWorld())
		c, asked := as(t, s, "ada", ""), object{member: []int64{s.FlowTickets("P")[0].ID}}
		if m := c.want(flowSuccess, "Flow/Tickets/Load", asked); len(m["Tickets"].([]any)) != 1 || m["Ticket"] != nil {
			t.Error(m)
		}
		c.want(flowMissing, "Flow/Tickets/Load", object{member: []int64{s.FlowTickets("P")[0].ID, 1}})
		c.want(flowMissing, "Flow/Tickets/Reject", object{member: []int64{1}, "Comment": "no", "RejectionLevel": 1})
		c.refused(400, "invalid_request", "Flow/Tickets/Approve", object{member: []int64{}, "Comment": "ok"})
		asked["Comment"], asked["notBefore"], asked["Expires"], asked["UseCount"] = "ok", nil, nil, nil
		c.want(flowSuccess, "Flow/Tickets/Approve", asked)
		if remarks := s.Remarks(); s.ProjectStatus("P") != "Enabled" || len(remarks) != 0 {
			t.Error(s.ProjectStatus("P"), remarks)
		}
	}
}

func pendingWorld() World {
	return World{
		Users:    []User{{Name: "ada", Admin: true, Config: true}, {Name: "olga", Config: true}},
		Projects: []Project{{Name: "P", Status: "Pending", Owners: []string{"olga"}}},
	}
}

func TestCodesign_CallsOfTheVendorsPythonClient(t *testing.T) {
	c := as(t, New(SampleCompany()), "terraform", "")
	collection := applicationsRoot + `\Windows Tools`
	m := c.want(signSuccess, "Codesign/GetApplicationCollectionMembers", object{"Dn": collection})
	if m["ApplicationCollection"].(object)["Dn"] != collection || len(m["Applications"].([]any)) == 0 {
		t.Error(m)
	}
	if m := c.want(signSuccess, "Codesign/CountReferences",
		object{"Application": object{"Dn": applicationsRoot + `\signtool`}}); m["Count"].(float64) < 2 {
		t.Error(m)
	}
	c.want(signNotFound, "Codesign/CountReferences", object{"ApplicationCollection": object{"Dn": `\VED\missing`}})
	c.refused(400, "invalid_request", "Codesign/CountReferences", object{})
	if m := c.want(signSuccess, "Codesign/EnumerateTemplates", object{"Filter": nil}); len(
		m["CertificateTemplates"].([]any)) == 0 || m["KeyPairTemplates"] == nil {
		t.Error(m)
	}
	for filter, want := range map[string]int{"signtool": 1, "tool": 1, "TOOL*": 1, "missing": 0} {
		m := c.want(signSuccess, "Codesign/EnumerateApplications", object{"Filter": filter})
		if got := len(m["Applications"].([]any)); got < want || want == 0 && got != 0 {
			t.Errorf("%s: %d applications", filter, got)
		}
	}
	if status, m := c.do(get, "/vedsdk/Codesign/GetGlobalConfiguration", nil); status != 200 ||
		m["GlobalConfiguration"] == nil {
		t.Error(status, m)
	}
}

func TestConfig_ReadsAndRefusedWrites(t *testing.T) {
	s := New(peopleWorld())
	admin, robot := as(t, s, "admin", ""), as(t, s, "robot", "")
	if m := admin.want(configSuccess, "Config/ReadAll", object{"ObjectDN": dnOf("P")}); !strings.Contains(fmt.Sprint(m),
		s.Trustee("jane")) {
		t.Error(m)
	}
	count := func(c *client, body object) int {
		return len(c.want(configSuccess, "Config/Enumerate", body)["Objects"].([]any))
	}
	if direct, deep := count(admin, object{"ObjectDN": projectsRoot}), count(admin,
		object{"ObjectDN": projectsRoot, "Recursive": true}); direct != 1 || deep != 2 {
		t.Error(direct, deep)
	}
	if n := count(robot, object{"ObjectDN": projectsRoot}); n != 0 {
		t.Error("a caller without rights sees", n)
	}
	before := revision(admin)
	admin.want(configRights, "Config/Write", object{
		"ObjectDN": dnOf("P"), "AttributeData": []object{{"Name": "Status", "Value": []string{"1"}}},
	})
	admin.want(configRights, "Config/ClearAttribute", object{"ObjectDN": dnOf("P"), "AttributeName": "Disabled"})
	if remarks := s.Remarks(); len(remarks) != 2 || revision(admin) != before {
		t.Error(remarks, before, revision(admin))
	}
}

func revision(c *client) float64 {
	return c.want(configSuccess, "Config/IsValid",
		object{"ObjectDN": dnOf("P")})["Object"].(object)["Revision"].(float64)
}

func TestRevision_GrowsWithEachChange(t *testing.T) {
	s := New(pendingWorld())
	c := as(t, s, "ada", "")
	for name, change := range map[string]func(){
		"status": func() { s.SetProjectStatus("P", "Disabled") },
		"update": func() {
			c.want(signSuccess, "Codesign/UpdateProject", object{
				"Project": object{"Dn": dnOf("P"), "Description": "new"},
			})
		},
		"rename": func() { s.RenameProject("P", "Q"); s.RenameProject("Q", "P") },
		"submit": func() { s.SetProjectStatus("P", "Draft"); s.SetProjectStatus("P", "Pending") },
	} {
		before := revision(c)
		s.UpdateSettings(func(*Settings) {})
		if got := revision(c); got != before {
			t.Errorf("%s: settings change the revision from %v to %v", name, before, got)
		}
		change()
		if got := revision(c); got <= before {
			t.Errorf("%s: revision %v after %v", name, got, before)
		}
	}
}
