package simulator

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// control calls a control path and returns status and body.
func control(t *testing.T, s *Server, method, path, body string) (int, string) {
	t.Helper()
	r, _ := http.NewRequest(method, "http://sim.test/simulator/"+path, strings.NewReader(body))
	res, err := s.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, _ := io.ReadAll(res.Body)
	return res.StatusCode, string(b)
}

func TestControlPaths_MatchMethods(t *testing.T) {
	s := New(cast("Enabled"), WithControlPaths())
	for _, c := range []struct {
		method, path, body string
		status             int
		has                string
	}{
		{post, "act", `{"do":"set_status","dn":"P","status":"Disabled"}`, 200, "{}"},
		{post, "act", `{"do":"set_status","dn":"Q","status":"Disabled"}`, 400, "no project Q"},
		{post, "act", `{"du":1}`, 400, "unknown field"},
		{get, "journal", "", 200, `"kind":"status"`},
		{post, "faults", `{"kind":"503","path":"Codesign/","count":1,"retry_after":"1"}`, 200, "{}"},
		{http.MethodDelete, "faults", "", 200, "{}"},
		{post, "settings", `{"ticket_delay":5}`, 200, "{}"},
		{post, "token", `{"user":"unknown"}`, 400, "no user"},
		{post, "token", `{"user":"owner","scope":"codesign"}`, 200, `{"token":"`},
		{get, "world", "", 200, `"ticket_delay":5`},
		{get, "requests", "", 200, "null"},
		{get, "nothing", "", 404, ""},
		{http.MethodPut, "act", "", 404, ""},
	} {
		if status, body := control(t, s, c.method, c.path, c.body); status != c.status ||
			!strings.Contains(body, c.has) {
			t.Errorf("%s %s %s: HTTP %d %s", c.method, c.path, c.body, status, body)
		}
	}
	if s.ProjectStatus("P") != "Disabled" || len(s.Requests()) != 0 {
		t.Error(s.ProjectStatus("P"), s.Requests())
	}
}

func TestControlPaths_InjectFault(t *testing.T) {
	s := New(cast("Enabled"), WithControlPaths())
	if status, body := control(t, s, post, "faults", `{"kind":"429","count":1,"delay":1000}`); status != 200 {
		t.Fatal(body)
	}
	_, body := control(t, s, post, "token", `{"user":"owner"}`)
	var minted struct{ Token string }
	if err := json.Unmarshal([]byte(body), &minted); err != nil {
		t.Fatal(err)
	}
	c := anonymous(t, s).with(minted.Token)
	if status, _ := c.do(post, "/vedsdk/Codesign/GetProject", object{"Dn": dnOf("P")}); status != 429 {
		t.Error(status)
	}
	c.want(signSuccess, "Codesign/GetProject", object{"Dn": dnOf("P")})
}
