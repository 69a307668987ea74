package simulator

import (
	"fmt"
	"slices"
	"testing"
)

// cast is a project with one person in every role.
func cast(status string) World {
	return World{
		Users: []User{
			{Name: "admin", Admin: true},
			{Name: "owner"},
			{Name: "auditor"},
			{Name: "user"},
			{Name: "approver"},
			{Name: "appadmin", ApplicationAdmin: true},
			{Name: "gate", ProjectApprover: true},
			{Name: "stranger"},
			{Name: "member"},
		},
		Groups: []Group{{Name: "inner", Members: []string{"member"}}, {Name: "team", Members: []string{"inner"}}},
		Projects: []Project{{
			Name: "P", GUID: "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", ID: 4711, Status: status, NoTicket: true,
			Owners: []string{"owner", "team"}, Auditors: []string{"auditor"}, KeyUsers: []string{"user"},
			KeyUseApprovers: []string{"approver"},
			Environments:    []Environment{{Name: "Production"}},
		}},
		Applications: []Object{{Name: "signtool", Rights: map[string]int{"appadmin": 32}}},
		Collections:  []Object{{Name: "Tools", Members: []string{"signtool"}}},
	}
}

func TestProjectStatus_Transitions(t *testing.T) {
	everybody := []string{"admin", "owner", "member", "auditor", "user", "approver", "appadmin", "gate", "stranger"}
	may := map[[2]int]string{
		{draft, pending}:    " admin owner member ",
		{draft, disabled}:   " admin owner member ",
		{enabled, disabled}: " admin owner member ",
		{disabled, enabled}: " admin owner member approver ",
	}
	for from := pending; from >= disabled; from-- {
		for to := disabled; to <= pending; to++ {
			for _, who := range everybody {
				if from == to {
					continue
				}
				t.Run(fmt.Sprintf("%s to %s by %s", statusName(from), statusName(to), who), func(t *testing.T) {
					s := New(cast(statusName(from)))
					m := as(t, s, who, "codesign:manage").post("Codesign/UpdateProjectStatus",
						object{"Dn": dnOf("P"), "ProjectStatus": to})
					people, documented := may[[2]int{from, to}]
					want := signPermission
					switch {
					case !documented && who != "stranger" && who != "appadmin":
						want = signUpdate
					case documented && slices.Contains(splitWords(people), who):
						want = signSuccess
					}
					if int(m["Result"].(float64)) != want {
						t.Errorf("result %v, want %d", m["Result"], want)
					}
					after := statusName(from)
					if want == signSuccess {
						after = statusName(to)
					}
					if got := s.ProjectStatus("P"); got != after {
						t.Errorf("the project is %s, want %s", got, after)
					}
				})
			}
		}
	}
}

func TestProjectStatus_RefusedTargets(t *testing.T) {
	for _, to := range []any{4, 5, 99, -1} {
		as(t, New(cast("Enabled")), "admin", "").want(signUpdate, "Codesign/UpdateProjectStatus",
			object{"Dn": dnOf("P"), "ProjectStatus": to})
	}
}

func TestProjectStatus_UndocumentedTransitions(t *testing.T) {
	w := cast("Pending")
	w.Settings.AllowWithdraw = true
	s := New(w)
	as(t, s, "owner", "").want(signSuccess, "Codesign/UpdateProjectStatus",
		object{"Dn": dnOf("P"), "ProjectStatus": draft})
	s.UpdateSettings(func(now *Settings) { now.AllowDirectEnable = true })
	as(t, s, "owner", "").want(signPermission, "Codesign/UpdateProjectStatus",
		object{"Dn": dnOf("P"), "ProjectStatus": enabled})
	as(t, s, "admin", "").want(signSuccess, "Codesign/UpdateProjectStatus",
		object{"Dn": dnOf("P"), "ProjectStatus": enabled})
}

