package simulator

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// raw posts and returns status and undecoded body.
func (c *client) raw(op string, body any) (int, []byte) {
	c.t.Helper()
	r, _ := http.NewRequest(http.MethodPost, c.base+"/vedsdk/"+op, bytes.NewReader(mustJSON(body)))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+c.token)
	res, err := c.http.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return res.StatusCode, text
}

func TestLateCommit_TakesEffectAfterItsAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pendingWorld()
		w.Projects[0].Status = "Draft"
		s := New(w)
		s.Inject(Fault{
			Path: "Codesign/UpdateProjectStatus", Kind: Gateway502LateCommit, CommitAfter: 7 * time.Second,
			Count: 1,
		})
		status, _ := as(t, s, "olga", "").raw("Codesign/UpdateProjectStatus",
			object{"Dn": dnOf("P"), "ProjectStatus": 3})
		if got := s.ProjectStatus("P"); status != 502 || got != "Draft" {
			t.Fatalf("HTTP %d, %s", status, got)
		}
		time.Sleep(6 * time.Second)
		if got := s.ProjectStatus("P"); got != "Draft" {
			t.Error("after 6s:", got)
		}
		time.Sleep(time.Second)
		journal := s.Journal()
		if last := journal[len(journal)-1]; s.ProjectStatus("P") != "Pending" || last.User != "olga" ||
			last.Kind != EventSubmitted {
			t.Errorf("after 7s: %s, %+v", s.ProjectStatus("P"), last)
		}
	})
}

func TestLateCommit_ChecksRightsAtOnce(t *testing.T) {
	s := New(pendingWorld())
	s.Inject(Fault{Kind: Gateway502LateCommit})
	as(t, s, "olga", "codesign").raw("Codesign/UpdateProjectStatus", object{"Dn": dnOf("P"), "ProjectStatus": 2})
	if len(s.late) != 0 {
		t.Error("an operation without scope is kept")
	}
}

func TestUnknownIdentity_Shapes(t *testing.T) {
	for variant, want := range map[string]string{
		"": "200 {}", "null": `200 {"ID":null}`, "empty": "200 ", "204": "204 ",
	} {
		w := pendingWorld()
		w.Settings.UnknownIdentity = variant
		status, body := as(t, New(w), "ada", "").raw("Identity/Validate",
			object{"ID": object{"PrefixedName": "local:unknown"}})
		if got := fmt.Sprintf("%d %s", status, body); got != want {
			t.Errorf("%q: %s, want %s", variant, got, want)
		}
	}
}

func TestDashedUniversals_HaveNoBraces(t *testing.T) {
	w := peopleWorld()
	w.Settings.DashedUniversals = true
	s := New(w)
	if got := s.Trustee("jane"); got != "AD+CORP:00112233-4455-6677-8899-aabbccddeeff" {
		t.Error(got)
	}
	if got := s.Trustee("robot"); strings.ContainsAny(got, "{}") || len(got) != len("local:")+36 {
		t.Error(got)
	}
	braces := strings.Replace(s.Trustee("robot"), "local:", "local:{", 1) + "}"
	if m := as(t, s, "admin", "").post("Identity/Validate",
		object{"ID": object{"PrefixedUniversal": braces}}); len(m) != 0 {
		t.Error("one spelling is known:", m)
	}
}

func TestFlowEmptyNull_OmitsResult(t *testing.T) {
	w := pendingWorld()
	w.Settings.FlowEmptyNull = true
	s := New(w)
	if _, body := as(t, s, "olga", "").raw("Flow/Tickets/Enumerate",
		everyPage()); string(body) != `{"Message":"","Tickets":null}` {
		t.Error(string(body))
	}
	if ids := as(t, s, "ada", "").tickets(everyPage()); len(ids) != 1 {
		t.Error(ids)
	}
}

