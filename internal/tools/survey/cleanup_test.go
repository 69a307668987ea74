package main

import (
	"bytes"
	"context"
	"io"
	"maps"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestWriting_InterruptedAtEachRequest(t *testing.T) {
	t.Parallel()
	for mode, stride := range map[string]int{
		"": 1, "delete flow": 4, "project shows late": 5, "sessions cache rights": 6,
	} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			read := readOnce(t, writingModes[mode].set)
			for at := 1; ; at += stride {
				done := false
				synctest.Test(t, func(t *testing.T) { done = interruptAt(t, writingModes[mode].set, read, at) })
				if done {
					break
				}
			}
		})
	}
}

// readOnce is what the reading survey found, for many writing surveys of equal servers.
func readOnce(t *testing.T, set func(*settings)) map[string]*exchange {
	t.Helper()
	server := simulator.New(makers(set))
	session, err := connect(lookup(server.Token("carla", "")), server.Transport())
	if err != nil {
		t.Fatal(err)
	}
	s := &survey{session: session, ev: newEvidence(hints{}), out: io.Discard}
	if err := s.read(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s.ev.exchanges
}

// interruptAt cancels a writing survey at its n-th request. It reports whether there was no such
// request.
func interruptAt(t *testing.T, set func(*settings), read map[string]*exchange, n int) (done bool) {
	server := simulator.New(makers(set))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	requests := 0
	server.OnRequest(func(simulator.Request) {
		if requests++; requests == n {
			cancel()
		}
	})
	session, err := connect(lookup(server.Token("carla", "")), server.Transport())
	if err != nil {
		t.Fatal(err)
	}
	s := &survey{session: session, ev: newEvidence(hints{workflow: `\VED\Workflow\Gate`}), out: io.Discard}
	maps.Copy(s.ev.exchanges, read)
	left, err := (&writer{survey: s}).run(ctx)
	nothingLeft(t, server, left)
	if err != nil && ctx.Err() == nil {
		t.Errorf("request %d: %v", n, err)
	}
	return ctx.Err() == nil
}

func TestWriting_RefusesToStart(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct{ scope, typed, want string }{
		"not confirmed":  {"", "n\n", "not confirmed"},
		"no answer":      {"", "", "not confirmed"},
		"may not delete": {"codesign:manage;configuration", "y\n", "codesign:delete"},
	} {
		server := simulator.New(makers(nil))
		var out bytes.Buffer
		c := command{
			lookup: lookup(server.Token("carla", row.scope)), in: input(row.typed), out: &out,
			transport: server.Transport(),
		}
		if _, err := c.collect(t.Context(), options{write: true}); err == nil ||
			!strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v", name, err)
		}
		if n := server.Count("Codesign/CreateProject"); n != 0 {
			t.Errorf("%s: a project was created", name)
		}
		if !strings.Contains(out.String(), "on https://codesign.example.test.") ||
			!strings.Contains(out.String(), "tf-survey-") {
			t.Errorf("%s: the confirmation does not name the server and the project:\n%s", name, out.String())
		}
	}
}

func TestWriting_SaysWhatItCouldNotAsk(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		user, scope, id, reason string
		set                     func(*settings)
	}{
		"create": {
			"carla", "codesign:delete;configuration", "create-owner", "the token lacks the scope codesign:manage", nil,
		},
		"approval": {
			"carla", "codesign:manage,delete;configuration", "approve-own",
			"the token lacks the scope codesign:approve", nil,
		},
		"role": {
			"vera", "", "empty-owners", "the identity is not a Code Signing Administrator, and could lose the " +
				"scratch project", nil,
		},
		"ticket": {
			"vera", "", "submit-again", "the identity does not see the flow ticket of the scratch project", nil,
		},
		"no field": {"vera", "", "field", "no visible project has a custom field", nil},
		"no flow":  {"carla", "", "update-second", "no update waits for an approval", nil},
		"refused": {
			"carla", "", "dirty", "the server refuses the first update", writingModes["required field"].set,
		},
		"held": {
			"carla", "", "absent-lists", "updates of the scratch project are not shown",
			writingModes["update flow"].set,
		},
		"no deletion": {"carla", "", "delete-again", "the call was not made", nil},
		"creator loses": {"carla", "", "update", "the scratch project cannot be read", func(s *settings) {
			s.CreatorNotOwner = true
			s.HideForbidden = true
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := simulator.New(makers(row.set))
				if name == "creator loses" {
					server = simulator.New(func() simulator.World {
						w := makers(row.set)
						w.Users[1].ProjectApprover = false
						return w
					}())
				}
				var out bytes.Buffer
				c := command{
					lookup: lookup(server.Token(row.user, row.scope)), in: input("y\n"), out: &out,
					transport: server.Transport(),
				}
				ev, err := c.collect(t.Context(), options{write: true})
				if err != nil {
					t.Fatal(err)
				}
				for _, o := range observe(ev, true) {
					if o.id == row.id && (o.answer != "" || o.reason != row.reason) {
						t.Errorf("got answer %q, reason %q", o.answer, o.reason)
					}
				}
				nothingLeft(t, server, out.String())
			})
		})
	}
}
