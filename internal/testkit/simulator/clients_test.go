package simulator

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// vendorClient sends what one of the vendor's own clients sends, over TLS.
type vendorClient struct {
	*client
	header func(h http.Header, token string)
}

// call returns code and text of the status line and the decoded body.
func (c *vendorClient) call(method, path string, body any) (code int, line string, m object) {
	c.t.Helper()
	var reader io.Reader
	if body != nil {
		reader = jsonReader(body)
	}
	r, err := http.NewRequest(method, c.base+path, reader)
	if err != nil {
		c.t.Fatal(err)
	}
	c.header(r.Header, c.token)
	res, err := c.http.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	b, _ := io.ReadAll(res.Body)
	if strings.HasPrefix(res.Header.Get("Content-Type"), "application/json") {
		m = decodeObject(c.t, b)
	}
	return res.StatusCode, res.Status, m
}

func (c *vendorClient) ok(method, path string, body any) object {
	c.t.Helper()
	code, line, m := c.call(method, path, body)
	if code >= 300 || m["Success"] == false {
		c.t.Fatalf("%s: %s %v", path, line, m)
	}
	return m
}

func overTLS(t *testing.T, w World, header func(http.Header, string)) (*Server, *vendorClient) {
	t.Helper()
	s := New(w)
	base, err := s.StartTLS()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s, &vendorClient{&client{t: t, http: &http.Client{Transport: trusting(t, s)}, base: base}, header}
}

// approveTicketsOf finds and approves as the Python client does, and counts.
func (c *vendorClient) approveTicketsOf(dn string) (approved int) {
	c.t.Helper()
	for _, ticket := range c.ok(post, "/vedsdk/Flow/Tickets/Enumerate", object{})["Tickets"].([]any) {
		for _, pair := range ticket.(object)["Environment"].([]any) {
			if pair.(object)["Key"] == "ObjectDn" && pair.(object)["Value"] == dn {
				c.ok(post, "/vedsdk/Flow/Tickets/Approve", object{"TicketId": ticket.(object)["Id"]})
				approved++
			}
		}
	}
	return approved
}

// The Python client writes content type and token into one set of headers for every request, GET
// too; drops members that are null; addresses by Dn alone; finds its ticket with an empty body and
// approves it without a comment; waits by polling.
func TestVendorClients_Python(t *testing.T) {
	w := SampleCompany()
	s, c := overTLS(t, w, func(h http.Header, token string) {
		h.Set("Content-Type", "application/json")
		if token != "" {
			h.Set("X-Venafi-API-Key", token)
		}
	})
	grant := c.ok(post, "/vedauth/Authorize/OAuth", object{
		"client_id": "pyvenafi", "username": "terraform", "password": "demo-terraform",
		"scope": "codesign:approve,delete,manage,admin;configuration:manage",
	})
	c.token = "Bearer " + grant["access_token"].(string)
	if v := c.ok(get, "/vedsdk/SystemStatus/Version", nil)["Version"].(string); len(strings.Split(v, ".")) != 4 {
		t.Error("version:", v)
	}
	if got := c.ok(post, "/vedsdk/Codesign/EnumerateProjects", object{})["Projects"].([]any); len(got) !=
		len(w.Projects) {
		t.Errorf("%d projects", len(got))
	}
	dn := dnOf("Ground Station")
	status := func() any {
		return c.ok(post, "/vedsdk/Codesign/GetProject", object{"Dn": dn})["Project"].(object)["Status"]
	}
	set := func(to int) {
		c.ok(post, "/vedsdk/Codesign/UpdateProjectStatus", object{"Dn": dn, "ProjectStatus": to})
		if got := status(); got != float64(to) {
			t.Fatalf("status %v after setting %d", got, to)
		}
	}
	set(3)
	approved := c.approveTicketsOf(dn)
	if approved != 1 || status() != 1.0 {
		t.Fatalf("%d tickets approved, status %v", approved, status())
	}
	set(0)
	set(1)
	rights := c.ok(post, "/vedsdk/Codesign/GetObjectRights", object{"Dn": dn})["RightsList"].([]any)
	if len(rights) == 0 || s.people.find(rights[0].(object)["key"].(string)) == nil {
		t.Error(rights)
	}
	guid := w.WorkflowTickets[0].GUID
	if m := c.ok(post, "/vedsdk/Workflow/Ticket/UpdateStatus",
		object{"GUID": guid, "Status": "Rejected", "Explanation": "no"}); m["Result"] != 1.0 {
		t.Error(m)
	}
	for _, r := range s.Requests() {
		if len(r.Unknown) != 0 {
			t.Errorf("%s: members not known: %v", r.Path, r.Unknown)
		}
	}
}

