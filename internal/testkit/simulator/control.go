package simulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// Action is something an outside actor does, as POST /simulator/act takes it.
type Action struct {
	// Do is one of: set_status, rename, remove, add_project, edit, approve, reject, add_ticket, set_ticket,
	// remove_ticket, expire_tokens, seed, reset_log.
	Do      string          `json:"do"`
	DN      string          `json:"dn,omitempty"`
	NewDN   string          `json:"new_dn,omitempty"`
	Status  string          `json:"status,omitempty"`
	User    string          `json:"user,omitempty"`
	Comment string          `json:"comment,omitempty"`
	GUID    string          `json:"guid,omitempty"`
	Start   string          `json:"start,omitempty"`
	Stop    string          `json:"stop,omitempty"`
	Seed    int64           `json:"seed,omitempty"`
	Project *Project        `json:"project,omitempty"`
	Edit    *ProjectEdit    `json:"edit,omitempty"`
	Ticket  *WorkflowTicket `json:"ticket,omitempty"`
}

// Act carries out an outside action; a mistaken one is an error, where the methods of the same
// purpose panic.
func (s *Server) Act(a Action) error {
	do, known := actions[a.Do]
	if !known {
		return fmt.Errorf("simulator: there is no action %q", a.Do)
	}
	return recovered("simulator: "+a.Do, func() { do(s, a) })
}

// actions by name.
var actions = map[string]func(*Server, Action){
	"approve":       func(s *Server, a Action) { must(s.ApproveFlow(a.DN, a.User)) },
	"reject":        func(s *Server, a Action) { must(s.RejectFlow(a.DN, a.User, a.Comment)) },
	"set_status":    func(s *Server, a Action) { s.SetProjectStatus(a.DN, a.Status) },
	"rename":        func(s *Server, a Action) { s.RenameProject(a.DN, a.NewDN) },
	"remove":        func(s *Server, a Action) { s.RemoveProject(a.DN) },
	"add_project":   func(s *Server, a Action) { s.AddProject(*a.Project) },
	"edit":          func(s *Server, a Action) { s.EditProject(a.DN, *a.Edit) },
	"add_ticket":    func(s *Server, a Action) { s.AddWorkflowTicket(*a.Ticket) },
	"set_ticket":    func(s *Server, a Action) { s.SetWorkflowTicket(a.GUID, a.Status, a.Start, a.Stop) },
	"remove_ticket": func(s *Server, a Action) { s.RemoveWorkflowTicket(a.GUID) },
	"expire_tokens": func(s *Server, _ Action) { s.ExpireTokens() },
	"seed":          func(s *Server, a Action) { s.Seed(a.Seed) },
	"reset_log":     func(s *Server, _ Action) { s.ResetLog() },
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// serveControl lets another process do what a test does through methods:
//
//	POST   act       an Action
//	POST   faults    a Fault
//	DELETE faults    takes all faults away
//	POST   settings  members of Settings to change
//	POST   token     {"user", "scope"}; answers {"token"}
//	GET    requests, journal, remarks, world
func (s *Server) serveControl(w http.ResponseWriter, r *http.Request) {
	what := strings.ToLower(r.Method + " " + strings.Trim(strings.TrimPrefix(r.URL.Path, "/simulator/"), "/"))
	var out any = object{}
	var err error
	switch what {
	case "post act":
		err = decodeAnd(r, s.Act)
	case "post faults":
		err = decodeAnd(r, func(f Fault) error { s.Inject(f); return nil })
	case "delete faults":
		s.ClearFaults()
	case "post settings":
		s.UpdateSettings(func(now *Settings) { err = json.NewDecoder(r.Body).Decode(now) })
	case "post token":
		err = decodeAnd(r, func(t StaticToken) error {
			return recovered("token", func() { out = object{"token": s.Token(t.User, t.Scope)} })
		})
	case "get requests":
		out = s.Requests()
	case "get journal":
		out = s.Journal()
	case "get remarks":
		out = s.Remarks()
	case "get world":
		out = s.Snapshot()
	default:
		http.NotFound(w, r)
		return
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(mustJSON(out))
}

func decodeAnd[T any](r *http.Request, do func(T) error) error {
	v, err := readJSON[T](r.Body)
	if err != nil {
		return err
	}
	return do(v)
}