func TestAnswerEncoding_ByteOrderMarks(t *testing.T) {
	for encoding, want := range map[string]string{"": `{"`, "bom": "\xef\xbb\xbf{", "utf-16": "\xff\xfe{\x00"} {
		w := pendingWorld()
		w.Settings.AnswerEncoding = encoding
		for _, op := range []string{"Codesign/GetProject", "Codesign/EnumerateProjects"} {
			if _, body := as(t, New(w), "ada", "").raw(op, object{"Dn": dnOf("P")}); !strings.HasPrefix(string(body),
				want) {
				t.Errorf("%q: %.20q", encoding, body)
			}
		}
	}
}

func TestDetailsTimes_MinutesAndZone(t *testing.T) {
	w := labWorld()
	w.WorkflowTickets[0].Status, w.WorkflowTickets[0].ScheduledStart = "Approved After", "2099-01-02T20:00:30Z"
	for spelling, want := range map[string]any{
		"": "/Date(4071067230000)/", "minutes": "/Date(4071067200000)/",
		"zoneless": "2099-01-02T22:00:30", "minutes,zoneless": "2099-01-02T22:00:00",
	} {
		w.Settings.DetailsTimes, w.Settings.DetailsClock = spelling, 2*3600*1000
		m := as(t, New(w), "joe", "").post("Workflow/Ticket/Details", object{"GUID": w.WorkflowTickets[0].GUID})
		if m["ScheduledStart"] != want {
			t.Errorf("%q: %v, want %v", spelling, m["ScheduledStart"], want)
		}
	}
}

func TestRefusedSteps_ByStatus(t *testing.T) {
	w := pendingWorld()
	w.Projects[0].Status = "Enabled"
	w.Projects = append(w.Projects, Project{Name: "D", Status: "Draft"}, Project{Name: "B", Status: "DisabledByParent"})
	w.Settings.RefusedSteps = map[string]int{"Enabled->Disabled": 2, "Pending": 14}
	c := as(t, New(w), "ada", "")
	c.want(2, "Codesign/UpdateProjectStatus", object{"Dn": dnOf("P"), "ProjectStatus": 0})
	c.want(14, "Codesign/UpdateProjectStatus", object{"Dn": dnOf("D"), "ProjectStatus": 3})
	c.want(signSuccess, "Codesign/UpdateProjectStatus", object{"Dn": dnOf("D"), "ProjectStatus": 0})
	c.want(signUpdate, "Codesign/UpdateProjectStatus", object{"Dn": dnOf("B"), "ProjectStatus": 0})
}

func TestVisibility_Lags(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pendingWorld()
		w.Settings.VisibilityLag, w.Settings.EnumerationLag = 1000, 3000
		s := New(w)
		c := as(t, s, "ada", "")
		listed := func() string {
			names := []string{}
			for _, p := range c.post("Codesign/EnumerateProjects", object{})["Projects"].([]any) {
				names = append(names, lastPart(p.(object)["Dn"].(string)))
			}
			return strings.Join(names, " ")
		}
		s.AddProject(Project{Name: "New"})
		s.RenameProject("P", "Q")
		c.want(signNotFound, "Codesign/GetProject", object{"Dn": dnOf("New")})
		c.want(signSuccess, "Codesign/GetProject", object{"Dn": dnOf("Q")})
		if got := listed(); got != "P" {
			t.Error("at once:", got)
		}
		time.Sleep(time.Second)
		c.want(signSuccess, "Codesign/GetProject", object{"Dn": dnOf("New")})
		if got := listed(); got != "P" {
			t.Error("after 1s:", got)
		}
		time.Sleep(2 * time.Second)
		if got := listed(); got != "Q New" {
			t.Error("after 3s:", got)
		}
	})
}

func TestNames_InvisibleAndFoldedCharacters(t *testing.T) {
	w := World{Projects: []Project{
		{Name: "Waiting"},
		{Name: "Waiting\u200f", Status: "Enabled"},
		{Name: "ſafe"},
		{Name: "safe", Status: "Enabled"},
	}}
	c := as(t, New(w), "admin", "")
	for name, want := range map[string]float64{
		"Waiting": draft, "WAITING": draft, "Waiting\u200f": enabled, "ſafe": draft, "SAFE": enabled,
	} {
		p := c.want(signSuccess, "Codesign/GetProject", object{"Dn": dnOf(name)})["Project"].(object)
		if p["Status"] != want {
			t.Errorf("%q is %v", name, p["Dn"])
		}
	}
}

