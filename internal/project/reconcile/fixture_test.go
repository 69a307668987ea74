package reconcile_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const payments = `\VED\Code Signing\Projects\Payments`

// bench is a driver, with the real client, before a server in memory: all of it
// in virtual time.
type fixture struct {
	*testing.T
	server *simulator.Server
	driver *reconcile.Reconciler
}

// inVirtualTime runs a test on a bench whose project has the given status.
func inVirtualTime(t *testing.T, status string, settings simulator.Settings, test func(b *fixture)) {
	t.Helper()
	inWorld(t, func(w *simulator.World) { w.Projects[0].Status, w.Settings = status, settings }, test)
}

// inWorld is inVirtualTime for a draft whose world is changed before it begins.
func inWorld(t *testing.T, change func(w *simulator.World), test func(b *fixture)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		world := simulator.World{
			Users: []simulator.User{
				{Name: "adam", FullName: "Adam Admin", Admin: true, Config: true},
				{Name: "ada", Admin: true},
				{Name: "olga"},
			},
			Projects: []simulator.Project{{Name: "Payments", Status: "Draft", Owners: []string{"adam", "olga"}}},
		}
		change(&world)
		server := simulator.New(world)
		test(&fixture{t, server, driverFor(t, server, "adam")})
	})
}

type token string

func (t token) Token(context.Context) (client.Token, error) {
	return client.Token{Value: string(t)}, nil
}
func (t token) Reject(_ context.Context, _ client.Token) error { return context.Canceled }

func driverFor(t *testing.T, server *simulator.Server, user string) *reconcile.Reconciler {
	t.Helper()
	api := client.New(client.Options{
		BaseURL: "http://127.0.0.1", Transport: server.Transport(), Tokens: token(server.Token(user, "")),
		MaxRetries: 2, Rand: func() float64 { return 1 },
	})
	return reconcile.New(api)
}

func (b *fixture) drive(ctx context.Context, order reconcile.Request) (string, error) {
	b.Helper()
	p, err := b.driver.Reconcile(ctx, client.ByDN(payments), order)
	if p == nil {
		return "", err
	}
	return p.Status.String(), err
}

// within is a context for a minute of virtual time, or however long is said.
func (b *fixture) within(d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	b.Cleanup(cancel)
	return ctx
}

func (b *fixture) inject(path string, kind simulator.FaultKind, count int) {
	b.server.Inject(simulator.Fault{Path: path, Kind: kind, Count: count})
}

// happened counts events of a kind in the server's journal.
func (b *fixture) happened(kind string) int {
	n := 0
	for _, e := range b.server.Journal() {
		if e.Kind == kind {
			n++
		}
	}
	return n
}

// once fails unless each of these events happened exactly once.
func (b *fixture) once(kinds ...string) {
	b.Helper()
	for _, kind := range kinds {
		if n := b.happened(kind); n != 1 {
			b.Errorf("%q happened %d times, want once", kind, n)
		}
	}
}

// reaches fails unless the drive ends at the status, without an error.
func (b *fixture) reaches(status lifecycle.Status, order reconcile.Request) {
	b.Helper()
	got, err := b.drive(b.within(10*time.Minute), order)
	if err != nil || got != status.String() || b.server.ProjectStatus("Payments") != status.String() {
		b.Errorf("status is %s (the server says %s): %v", got, b.server.ProjectStatus("Payments"), err)
	}
}

// fails checks the code of an error, and what its message contains.
func (b *fixture) fails(err error, code failure.Code, words ...string) *failure.Error {
	b.Helper()
	failed, ok := errors.AsType[*failure.Error](err)
	if !ok || failed.Code != code {
		b.Fatalf("got %T %v, want code %s", err, err, code)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			b.Errorf("message %q lacks %q", err, word)
		}
	}
	return failed
}

// foreign checks that self_approve left the submission of another run alone.
func (b *fixture) foreign(err error) {
	b.Helper()
	if advice := b.fails(err, failure.TimedOut).Advice(); !strings.Contains(advice, "not from this run") {
		b.Errorf("advice is %q", advice)
	}
	if n := b.server.Count(approve); n != 0 {
		b.Errorf("%d approvals were sent", n)
	}
}
