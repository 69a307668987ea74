package simulator

import (
	"encoding/json"
	"reflect"
	"testing"
)

// labWorld is the world in which the examples of the vendor's pages took place.
func labWorld() World {
	return World{
		Users: []User{
			{Name: "joe", Admin: true},
			{Name: "own", Universal: "3acf7adc-29ad-48ea-afce-c3dfa65f91d5"},
			{Name: "aud", Universal: "e59f7aa8-4acd-49ad-9329-185cfc639130"},
			{Name: "use", Universal: "47f403b3-4e56-4f43-903f-9f9885a96619"},
		},
		Projects: []Project{
			{Name: "APIProjectDraft"},
			{
				Name: "Lab 4", Status: "Enabled", Owners: []string{"own"}, KeyUseApprovers: []string{"own"},
				Auditors: []string{"aud"}, KeyUsers: []string{"use"},
			},
		},
		WorkflowTickets: []WorkflowTicket{
			{GUID: "6ede0e12-f7c0-4068-9977-001076205c84", Approvers: []string{"joe"}},
			{GUID: "8a83384d-3e44-4b62-b706-dc78459f2ac3", Approvers: []string{"joe"}},
		},
	}
}

// The requests and answers as the vendor's pages print them, typing errors in the URLs included.
func TestSimulator_VendorExamples(t *testing.T) {
	for _, c := range []struct{ page, path, request, response string }{
		{
			"GetObjectRights: show identity rights of a project", "///vedsdk/Codesign/GetObjectRights",
			`{"Dn": "\\VED\\Code Signing\\Projects\\Lab 4"}`,
			`{"Result":1,"RightsList":[{"key":"local:{3acf7adc-29ad-48ea-afce-c3dfa65f91d5}","value":72},
			  {"key":"local:{e59f7aa8-4acd-49ad-9329-185cfc639130}","value":4},
			  {"key":"local:{47f403b3-4e56-4f43-903f-9f9885a96619}","value":2}],"Success":true}`,
		},
		{
			"UpdateProjectStatus: change a project status to Pending Approval", "/vedsdk/UpdateProjectStatus",
			`{"Dn": "\\VED\\Code Signing\\Projects\\APIProjectDraft", "ProjectStatus": "3"}`,
			`{"Result": 1, "Success": true}`,
		},
		{
			"UpdateStatus 1: approve ticket", "/vedsdk/Workflow/Ticket/UpdateStatus",
			`{"GUID": "6ede0e12-f7c0-4068-9977-001076205c84", "Status": "Approved",
			  "Explanation": "Ticket was approved by Joe"}`,
			`{"Result": 1}`,
		},
		{
			"UpdateStatus 2: approve after a local time", "/vedsdk/Workflow/Ticket/UpdateStatus",
			`{"GUID":"8a83384d-3e44-4b62-b706-dc78459f2ac3", "Status":"Approved After", ` +
				`"ScheduledStart":"2022-11-15T00:41"}`,
			`{"Result": 1}`,
		},
		{
			"UpdateStatus 3: approve between two times", "/vedsdk/Workflow/Ticket/UpdateStatus",
			`{"GUID":"8a83384d-3e44-4b62-b706-dc78459f2ac3", "Status":"Approved After",
			"ScheduledStart":"2022-11-15T00:41",
			  "ScheduledStop":"2022-11-25T00:41"}`,
			`{"Result": 1}`,
		},
	} {
		t.Run(c.page, func(t *testing.T) {
			s := New(labWorld())
			status, got := as(t, s, "joe", "codesign:admin,approve,manage").do(post, c.path, c.request)
			var want object
			if err := json.Unmarshal([]byte(c.response), &want); err != nil {
				t.Fatal(err)
			}
			if status != 200 || !reflect.DeepEqual(got, want) {
				t.Errorf("HTTP %d %v, want %v", status, got, want)
			}
			if log := s.Requests(); len(log[0].Unknown) != 0 {
				t.Errorf("members not known: %v", log[0].Unknown)
			}
		})
	}
}