func TestAspNetErrors_HaveTheirMembers(t *testing.T) {
	s := New(pendingWorld())
	for kind, member := range map[FaultKind]string{AspNet500: "ExceptionMessage", AspNet400: "MessageDetail"} {
		remove := s.Inject(Fault{Kind: kind})
		status, body := as(t, s, "ada", "").raw("Codesign/GetProject", object{"Dn": dnOf("P")})
		if remove(); status < 400 || !bytes.Contains(body, []byte(member)) {
			t.Errorf("%s: HTTP %d %s", kind, status, body)
		}
	}
}

// answerText is the raw text of an answer.
func (c *client) answerText(op string, body any) string {
	c.t.Helper()
	return string(mustJSON(c.post(op, body)))
}

func TestSettings_ChangeAnswers(t *testing.T) {
	dn := mustJSON(dnOf("P"))
	for _, c := range []struct {
		name     string
		settings Settings
		op       string
		has      []string
		hasNot   []string
	}{
		{"default", Settings{}, "Flow/Tickets/Enumerate", []string{`"Environment":[{"Key":"ObjectDn","Value":` +
			string(dn) + `}]`, `"Approvers":["local:{`, `"Result":0`}, nil},
		{
			"map",
			Settings{FlowEnvironmentSpelling: "map"},
			"Flow/Tickets/Enumerate",
			[]string{`"Environment":{"ObjectDn":` + string(dn) + `}`},
			nil,
		},
		{
			"blank",
			Settings{FlowEnvironmentSpelling: "Object DN"},
			"Flow/Tickets/Enumerate",
			[]string{`"Key":"Object DN"`},
			nil,
		},
		{
			"objects",
			Settings{FlowApproversAsObjects: true},
			"Flow/Tickets/Enumerate",
			[]string{`"Approvers":[{`, `"PrefixedUniversal":"local:{`},
			nil,
		},
		{"no result", Settings{FlowOmitResult: true}, "Flow/Tickets/Enumerate", nil, []string{`"Result"`}},
		{
			"plural",
			Settings{FlowLoadPlural: true},
			"Flow/Tickets/Load",
			[]string{`"Tickets":[{`},
			[]string{`"Ticket":{`},
		},
		{"singular", Settings{}, "Flow/Tickets/Load", []string{`"Ticket":{`}, []string{`"Tickets":[`}},
		{"braces", Settings{}, "Codesign/GetProject", []string{`"Guid":"{`, `"Status":3`, `"CreatedOn":"/Date(`}, nil},
		{"bare guid", Settings{GUIDStyle: "none"}, "Codesign/GetProject", nil, []string{`"Guid":"{`}},
		{"no status", Settings{ProjectStatusOmitted: true}, "Codesign/GetProject", nil, []string{`"Status":3`}},
		{"quoted status", Settings{ProjectStatusQuoted: true}, "Codesign/GetProject", []string{`"Status":"3"`}, nil},
		{"offset", Settings{DateStyle: "offset"}, "Codesign/GetProject", []string{`+0200)/"`}, nil},
		{"iso", Settings{DateStyle: "iso"}, "Codesign/GetProject", nil, []string{`/Date(`}},
		{
			"lower case",
			Settings{LowerCaseMembers: true},
			"Codesign/GetProject",
			[]string{`"project":{`, `"status":3`, `"owners":{"items":[`},
			[]string{`"Project"`},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := New(World{
				Users: []User{{Name: "a", Admin: true}}, Projects: []Project{{Name: "P", Status: "Pending"}},
				Settings: c.settings,
			})
			body := object{"TicketId": s.FlowTickets("P")[0].ID, "Dn": dnOf("P")}
			text := as(t, s, "a", "").answerText(c.op, body)
			for _, part := range c.has {
				if !strings.Contains(text, part) {
					t.Errorf("no %s in %s", part, text)
				}
			}
			for _, part := range c.hasNot {
				if strings.Contains(text, part) {
					t.Errorf("%s in %s", part, text)
				}
			}
		})
	}
}
