package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// A report sets the modes of the embedded server, which then gives the same answers.
func TestReport_Like(t *testing.T) {
	t.Parallel()
	for name, row := range readingModes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := surveyOf(t, row.set, row.user, row.scopes)
			var all []observation
			for _, o := range found {
				all = append(all, o)
			}
			encoded, err := newReport(all, newEvidence(hints{}), false).encode()
			if err != nil {
				t.Fatal(err)
			}
			again := surveyOf(t, func(s *settings) {
				if unknown, err := s.Like(bytes.NewReader(encoded)); err != nil || len(unknown) > 0 {
					t.Fatal(unknown, err)
				}
			}, row.user, row.scopes)
			for id, o := range found {
				if o.answer != "" && again[id].answer != o.answer && id != "field-type" {
					t.Errorf("%s: got %q, want %q", id, again[id].answer, o.answer)
				}
			}
		})
	}
}

func TestReport_LikeAfterWriting(t *testing.T) {
	t.Parallel()
	for name, row := range writingModes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				found, _, _ := writeWith(t, row.set, row.user)
				encoded, err := newReport(slices.Collect(maps.Values(found)), newEvidence(hints{}), true).encode()
				if err != nil {
					t.Fatal(err)
				}
				again, _, _ := writeWith(t, func(s *settings) {
					if unknown, err := s.Like(bytes.NewReader(encoded)); err != nil ||
						len(unknown) > 0 && name != "direct, pending" {
						t.Fatal(unknown, err)
					}
				}, row.user)
				if again[row.id].answer != row.want && name != "direct, pending" && name != "required field" {
					t.Errorf("%s: got %q (%s), want %q", row.id, again[row.id].answer, again[row.id].reason, row.want)
				}
			})
		})
	}
}

func TestReport_LikeNamesWhatHasNoMode(t *testing.T) {
	t.Parallel()
	var s simulator.Settings
	unknown, err := s.Like(
		strings.NewReader(`{"questions":[{"id":"guid","answer":"another form"},{"id":"future","answer":"x"}]}`),
	)
	if err != nil || !slices.Equal(unknown, []string{"guid: another form"}) {
		t.Errorf("got %q, %v", unknown, err)
	}
	if _, err := s.Like(strings.NewReader("no report")); err == nil {
		t.Error("a file that is not a report is accepted")
	}
}

