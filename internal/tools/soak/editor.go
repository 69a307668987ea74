package main

import (
	"encoding/json"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// editor edits settings of projects while requests arrive, as administrators do in the web console,
// and knows what has to be left of that. An edit between the provider's last look at a project and
// its update is overwritten without a trace: the API can't prevent it. The editor makes such an edit
// once more.
type editor struct {
	server  *simulator.Server
	checked map[string]int // number of the last request for the revision, by DN
	edits   map[string][]numbered
	redo    map[string][]simulator.ProjectEdit
	want    map[string]string // what is not managed, by DN
	of      map[string]*governed
}

type numbered struct {
	at   int
	edit simulator.ProjectEdit
}

func newEditor(server *simulator.Server, list []*governed) *editor {
	e := &editor{server: server, want: map[string]string{}, of: map[string]*governed{}}
	for _, g := range list {
		e.of[g.dn] = g
		e.remember(g.dn)
	}
	e.begin()
	return e
}

func (e *editor) begin() {
	e.checked, e.edits = map[string]int{}, map[string][]numbered{}
	e.redo = map[string][]simulator.ProjectEdit{}
}

func (e *editor) remember(dn string) {
	if p, exists := e.server.Project(dn); exists {
		e.want[dn] = e.of[dn].unmanaged(p, e.server.Trustee)
	}
}

// edit changes a project, if it exists yet.
func (e *editor) edit(dn string, change simulator.ProjectEdit, at int) {
	if e.server.ProjectStatus(dn) == "" {
		return
	}
	e.server.EditProject(dn, change)
	e.remember(dn)
	e.edits[dn] = append(e.edits[dn], numbered{at, change})
}

// arrived notes requests for a revision, and edits that an update will overwrite.
func (e *editor) arrived(r simulator.Request, number int) {
	switch r.Path {
	case "Config/IsValid":
		if dn := e.project(r); dn != "" {
			e.checked[dn] = number
		}
	case "Codesign/UpdateProject":
		dn := e.project(r)
		for _, n := range e.edits[dn] {
			if n.at >= e.checked[dn] {
				e.redo[dn] = append(e.redo[dn], n.edit)
			}
		}
	}
}

// answered makes edits once more that an update has overwritten. A project that is new is as it was
// created.
func (e *editor) answered(r simulator.Request) {
	switch r.Path {
	case "Codesign/UpdateProject":
		dn := e.project(r)
		for _, change := range e.redo[dn] {
			e.server.EditProject(dn, change)
		}
		if len(e.redo[dn]) > 0 {
			e.remember(dn)
		}
		delete(e.redo, dn)
	case "Codesign/CreateProject":
		for dn := range e.of {
			if _, known := e.want[dn]; !known {
				e.remember(dn)
			}
		}
	}
}

// project is the DN of the governed project that a request names by its GUID; "" for none.
func (e *editor) project(r simulator.Request) string {
	var body struct {
		ObjectGUID string
		Project    struct{ GUID string }
	}
	_ = json.Unmarshal([]byte(r.Body), &body)
	guid := strings.ToLower(strings.Trim(body.ObjectGUID+body.Project.GUID, "{}"))
	for dn := range e.of {
		if p, exists := e.server.Project(dn); exists && p.GUID == guid {
			return dn
		}
	}
	return ""
}
