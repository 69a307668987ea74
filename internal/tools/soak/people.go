package main

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// people carry actions out while requests arrive, as administrators do in the web console, and know
// what has to be left of that. An edit between the provider's last look at a project and its update
// is overwritten without a trace: the API can't prevent it. They make such an edit once more.
type people struct {
	mu      sync.Mutex
	server  *simulator.Server
	actions []action
	always  func()                             // at each request
	seen    int                                // requests of the round
	touched map[string]bool                    // objects that were changed in the round
	recent  map[string][]simulator.ProjectEdit // that an update may overwrite, by DN
	edited  time.Time                          // the last edit
	want    map[string]string                  // what is not managed, by DN
	of      map[string]*governed
}

func newPeople(server *simulator.Server, list []*governed) *people {
	p := &people{server: server, want: map[string]string{}, of: map[string]*governed{}}
	for _, g := range list {
		p.of[g.dn] = g
		p.remember(g.dn)
	}
	p.begin(nil, func() {})
	server.OnRequest(p.arrived)
	server.OnAnswer(p.answered)
	return p
}

func (p *people) begin(actions []action, always func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.actions, p.always, p.seen = actions, always, 0
	p.touched, p.recent = map[string]bool{}, map[string][]simulator.ProjectEdit{}
}

func (p *people) remember(dn string) {
	if project, exists := p.server.Project(dn); exists {
		p.want[dn] = p.of[dn].unmanaged(project, p.server.Trustee)
	}
}

// lost compares what people have set in a project with what is left of it.
func (p *people) lost(dn, got string) (found []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if want, known := p.want[dn]; known && got != want {
		p.want[dn] = got
		found = append(found, fmt.Sprintf("%s: %s was changed to %s", dn, want, got))
	}
	return found
}

func (p *people) wasTouched(dn string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.touched[dn]
}

// arrived is the server's hook before a request is handled.
func (p *people) arrived(r simulator.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	// What a server shows late cannot be seen by a client that compares revisions.
	if r.Path == "Config/IsValid" && time.Since(p.edited) > maxUpdateLag*time.Millisecond {
		delete(p.recent, p.project(r))
	}
	p.always()
	p.seen++
	for _, a := range p.actions {
		if a.at == p.seen {
			p.touched[a.dn] = true
			p.act(a)
		}
	}
}

// answered is the server's hook after a request was handled. It makes edits once more that an update
// may have overwritten. A project that is new is as it was created.
func (p *people) answered(r simulator.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch r.Path {
	case "Codesign/UpdateProject":
		dn := p.project(r)
		for _, change := range p.recent[dn] {
			p.server.EditProject(dn, change)
			p.remember(dn)
		}
	case "Codesign/CreateProject":
		for dn := range p.of {
			if _, known := p.want[dn]; !known {
				p.remember(dn)
			}
		}
	}
}

// act ignores a decision for which there is no ticket, and an edit of a project that does not exist:
// the person came too late, or too early.
func (p *people) act(a action) {
	switch {
	case a.edit != nil && p.server.ProjectStatus(a.dn) == "":
	case a.edit != nil:
		p.server.EditProject(a.dn, *a.edit)
		p.remember(a.dn)
		p.recent[a.dn], p.edited = append(p.recent[a.dn], *a.edit), time.Now()
	case a.status == "approve":
		_ = p.server.ApproveFlow(a.dn, approver)
	case a.status == "reject":
		_ = p.server.RejectFlow(a.dn, approver, "not like this")
	default:
		p.server.SetProjectStatus(a.dn, a.status)
	}
}

// project is the DN of the governed project that a request names by its GUID; "" for none.
func (p *people) project(r simulator.Request) string {
	body := strings.ToLower(r.Body)
	for dn := range p.of {
		if project, exists := p.server.Project(dn); exists && strings.Contains(body, project.GUID) {
			return dn
		}
	}
	return ""
}