// The Python client creates a project in one go: create, submit, approve, then send the whole
// object back with its lists filled.
func TestVendorClients_PythonCreatesProject(t *testing.T) {
	s, c := overTLS(t, SampleCompany(), func(h http.Header, token string) {
		h.Set("Content-Type", "application/json")
		h.Set("Authorization", token)
	})
	c.token = "Bearer " + s.Token("terraform", "codesign:approve,delete,manage,admin")
	dn := dnOf("Fresh")
	c.ok(post, "/vedsdk/Codesign/CreateProject", object{"Dn": dn})
	c.ok(post, "/vedsdk/Codesign/UpdateProjectStatus", object{"Dn": dn, "ProjectStatus": 3})
	if err := s.ApproveFlow(dn, "terraform"); err != nil {
		t.Fatal(err)
	}
	project := c.ok(post, "/vedsdk/Codesign/GetProject", object{"Dn": dn})["Project"].(object)
	project["Owners"] = object{"Items": []string{s.Trustee("hugo.martin")}}
	c.ok(post, "/vedsdk/Codesign/UpdateProject", object{"Project": project})
	again := c.ok(post, "/vedsdk/Codesign/GetProject", object{"Guid": project["Guid"]})["Project"].(object)
	if owners := again["Owners"].(object)["Items"].([]any); len(owners) != 1 || owners[0] != s.Trustee("hugo.martin") {
		t.Error(owners)
	}
}

// The Go client sends lower-case paths, closes every connection, expects 202 and a text in the status
// line from isAuthServer, and revokes with GET.
func TestVendorClients_Go(t *testing.T) {
	_, c := overTLS(t, SampleCompany(), func(h http.Header, token string) {
		h.Set("Content-Type", "application/json")
		h.Set("Cache-Control", "no-cache")
		h.Set("Connection", "close")
		if token != "" {
			h.Set("Authorization", "Bearer "+token)
		}
	})
	c.ok(get, "/vedsdk/", nil)
	if code, line, _ := c.call(get, "/vedauth/authorize/isAuthServer", nil); code != 202 ||
		!strings.Contains(line, "Venafi Authentication Server") {
		t.Error(line)
	}
	grant := c.ok(post, "/vedauth/authorize/oauth", object{
		"client_id": "vcert-sdk", "username": "terraform", "password": "demo-terraform",
		"scope": "certificate:manage,revoke;codesign",
	})
	c.token = grant["access_token"].(string)
	if m := c.ok(get, "/vedauth/authorize/verify", nil); m["application"] != "vcert-sdk" ||
		m["expires_ISO8601"] == "" || m["access_issued_on_ISO8601"] == "" {
		t.Error(m)
	}
	c.ok(get, "/vedsdk/systemstatus/version", nil)
	renewed := c.ok(post, "/vedauth/authorize/token", object{
		"client_id":     "vcert-sdk",
		"refresh_token": grant["refresh_token"],
	})
	if code, _, _ := c.call(get, "/vedauth/authorize/verify", nil); code != 401 {
		t.Error("the access token outlived its renewal:", code)
	}
	c.token = renewed["access_token"].(string)
	c.ok(get, "/vedauth/revoke/token", nil)
	if code, _, m := c.call(post, "/vedsdk/codesign/getproject", object{"Dn": dnOf("Payments")}); code != 401 ||
		m["error"] != "invalid_token" {
		t.Error(code, m)
	}
}

func TestRemarks_NoneForExpectedRequests(t *testing.T) {
	s := New(labWorld())
	joe := as(t, s, "joe", "")
	joe.want(signSuccess, "Codesign/UpdateProjectStatus", object{"Dn": dnOf("APIProjectDraft"), "ProjectStatus": 3})
	joe.sees(1, everyPage())
	joe.want(flowSuccess, "Flow/Tickets/Approve", object{
		"TicketId": s.FlowTickets("APIProjectDraft")[0].ID,
		"Comment":  "ok",
	})
	joe.want(workflowSuccess, "Workflow/Ticket/UpdateStatus", object{
		"GUID":   "8a83384d-3e44-4b62-b706-dc78459f2ac3",
		"Status": "Approved Between", "Explanation": "x", "Reason": "y", "UserData": "z", "ObjectDN": `\VED`,
		"Approvers": []string{"local:{x}"}, "ScheduledStart": "2027-01-09T20:00:00.000000Z",
		"ScheduledStop": "2027-01-09T22:00:00.000000Z",
	})
	joe.want(workflowMissing, "Workflow/Ticket/UpdateStatus",
		object{"GUID": "11111111-1111-1111-1111-111111111111", "Status": "Approved", "Explanation": "x"})
	if remarks := s.Remarks(); len(remarks) != 0 {
		t.Errorf("remarks: %+v", remarks)
	}
	joe.want(signSuccess, "Codesign/UpdateProjectStatus", object{"Dn": dnOf("Lab 4"), "ProjectStatus": "1"})
	joe.want(flowSuccess, "Flow/Tickets/Enumerate", object{})
	var notes []string
	for _, e := range s.Remarks() {
		notes = append(notes, e.Detail)
	}
	if got := strings.Join(notes,
		"; "); got != "status in quotes; status already Enabled; product code, page size or page number left out" {
		t.Error(got)
	}
}