func TestProjects_ExactlyOneName(t *testing.T) {
	s := New(cast("Enabled"))
	c := as(t, s, "auditor", "codesign")
	guid := "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
	for _, good := range []object{
		{"Dn": dnOf("P")},
		{"Dn": `\ved\CODE signing\projects\p`},
		{"Guid": guid},
		{"Guid": "{" + guid + "}"},
		{"Id": 4711},
		{"Dn": dnOf("P"), "Guid": nil, "Id": nil},
	} {
		p := c.want(signSuccess, "Codesign/GetProject", good)["Project"].(object)
		if p["Dn"] != dnOf("P") || p["Guid"] != "{"+guid+"}" || p["Id"] != 4711.0 || p["Status"] != 1.0 {
			t.Errorf("%v: %v", good, p)
		}
	}
	for _, bad := range []any{
		object{}, object{
			"Dn": dnOf("P"),
			"Id": 4711,
		}, object{"dn": dnOf("P")}, object{"Dn": 5}, object{"Id": "x"}, "[]", "{", object{"Guid": ""},
	} {
		c.refused(400, "invalid_request", "Codesign/GetProject", bad)
	}
	c.want(signNotFound, "Codesign/GetProject", object{"Dn": dnOf("Q")})
	c.want(signNotFound, "Codesign/GetProject", object{"Guid": "11111111-1111-1111-1111-111111111111"})
	c.want(signWrongType, "Codesign/GetProject", object{"Dn": applicationsRoot + `\signtool`})
	c.want(signWrongType, "Codesign/GetProject", object{"Dn": dnOf(`P\Production`)})
}

func TestProjectStatus_QuotedNumber(t *testing.T) {
	c := as(t, New(cast("Draft")), "owner", "")
	for _, bad := range []any{"Pending", nil, true, 1.5} {
		c.refused(400, "invalid_request", "Codesign/UpdateProjectStatus", object{"Dn": dnOf("P"), "ProjectStatus": bad})
	}
	c.want(signSuccess, "Codesign/UpdateProjectStatus", object{"Dn": dnOf("P"), "ProjectStatus": "3"})
}

func TestProjects_Visibility(t *testing.T) {
	s := New(cast("Enabled"))
	for _, who := range []string{"admin", "owner", "member", "auditor", "user", "approver", "gate"} {
		as(t, s, who, "codesign").want(signSuccess, "Codesign/GetProject", object{"Dn": dnOf("P")})
	}
	stranger := as(t, s, "stranger", "codesign")
	m := stranger.want(signPermission, "Codesign/GetProject", object{"Dn": dnOf("P")})
	if m["Success"] != false || m["Error"] == "" || m["Project"] != nil {
		t.Error(m)
	}
	s.UpdateSettings(func(now *Settings) { now.HideForbidden = true })
	stranger.want(signNotFound, "Codesign/GetProject", object{"Dn": dnOf("P")})
	s.UpdateSettings(func(now *Settings) { now.MissingResult = 15 })
	stranger.want(15, "Codesign/GetProject", object{"Dn": dnOf("P")})
	s.UpdateSettings(func(now *Settings) { now.EmptyMissing = true })
	if m := stranger.want(signSuccess, "Codesign/GetProject", object{"Dn": dnOf("Q")}); m["Project"] != nil {
		t.Error(m)
	}
}

func TestScopes_CodesignCalls(t *testing.T) {
	s := New(cast("Enabled"))
	for op, need := range map[string]string{
		"GetProject": "codesign", "EnumerateProjects": "codesign", "UpdateProjectStatus": "codesign:manage",
		"CreateProject": "codesign:manage",
		"UpdateProject": "codesign:manage", "RenameProject": "codesign:manage", "DeleteProject": "codesign:delete",
		"GetObjectRights": "codesign:admin", "GetRight": "codesign:admin", "GetTrusteeRights": "codesign:admin",
		"EnumerateApplications": "codesign",
	} {
		as(t, s, "admin", "configuration;codesignclient").refused(403, "insufficient_scope", "Codesign/"+op, object{})
		if status, m := as(t, s, "admin", need).do(post, "/vedsdk/Codesign/"+op, object{}); status == 403 {
			t.Errorf("%s with %s: %v", op, need, m)
		}
	}
	s.UpdateSettings(func(now *Settings) { now.LegacyScopes = true })
	as(t, s, "admin", "codesign").want(signSuccess, "Codesign/GetObjectRights", object{"Dn": dnOf("P")})
	as(t, s, "admin", "codesign").refused(403, "insufficient_scope", "Codesign/GetRight", object{"Dn": dnOf("P")})
	s.UpdateSettings(func(now *Settings) { now.Scopes = map[string]string{"Codesign/GetRight": "codesign"} })
	as(t, s, "admin", "codesign").want(signSuccess, "Codesign/GetRight", object{"Dn": dnOf("P")})
}
