package edit_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	projects = `\VED\Code Signing\Projects\`
	payments = projects + `Payments`

	getProject    = "Codesign/GetProject"
	updateProject = "Codesign/UpdateProject"
	isValid       = "Config/IsValid"
)

// fixture is an editor, with the real client, before a server in memory: all of it in virtual time.
type fixture struct {
	*testing.T
	server *simulator.Server
	editor *edit.Editor
	guid   string

	mu      sync.Mutex
	start   time.Time
	reports []string // with the time since the start
}

// inVirtualTime runs a test in a world that change may modify before it begins.
func inVirtualTime(t *testing.T, change func(w *simulator.World), test func(f *fixture)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		world := simulator.World{
			Users: []simulator.User{
				{Name: "adam", Admin: true, Config: true},
				{Name: "olga", Config: true},
				{Name: "kim"},
				{Name: "lea"},
				{Name: "max"},
			},
			Projects: []simulator.Project{{
				Name: "Payments", Status: "Enabled", Description: "Terminals", Owners: []string{"olga"},
				KeyUsers: []string{"kim"}, Auditors: []string{"max"},
				Environments: []simulator.Environment{{Name: "Release"}},
			}},
		}
		if change != nil {
			change(&world)
		}
		server := simulator.New(world)
		f := &fixture{T: t, server: server}
		f.editor = f.editorOf("adam")
		p, err := f.editor.API.GetProject(t.Context(), client.ByDN(payments))
		if err == nil {
			f.guid = p.GUID
		}
		server.ResetLog()
		f.start = time.Now()
		test(f)
	})
}

type token string

func (t token) Token(context.Context) (client.Token, error) {
	return client.Token{Value: string(t)}, nil
}
func (t token) Reject(_ context.Context, _ client.Token) error { return context.Canceled }

func (f *fixture) editorOf(user string) *edit.Editor {
	f.Helper()
	api := client.New(client.Options{
		BaseURL: "http://127.0.0.1", Transport: f.server.Transport(), Tokens: token(f.server.Token(user, "")),
		MaxRetries: 2, Rand: func() float64 { return 1 },
	})
	editor := edit.New(api, &edit.Shared{})
	editor.Report = f.report
	return editor
}

// maxReports ends an operation that never ends by itself.
const maxReports = 1000

func (f *fixture) report(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.reports) > maxReports {
		panic("too many reports: " + f.reports[maxReports])
	}
	took := time.Since(f.start).Round(100 * time.Millisecond)
	f.reports = append(f.reports, took.String()+": "+fmt.Sprintf(format, args...))
}

// reported checks the progress messages, and when they come.
func (f *fixture) reported(want ...string) {
	f.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	if !slices.Equal(f.reports, want) {
		f.Errorf("got the reports\n%s\nwant\n%s", strings.Join(f.reports, "\n"), strings.Join(want, "\n"))
	}
}

// took checks the time since the start.
func (f *fixture) took(want time.Duration) {
	f.Helper()
	if got := time.Since(f.start).Round(100 * time.Millisecond); got != want {
		f.Errorf("it took %s, want %s", got, want)
	}
}

func (f *fixture) within() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	f.Cleanup(cancel)
	return ctx
}

// edit makes a change within a minute of virtual time.
func (f *fixture) edit(change settings.Change) (edit.Result, error) {
	f.Helper()
	return f.editor.Edit(f.within(), client.ProjectRef{}, f.guid, edit.Request{Change: change})
}

// settings are what the server has.
func (f *fixture) settings() settings.Settings {
	f.Helper()
	p, err := f.editorOf("adam").API.GetProject(f.within(), client.ByGUID(f.guid))
	if err != nil {
		f.Fatal(err)
	}
	return p.Settings
}

// sent checks how many updates arrived.
func (f *fixture) sent(want int) {
	f.Helper()
	if n := f.server.Count(updateProject); n != want {
		f.Errorf("%d updates were sent, want %d", n, want)
	}
}

// bodies are the projects of the updates that arrived.
func (f *fixture) bodies() []map[string]json.RawMessage {
	f.Helper()
	var bodies []map[string]json.RawMessage
	for _, r := range f.server.Requests() {
		if r.Path != updateProject {
			continue
		}
		var body struct{ Project map[string]json.RawMessage }
		if err := json.Unmarshal([]byte(r.Body), &body); err != nil {
			f.Fatal(err)
		}
		bodies = append(bodies, body.Project)
	}
	return bodies
}

// fails checks the code of an error, and what its message and advice contain.
func (f *fixture) fails(err error, code failure.Code, words ...string) {
	f.Helper()
	failed, ok := errors.AsType[*failure.Error](err)
	if !ok || failed.Code != code {
		f.Fatalf("got %T %v, want code %s", err, err, code)
	}
	for _, word := range words {
		if !strings.Contains(err.Error()+"\n"+failed.Advice(), word) {
			f.Errorf("%q and %q lack %q", err, failed.Advice(), word)
		}
	}
}

// together makes changes at the same time and returns their errors in order.
func (f *fixture) together(changes ...settings.Change) []error {
	f.Helper()
	errs := make([]error, len(changes))
	var group sync.WaitGroup
	for i, change := range changes {
		group.Go(func() { _, errs[i] = f.edit(change) })
	}
	group.Wait()
	return errs
}

// during runs once, before the server handles the nth request for an operation.
func (f *fixture) during(path string, nth int, do func()) {
	seen := 0
	f.server.OnRequest(func(r simulator.Request) {
		if r.Path != path {
			return
		}
		if seen++; seen == nth {
			do()
		}
	})
}

func (f *fixture) trustee(name string) string { return f.server.Trustee(name) }

func (f *fixture) add(role settings.Role, names ...string) settings.Change {
	return roleChange(role, settings.ListChange{Add: f.trustees(names)})
}

func (f *fixture) remove(role settings.Role, names ...string) settings.Change {
	return roleChange(role, settings.ListChange{Remove: f.trustees(names)})
}

func (f *fixture) exactly(role settings.Role, names ...string) settings.Change {
	return roleChange(role, settings.ListChange{Exact: true, Items: f.trustees(names)})
}

func roleChange(role settings.Role, list settings.ListChange) settings.Change {
	return settings.Change{Lists: map[settings.Field]settings.ListChange{role.Field(): list}}
}

func (f *fixture) trustees(names []string) []string {
	list := make([]string, 0, len(names))
	for _, name := range names {
		list = append(list, f.trustee(name))
	}
	return list
}

// has checks who has a role.
func (f *fixture) has(role settings.Role, names ...string) {
	f.Helper()
	if got, want := f.settings().Trustees(role), f.trustees(names); !settings.SameSet(got, want) {
		f.Errorf("%s: got %v, want %v", role, got, want)
	}
}

func text(s string) settings.Change { return settings.Change{Description: &s} }

var unmanaged = []string{"Status", "Applications", "Collections", "CertificateEnvironments"}

// exact checks that an update has all lists, and nothing that must not be sent.
func (f *fixture) exact() {
	f.Helper()
	for _, body := range f.bodies() {
		for _, member := range []string{
			"Dn", "Guid", "Id", "Description", "Owners", "Auditors", "KeyUsers", "KeyUseApprovers", "ApplicationDNs",
			"CustomFieldAttributes",
		} {
			if body[member] == nil {
				f.Errorf("%s is missing in %v", member, body)
			}
		}
		for member := range body {
			if slices.Contains(unmanaged, member) || strings.HasSuffix(member, "Environments") {
				f.Errorf("%s is sent", member)
			}
		}
	}
}
