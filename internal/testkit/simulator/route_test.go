package simulator

import (
	"bytes"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
)

func TestRoutes_PathSpellings(t *testing.T) {
	for path, want := range map[string]string{
		"/vedsdk/Codesign/GetProject": "Codesign/GetProject", "/VEDSDK/codesign/getproject/": "Codesign/GetProject",
		"///vedsdk//Codesign/GetObjectRights": "Codesign/GetObjectRights",
		"/vedsdk/UpdateProjectStatus":         "Codesign/UpdateProjectStatus",
		"/vedauth/Authorize/OAuth":            "vedauth/authorize/oauth", "/vedsdk/": "vedsdk", "/vedsdk": "vedsdk",
		"/vedsdk/Nothing": "Nothing",
	} {
		if got := lookup(path).name; got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

func TestRoutes_RefusedByWebServer(t *testing.T) {
	s := New(cast("Enabled"))
	token := s.Token("admin", "")
	for name, c := range map[string]struct {
		method, path, contentType, body string
		status                          int
	}{
		"unknown path":     {post, "/vedsdk/Codesign/Fly", "application/json", "{}", 404},
		"outside":          {get, "/", "", "", 404},
		"wrong method":     {get, "/vedsdk/Codesign/GetProject", "", "", 405},
		"wrong method too": {post, "/vedsdk/Permissions/Refresh", "application/json", "{}", 405},
		"form":             {post, "/vedsdk/Codesign/GetProject", "application/x-www-form-urlencoded", "Dn=x", 415},
		"no content type":  {post, "/vedsdk/Codesign/GetProject", "", "{}", 415},
		"charset is fine": {
			post, "/vedsdk/Codesign/EnumerateProjects", "application/json; charset=utf-8", "{}", 200,
		},
		"alive":          {get, "/vedsdk/", "", "", 200},
		"version":        {get, "/vedsdk/systemstatus/version", "", "", 200},
		"is auth server": {get, "/vedauth/authorize/isAuthServer", "", "", 202},
	} {
		r, _ := http.NewRequest(c.method, "http://sim.test"+c.path, strings.NewReader(c.body))
		r.Header.Set("Authorization", "Bearer "+token)
		if c.contentType != "" {
			r.Header.Set("Content-Type", c.contentType)
		}
		res, err := s.Transport().RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if res.StatusCode != c.status {
			t.Errorf("%s: HTTP %d, want %d", name, res.StatusCode, c.status)
		}
		if c.status == 404 || c.status == 405 || c.status == 415 {
			if !bytes.Contains(b, []byte("<html")) || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
				t.Errorf("%s: the web server answers in HTML, got %q", name, b)
			}
		}
	}
}

func TestRoutes_RemarkOnUnknownOperation(t *testing.T) {
	s := New(cast("Enabled"))
	as(t, s, "admin", "").do(post, "/vedsdk/Codesign/CreateEnvironments", object{})
	if remarks := s.Remarks(); len(remarks) != 1 || remarks[0].Object != "Codesign/CreateEnvironments" ||
		remarks[0].Detail != "unknown operation" {
		t.Errorf("remarks %+v", remarks)
	}
}

func TestRoutes_TokenHeaders(t *testing.T) {
	s := New(cast("Enabled"))
	token := s.Token("admin", "")
	for header, value := range map[string]string{
		"Authorization": "Bearer " + token, "X-Venafi-Api-Key": "Bearer " + token, "authorization": "bearer " + token,
	} {
		if got := statusWith(t, s, header, value); got != 200 {
			t.Errorf("%s: HTTP %d", header, got)
		}
	}
	for header, value := range map[string]string{
		"Authorization": token, "X-Venafi-Api-Key": token,
		"X-Other": "Bearer " + token,
	} {
		if got := statusWith(t, s, header, value); got != 401 {
			t.Errorf("%s %q: HTTP %d", header, value, got)
		}
	}
}

func statusWith(t *testing.T, s *Server, header, value string) int {
	t.Helper()
	r, _ := http.NewRequest(post, "http://sim.test/vedsdk/Codesign/EnumerateProjects", http.NoBody)
	r.Header.Set(header, value)
	res, err := s.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	return res.StatusCode
}

func TestRequestLog(t *testing.T) {
	s := New(cast("Enabled"))
	var hooked []string
	s.OnRequest(func(r Request) {
		hooked = append(hooked, r.Path)
		if r.Path == "Codesign/GetProject" && len(hooked) == 1 {
			s.SetProjectStatus("P", "Disabled") // a hook may act
		}
	})
	m := as(t, s, "owner", "codesign").want(signSuccess, "codesign/getproject", object{"Dn": dnOf("P"), "Extra": 1})
	if m["Project"].(object)["Status"] != 0.0 {
		t.Error("the hook comes before the operation")
	}
	log := s.Requests()
	want := Request{
		Time: log[0].Time, Method: post, Path: "Codesign/GetProject", User: "owner", Agent: "Go-http-client/1.1",
		Body:    string(mustJSON(object{"Dn": dnOf("P"), "Extra": 1})),
		Unknown: []string{"Extra"}, Status: 200, Result: new(1),
	}
	if remarks := s.Remarks(); len(remarks) != 1 || remarks[0].Detail != "unknown member Extra" ||
		remarks[0].Object != "Codesign/GetProject" {
		t.Errorf("remarks %+v", remarks)
	}
	if len(log) != 1 || !reflect.DeepEqual(log[0], want) {
		t.Errorf("log %+v, want %+v", log, want)
	}
	if s.Count("codesign/GETPROJECT") != 1 {
		t.Error("count")
	}
	s.ResetLog()
	if len(s.Requests()) != 0 || len(s.Journal()) == 0 {
		t.Error("a reset empties the log and keeps the journal")
	}
}
