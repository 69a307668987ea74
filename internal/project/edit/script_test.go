package edit_test

import (
	"context"
	"errors"
	"sync"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
)

const flowTickets = "Flow/Tickets/Enumerate"

// scripted is the client with other answers to some calls.
type scripted struct {
	edit.API
	flow   *string // of updates
	update func(u *client.ProjectUpdate) error
	read   func(p *client.Project)
	held   *client.ProjectUpdate // waits for an approval
	hold   bool                  // the next updates
	bare   bool                  // the answer to a creation has no project
	// tickets changes the list of flow tickets.
	tickets func(list []client.FlowTicket) []client.FlowTicket

	mu      sync.Mutex
	answers map[string]func(nth int) error
	calls   map[string]int // by operation
}

// script lets a test change the answers of the client.
func (f *fixture) script() *scripted {
	s := &scripted{API: f.editor.API, answers: map[string]func(int) error{}, calls: map[string]int{}}
	f.editor.API = s
	return s
}

// answer sets what the nth call of an operation returns, from 1: an error, or nil for the answer of
// the server.
func (s *scripted) answer(operation string, of func(nth int) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[operation] = of
	s.calls[operation] = 0
}

// count is how many calls an operation had since its answer was set.
func (s *scripted) count(operation string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[operation]
}

// first are the answers to the first calls.
func first(errs ...error) func(int) error {
	return func(nth int) error {
		if nth > len(errs) {
			return nil
		}
		return errs[nth-1]
	}
}

// after is the answer to all calls after the nth.
func after(n int, err error) func(int) error {
	return func(nth int) error {
		if nth <= n {
			return nil
		}
		return err
	}
}

func always(err error) func(int) error { return after(0, err) }

// carriedOut is the answer to a call that the server carries out.
type carriedOut struct{ error }

// errIgnored is a success without effect.
var errIgnored = errors.New("ignored")

var (
	errLost       = &client.Error{Operation: "lost", Reason: client.Unavailable, Delivery: client.Unclear}
	errBusy       = &client.Error{Operation: "busy", Reason: client.Unavailable, Delivery: client.Answered}
	errNoScope    = &client.Error{Operation: "scope", Reason: client.MissingScope, Delivery: client.NotSent}
	errNotReady   = &client.Error{Operation: "objects", Reason: client.NotReady, Delivery: client.Answered}
	errNotFound   = &client.Error{Operation: "missing", Reason: client.NotFound, Delivery: client.Answered}
	errForbidden  = &client.Error{Operation: "forbidden", Reason: client.Forbidden, Delivery: client.Answered}
	errLoadFailed = &client.Error{Operation: "load", Reason: client.LoadFailed, Delivery: client.Answered}
)

func (s *scripted) call(ctx context.Context, operation string, do func(context.Context) error) error {
	s.mu.Lock()
	s.calls[operation]++
	nth, of := s.calls[operation], s.answers[operation]
	s.mu.Unlock()
	var err error
	if of != nil {
		err = of(nth)
	}
	done, carried := err.(carriedOut)
	switch {
	case carried:
		_ = do(context.WithoutCancel(ctx)) // the server does not learn that the caller left
		return done.error
	case err == nil:
		return do(ctx)
	case errors.Is(err, errIgnored):
		return nil
	default:
		return err
	}
}

func (s *scripted) GetGlobalConfigurationCached(context.Context) (*client.GlobalConfiguration, error) {
	return &client.GlobalConfiguration{ProjectUpdateFlowDN: s.flow}, nil
}

func (s *scripted) CreateProject(ctx context.Context, dn string) (p *client.Project, err error) {
	err = s.call(ctx, createProject, func(ctx context.Context) error {
		p, err = s.API.CreateProject(ctx, dn)
		return err
	})
	if s.bare {
		p = nil
	}
	return p, err
}

func (s *scripted) RenameProject(ctx context.Context, ref client.ProjectRef, newDN string) error {
	return s.call(ctx, renameProject, func(ctx context.Context) error { return s.API.RenameProject(ctx, ref, newDN) })
}

func (s *scripted) DeleteProject(ctx context.Context, ref client.ProjectRef) error {
	return s.call(ctx, deleteProject, func(ctx context.Context) error { return s.API.DeleteProject(ctx, ref) })
}

func (s *scripted) IsValid(ctx context.Context, ref client.ProjectRef) (revision int64, err error) {
	err = s.call(ctx, isValid, func(ctx context.Context) error {
		revision, err = s.API.IsValid(ctx, ref)
		return err
	})
	return revision, err
}

func (s *scripted) FlowTickets(ctx context.Context, product int64) (tickets []client.FlowTicket, err error) {
	err = s.call(ctx, flowTickets, func(ctx context.Context) error {
		tickets, err = s.API.FlowTickets(ctx, product)
		return err
	})
	if s.tickets != nil {
		tickets = s.tickets(tickets)
	}
	return tickets, err
}

func (s *scripted) UpdateProject(ctx context.Context, u *client.ProjectUpdate) error {
	return s.call(ctx, updateProject, func(ctx context.Context) error {
		if s.update != nil {
			if err := s.update(u); err != nil {
				return err
			}
		}
		if s.hold {
			s.held = u
			return nil
		}
		return s.API.UpdateProject(ctx, u)
	})
}

func (s *scripted) GetProject(ctx context.Context, ref client.ProjectRef) (p *client.Project, err error) {
	err = s.call(ctx, getProject, func(ctx context.Context) error {
		p, err = s.API.GetProject(ctx, ref)
		return err
	})
	if err == nil && s.read != nil {
		s.read(p)
	}
	return p, err
}
