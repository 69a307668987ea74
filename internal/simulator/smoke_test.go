package simulator

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"
)

// client is one user's way into a server.
type client struct {
	t     *testing.T
	http  *http.Client
	base  string
	token string
}

func as(t *testing.T, s *Server, user, scopes string) *client {
	t.Helper()
	return &client{t: t, http: &http.Client{Transport: s.Transport()}, base: "http://sim.test", token: s.Token(user, scopes)}
}

// do sends a body (a string is sent as it is) and returns status and decoded answer.
func (c *client) do(method, path string, body any) (int, map[string]any) {
	c.t.Helper()
	raw, ok := body.(string)
	if !ok && body != nil {
		raw = string(mustJSON(body))
	}
	r, err := http.NewRequest(method, c.base+path, bytes.NewBufferString(raw))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	res, err := c.http.Do(r)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	var m map[string]any
	_ = json.Unmarshal(b, &m)
	return res.StatusCode, m
}

func (c *client) post(op string, body any) map[string]any {
	c.t.Helper()
	status, m := c.do(http.MethodPost, "/vedsdk/"+op, body)
	if status != http.StatusOK {
		c.t.Fatalf("%s: HTTP %d: %v", op, status, m)
	}
	return m
}

func TestAProjectIsSubmittedApprovedAndDisabled(t *testing.T) {
	s := New(World{
		Users:    []User{{Name: "ada", Admin: true}, {Name: "olaf"}},
		Projects: []Project{{Name: "Rocket", Owners: []string{"olaf"}}},
	})
	dn := `\VED\Code Signing\Projects\Rocket`
	olaf, ada := as(t, s, "olaf", "codesign:manage"), as(t, s, "ada", "")
	if got := olaf.post("Codesign/UpdateProjectStatus", object{"Dn": dn, "ProjectStatus": 3}); got["Success"] != true {
		t.Fatal(got)
	}
	tickets := ada.post("Flow/Tickets/Enumerate", object{"ProductCode": FlowComponent, "TicketPageSize": 10, "TicketPageNumber": 0})["Tickets"].([]any)
	if len(tickets) != 1 {
		t.Fatalf("%d tickets after one submission", len(tickets))
	}
	id := tickets[0].(map[string]any)["Id"]
	if got := ada.post("Flow/Tickets/Approve", object{"TicketId": id, "Comment": "ok"}); got["Result"] != 0.0 {
		t.Fatal(got)
	}
	project := olaf.post("Codesign/GetProject", object{"Dn": dn})["Project"].(map[string]any)
	if project["Status"] != 1.0 {
		t.Errorf("status after approval: %v", project["Status"])
	}
	ada.post("Codesign/UpdateProjectStatus", object{"Dn": dn, "ProjectStatus": 0})
	if got := s.ProjectStatus(dn); got != "Disabled" {
		t.Errorf("status after disabling: %s", got)
	}
}
