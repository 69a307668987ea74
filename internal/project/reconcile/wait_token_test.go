package reconcile_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestReconcile_WaitOutlivesTokens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := simulator.New(simulator.World{
			Users:    []simulator.User{{Name: "adam", Password: "p", Admin: true}, {Name: "ada", Admin: true}},
			Projects: []simulator.Project{{Name: "Payments", Status: "Draft", Owners: []string{"adam"}}},
			Settings: simulator.Settings{AccessTokenLifetime: 120},
		})
		driver := reconcile.New(loggedIn(t, server))
		time.AfterFunc(15*time.Minute, func() { _ = server.ApproveFlow(payments, "ada") })
		b := &fixture{t, server, driver}
		got, err := b.drive(b.within(20*time.Minute), reconcile.Request{Status: lifecycle.Enabled})
		if err != nil || got != "Enabled" {
			t.Errorf("%s, %v", got, err)
		}
		b.once(simulator.EventSubmitted)
		if n := b.happened(simulator.EventTokenIssued); n < 5 {
			t.Errorf("%d tokens were issued, so none expired in the wait", n)
		}
	})
}

// loggedIn is a client that obtains its tokens itself.
func loggedIn(t *testing.T, server *simulator.Server) *client.Client {
	t.Helper()
	const url = "http://127.0.0.1"
	choice, problems := auth.Resolve(auth.Settings{"url": url, "tpp_username": "adam", "tpp_password": "p"}, nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	tokens := auth.NewSource(choice, server.Transport(), client.Options{})
	return client.New(client.Options{BaseURL: url, Transport: server.Transport(), Tokens: tokens})
}