// secrets are texts that a server might hold. Each of them must stay out of the report.
func secretWorld(mark func(string) string) simulator.World {
	owner := mark("jane")
	return simulator.World{
		Users: []simulator.User{
			{
				Name: owner, FullName: mark("Jane"),
				Prefix: "AD+" + mark("CORP"), Admin: true, Config: true,
			},
		},
		Groups: []simulator.Group{{Name: mark("team"), FullName: mark("Team"), Members: []string{owner}}},
		Projects: []simulator.Project{{
			Name: mark("project"), Status: "Pending", Description: mark("description"), Owners: []string{owner},
			KeyUsers:     []string{"LDAP+" + mark("dir") + ":" + mark("universal")},
			Applications: []string{mark("application")},
			CustomFields: map[string][]string{mark("field"): {mark("value"), "2027-01-09T20:00:00Z " + mark("date")}},
			Rights:       map[string]int{mark("dir2") + ":" + mark("trustee"): 4}, Approvers: []string{owner},
			Environments: []simulator.Environment{{
				Name: mark("environment"), Template: `\VED\` + mark("template"), KeyAlgorithm: mark("algorithm"),
				Description:   mark("about"),
				CertificateDN: `\VED\Policy\` + mark("certificate"), Values: map[string]string{"City": mark("city")},
				Members: map[string]any{mark("member"): mark("content"), "StatusMessage": mark("status")},
			}},
		}},
		Applications: []simulator.Object{{Name: mark("application"), Description: mark("app"), Version: mark("1.0")}},
		FlowTickets: []simulator.FlowTicket{{
			DN: `\VED\` + mark("flow"), Approvers: []string{owner},
			Environment: map[string]string{mark("key"): mark("entry")},
			Approvals:   []simulator.Approval{{Universal: mark("who"), Comment: mark("comment")}},
		}},
		WorkflowTickets: []simulator.WorkflowTicket{{
			GUID: "6ede0e12-f7c0-4068-9977-001076205c84", Approvers: []string{owner},
			Blocking:    `\VED\` + mark("blocked"),
			IssuedDueTo: `\VED\` + mark("workflow"), Explanation: mark("why"), Reason: mark("reason"),
			Status: "Approved",
		}},
		Settings: simulator.Settings{
			Version: "25.3." + mark("build"), RightsSpelling: "map", FlowEnvironmentSpelling: "map",
			ProjectModes: simulator.ProjectModes{GlobalConfiguration: map[string]any{
				"RequestInProgressMessage": mark("message"), "ProjectUpdateFlowDN": `\VED\` + mark("updateflow"),
				mark("setting"): true,
			}},
		},
	}
}

func TestReport_HasNoValue(t *testing.T) {
	t.Parallel()
	for _, arguments := range [][]string{
		{"-hidden", `\VED\plantedhidden`, "-foreign", "6ede0e12-f7c0-4068-9977-001076205c84"},
		{"-write", "-workflow", `\VED\plantedflow`},
	} {
		t.Run(arguments[0], func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "report.json")
			synctest.Test(t, func(t *testing.T) { reportHasNoValue(t, file, arguments) })
		})
	}
}

func reportHasNoValue(t *testing.T, file string, arguments []string) {
	var planted []string
	world := secretWorld(func(text string) string {
		planted = append(planted, "planted"+text)
		return "planted" + text
	})
	server := simulator.New(world)
	token := server.Token("plantedjane", "")
	var out bytes.Buffer
	typed := "s\ny\n"
	if arguments[0] == "-write" {
		typed = "y\n" + typed
	}
	c := command{lookup: lookup(token), in: input(typed), out: &out, transport: server.Transport()}
	if err := c.run(t.Context(), append(arguments, "-report", file)); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ToLower(string(content))
	values := append(slices.Clone(planted), "planted", token, "codesign.example.test", "6ede0e12", "0001076205c84",
		"2027", "aaaa", "\\\\ved\\\\", "local:{", "ad+", "ldap+", "tf-survey", "scratch project of")
	for _, value := range values {
		if strings.Contains(text, strings.ToLower(value)) {
			t.Errorf("the report contains %q", value)
		}
	}
	if !strings.Contains(out.String(), string(content)) ||
		!strings.Contains(out.String(), "A reader of the report learns") {
		t.Error("the program did not show the report before it wrote it")
	}
	var r report
	if err := json.Unmarshal(content, &r); err != nil || len(r.Questions) < 30 || len(r.Answers) < 30 {
		t.Errorf("%d questions, %d answers, %v", len(r.Questions), len(r.Answers), err)
	}
}

func TestReport_NeedsConsent(t *testing.T) {
	t.Parallel()
	for typed, written := range map[string]bool{
		"y\n": true, "yes\n": true, "s\nyes\n": true, "s\n": false, "s": false, "n\n": false, "\n": false, "": false,
	} {
		server := simulator.New(company())
		file := filepath.Join(t.TempDir(), "report.json")
		var out bytes.Buffer
		c := command{
			lookup: lookup(server.Token("carla", "")), in: input(typed), out: &out, transport: server.Transport(),
		}
		if err := c.run(t.Context(), []string{"-report", file}); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(file); (err == nil) != written {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func TestShape_Classes(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"Dn":"\\VED\\P","Guid":"{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"}`: `{"Dn":"DN, 1-8",` +
			`"Guid":"GUID in braces, 33-128"}`,
		`{"Owners":{"Items":["AD+X:00112233445566778899aabbccddeeff"]}}`: `{"Owners":{"Items":{"elements":"universal ` +
			`of 32 digits, 33-128","list":"one"}}}`,
		`{"Secret Name":1}`: `{"\u003ctext, 9-32\u003e":"number"}`,
		`[1,2,-3,0,1.5]`:    `{"elements":"fraction | negative number | number | zero","list":"2-10"}`,
		`{"dn":null,"Success":true,"Status":"7","CreatedOn":"/Date(1760000000000+0200)/"}`: `{"CreatedOn":"date ` +
			`/Date(ms+zone)/, 9-32","Status":"number in quotes, 1-8","Success":"bool","dn":"null"}`,
		`"` + strings.Repeat("x", 200) + `"`: `"text, 129 or more"`,
		`[]`:                                 `{"list":"empty"}`,
		`[{"Id":1},{"Id":"2","Dn":null},3]`:  `{"elements":"number | object","list":"2-10"}`,
		`[{"Id":1},{"Id":"2","Dn":null}]`: `{"elements":{"Dn":"null","Id":"number | number in quotes, 1-8"},` +
			`"list":"2-10"}`,
	} {
		got, err := json.Marshal(shapeOf(newExchange("x", 200, "", []byte(body)).value))
		if err != nil || string(got) != want {
			t.Errorf("%s:\ngot  %s\nwant %s", body, got, want)
		}
	}
}

func TestContentTypeClass(t *testing.T) {
	t.Parallel()
	for contentType, want := range map[string]string{
		"application/json; charset=utf-8": "application/json; charset=utf-8", "text/html": "text/html", "": "none",
		"application/x-planted": "another", "application/json; boundary=planted": "application/json",
	} {
		if got := contentTypeClass(contentType); got != want {
			t.Errorf("%q: got %q", contentType, got)
		}
	}
}
