package client

import (
	"reflect"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
)

func decodeProject(t *testing.T, project string) *Project {
	t.Helper()
	s := byPath(map[string]canned{
		"Codesign/GetProject": {body: `{"Project":` + project + `,"Result":1,"Success":true}`},
		"Config/Read":         {body: `{"Result":1,"Values":["5"]}`},
	})
	p, err := clientOf(t, s).GetProject(t.Context(), ByDN(`\VED\X`))
	if err != nil {
		t.Fatalf("%s: %v", project, err)
	}
	return p
}

func TestGetProject_AllMembers(t *testing.T) {
	got := decodeProject(t,
		`{"Dn":"\\VED\\Code Signing\\Projects\\Rocket","Guid":"{0f1e}","Id":4711,"Status":2,
		"Description":"stage 2\nmore",
		"CreatedOn":"\/Date(1760000000000+0200)\/","ApprovalSubmissionDate":"2025-10-09T08:53:20Z",
		"Owners":{"Dirty":false,"Items":["local:{a}","local:{b}"]},"Auditors":{"Items":[]},"KeyUsers":null,
		"KeyUseApprovers":["AD+CORP:00112233445566778899aabbccddeeff"],"ApplicationDNs":{"Items":["\\VED\\A"]},
		"Applications":[{"Dn":"\\VED\\A","Guid":"{a}","Id":"12","Size":1}],"Collections":{"Items":[{"Dn":"\\VED\\C"}]},
		"CertificateEnvironments":[{"Dn":"\\VED\\X\\E","Guid":"{e}","Id":7,"Status":"1","Description":"d"}],
		"GPGEnvironments":{"Items":[{"Dn":"\\VED\\X\\G"}]},"CSPEnvironments":null,
		"CustomFieldAttributes":{"Items":[{"FieldName":"Cost","Values":["12",13],"Type":1},{"FieldName":"None",
		"Values":null}]},
		"SomethingNew":{"a":[1,2,{"b":null}]}}`)
	moment := time.Date(2025, 10, 9, 8, 53, 20, 0, time.UTC)
	want := &Project{
		DN: `\VED\Code Signing\Projects\Rocket`, GUID: "{0f1e}", ID: 4711, Status: lifecycle.Draft,
		CreatedOn: moment, ApprovalSubmissionDate: moment,
		Settings: settings.Settings{
			Description: "stage 2\nmore", Owners: []string{"local:{a}", "local:{b}"}, Auditors: []string{},
			KeyUseApprovers: []string{"AD+CORP:00112233445566778899aabbccddeeff"}, Applications: []string{`\VED\A`},
			CustomFields: []settings.CustomField{
				{Name: "Cost", Values: []string{"12", "13"}, Type: 1}, {Name: "None", Values: []string{}},
			},
		},
		Applications: []ProjectRef{{`\VED\A`, "{a}", 12}}, Collections: []ProjectRef{{DN: `\VED\C`}},
		Environments: []Environment{
			{
				Kind: "Certificate", DN: `\VED\X\E`, GUID: "{e}", ID: 7, Status: lifecycle.Enabled,
				HasStatus: true, Description: "d",
			},
			{Kind: "GPG", DN: `\VED\X\G`},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestGetProject_StatusSpellings(t *testing.T) {
	for status, want := range map[string]lifecycle.Status{
		`3`: lifecycle.Pending, `"3"`: lifecycle.Pending, `3.0`: lifecycle.Pending,
		`"Pending"`: lifecycle.Pending, `0`: lifecycle.Disabled,
		`4`: lifecycle.Deleted, `5`: lifecycle.DisabledByParent, `17`: 17, `-1`: -1,
		// from Config/Read
		`null`: lifecycle.DisabledByParent, `"Sleeping"`: lifecycle.DisabledByParent, `{}`: lifecycle.DisabledByParent,
	} {
		if got := decodeProject(t, `{"Dn":"\\VED\\X","Guid":"{0f1e}","Id":7,"Status":`+status+`}`).Status; got != want {
			t.Errorf("%s: got %s", status, got)
		}
	}
	if got := decodeProject(
		t, `{"dn":"\\VED\\X","GUID":"{0f1e}","ID":"7","STATUS":1}`,
	); got.Status != lifecycle.Enabled || got.DN != `\VED\X` {
		t.Errorf("other case: %+v", got)
	}
}

func TestGetProject_StatusFromConfig(t *testing.T) {
	bare := canned{body: `{"Project":{"Dn":"\\VED\\X","Guid":"{0f1e}","Id":7},"Result":1,"Success":true}`}
	s := byPath(map[string]canned{
		"Codesign/GetProject": bare, "Config/Read": {body: `{"Result":1,"Values":["Enabled"]}`},
	})
	p, err := clientOf(t, s).GetProject(t.Context(), ByID(1))
	if err != nil || p.Status != lifecycle.Enabled {
		t.Errorf("%+v, %v", p, err)
	}
	if got := s.requests()[1].body; got != `{"ObjectDN":"\\VED\\X","AttributeName":"Status"}` {
		t.Error(got)
	}
	for body, want := range map[string]Reason{
		`{"Result":1,"Values":[]}`: EmptyAnswer, `{"Result":1}`: EmptyAnswer,
		`{"Result":1,"Values":["?"]}`: EmptyAnswer, `{"Result":7}`: Forbidden, `{"Result":400}`: LoadFailed,
	} {
		s := byPath(map[string]canned{"Codesign/GetProject": bare, "Config/Read": {body: body}})
		if _, err := clientOf(t, s).GetProject(t.Context(), ByID(1)); ReasonOf(err) != want {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestGetProject_EmptyAnswer(t *testing.T) {
	for _, body := range []string{
		`{"Result":1,"Success":true}`, `{"Project":null,"Result":1,"Success":true}`,
		`{"Project":{},"Result":1,"Success":true}`,
	} {
		if _, err := clientOf(t, always(canned{body: body})).GetProject(t.Context(),
			ByID(1)); ReasonOf(err) != EmptyAnswer {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestGetProject_WithoutID(t *testing.T) {
	for _, number := range []string{"", `"Id":0,`, `"Id":null,`, `"Id":"x",`} {
		body := `{"Project":{"Dn":"\\VED\\X","Guid":"{0f1e}",` + number + `"Status":1},"Result":1,"Success":true}`
		p, err := clientOf(t, always(canned{body: body})).GetProject(t.Context(), ByDN(`\VED\X`))
		if err != nil || p.ID != 0 || p.GUID != "{0f1e}" {
			t.Errorf("%s: %+v, %v", body, p, err)
		}
	}
}

func TestGetProject_WithoutName(t *testing.T) {
	for project, missing := range map[string]string{
		`{"Status":1}`:                                    "no Dn, no Guid",
		`{"Id":7,"Status":1}`:                             "no Dn, no Guid",
		`{"Dn":"\\VED\\X","Status":1}`:                    "no Guid",
		`{"Dn":"\\VED\\X","Guid":null,"Id":7,"Status":1}`: "no Guid",
		`{"Guid":"{0f1e}","Id":7}`:                        "no Dn",
	} {
		_, err := clientOf(t, always(canned{body: `{"Project":` + project +
			`,"Result":1,"Success":true}`})).GetProject(t.Context(), ByID(7))
		e := errorOf(t, err)
		if e.Reason != BadAnswer || !IsIncomplete(err) || IsAboutObject(err) || e.Message != "the project in "+
			"the answer has "+missing {
			t.Errorf("%s: %v", project, err)
		}
	}
}

func TestGetProject_GUIDSpellings(t *testing.T) {
	gone := canned{body: `{"Result":7,"Success":false}`}
	for given, want := range map[string][]string{
		"0f1e":   {`{"Guid":"{0f1e}"}`, `{"Guid":"0f1e"}`},
		"{0f1e}": {`{"Guid":"{0f1e}"}`, `{"Guid":"0f1e"}`},
	} {
		for name, second := range map[string]canned{"found": goodProject, "gone": gone} {
			s := inTurn(gone, second)
			_, err := clientOf(t, s).GetProject(t.Context(), ByGUID(given))
			if IsNotFound(err) != (name == "gone") {
				t.Errorf("%s, %s: %v", given, name, err)
			}
			got := s.requests()
			if len(got) != 2 || got[0].body != want[0] || got[1].body != want[1] {
				t.Errorf("%+v", got)
			}
		}
	}
	s := always(goodProject)
	if _, err := clientOf(t, s).GetProject(t.Context(), ByGUID(someGUID)); err != nil || len(s.requests()) != 1 {
		t.Errorf("%d requests, %v", len(s.requests()), err)
	}
	s = always(canned{body: `{"Result":2,"Success":false}`})
	if _, err := clientOf(t, s).GetProject(t.Context(), ByGUID(someGUID)); len(s.requests()) != 1 ||
		ReasonOf(err) != Forbidden {
		t.Errorf("%d requests, %v", len(s.requests()), err)
	}
}

func TestProjectRef_ExactlyOne(t *testing.T) {
	s := always(goodProject)
	c := clientOf(t, s)
	for _, ref := range []ProjectRef{
		{},
		{DN: "a", ID: 1},
		{DN: "a", GUID: "b"},
		{GUID: "b", ID: 1},
		{GUID: "{}"},
		{GUID: "{"},
	} {
		for name, err := range map[string]error{
			"GetProject":          second(c.GetProject(t.Context(), ref)),
			"ReadProject":         second(c.GetProjectCached(t.Context(), ref)),
			"UpdateProjectStatus": c.UpdateProjectStatus(t.Context(), ref, 0),
		} {
			if e := errorOf(t, err); e.Delivery != NotSent || len(s.requests()) != 0 {
				t.Errorf("%s of %+v: %v", name, ref, e)
			}
		}
	}
	if e := errorOf(t, second(c.IsValid(t.Context(), ByID(1)))); e.Delivery != NotSent {
		t.Error(e)
	}
}

func second[T any](_ T, err error) error { return err }

func TestProjectRef_String(t *testing.T) {
	for want, ref := range map[string]ProjectRef{`\VED\X`: ByDN(`\VED\X`), "{g}": ByGUID("{g}"), "4711": ByID(4711)} {
		if got := ref.String(); got != want {
			t.Errorf("%q", got)
		}
	}
}
