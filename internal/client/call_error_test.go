package client

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	labDN      = `\VED\Code Signing\Projects\Lab`
	otherDN    = `\VED\Code Signing\Projects\Other`
	pendingDN  = `\VED\Code Signing\Projects\Waiting`
	labTicket  = "6ede0e12-f7c0-4068-9977-001076205c84"
	labTrustee = "local:{3acf7adc-29ad-48ea-afce-c3dfa65f91d5}"
)

func lab() *simulator.Server {
	return simulator.New(simulator.World{
		Users: []simulator.User{
			{Name: "admin", Admin: true, Config: true, Universal: strings.Trim(labTrustee[6:], "{}")},
		},
		Projects: []simulator.Project{
			{
				DN: labDN, GUID: someGUID, ID: 4711, Status: "Disabled", Owners: []string{"admin"},
				Environments: []simulator.Environment{{Name: "Release"}},
			},
			{DN: pendingDN, Status: "Pending"},
		},
		WorkflowTickets: []simulator.WorkflowTicket{{
			GUID: labTicket, Approvers: []string{"admin"},
			Blocking: `\VED\Policy\x`,
		}},
	})
}

// simulated is a source of tokens of the simulator; each rejection brings a new one.
type simulated struct {
	s       *simulator.Server
	current string
}

func (s *simulated) Token(context.Context) (Token, error) {
	if s.current == "" {
		s.current = s.s.Token("admin", "")
	}
	return Token{Value: s.current, Origin: "the test"}, nil
}

func (s *simulated) Reject(context.Context, Token) error {
	s.current = ""
	return nil
}

// labCalls is every call of the client; the writes tell whether they were carried out.
var labCalls = []struct {
	name string
	do   func(context.Context, *Client) error
	done func(*simulator.Server) bool // nil: a read
	get  bool
}{
	{name: "GetProject", do: func(ctx context.Context, c *Client) error {
		return second(c.GetProject(ctx, ByDN(labDN)))
	}},
	{name: "ReadProject", do: func(ctx context.Context,
		c *Client,
	) error {
		return second(c.GetProjectCached(ctx, ByGUID(someGUID)))
	}},
	{name: "EnumerateProjects", do: func(ctx context.Context, c *Client) error {
		return c.EnumerateProjects(ctx, ProjectFilter{}, func(*Project) error { return nil })
	}},
	{name: "GetObjectRights", do: func(ctx context.Context,
		c *Client,
	) error {
		return second(c.GetObjectRights(ctx, labDN))
	}},
	{name: "GetTrusteeRights", do: func(ctx context.Context,
		c *Client,
	) error {
		return second(c.GetTrusteeRights(ctx, labTrustee))
	}},
	{name: "GetRight", do: func(ctx context.Context, c *Client) error { return second(c.GetRight(ctx, labDN)) }},
	{name: "TicketDetails", do: func(ctx context.Context, c *Client) error {
		return second(c.TicketDetails(ctx,
			labTicket))
	}},
	{name: "TicketStatus", do: func(ctx context.Context, c *Client) error {
		return second(c.TicketStatus(ctx,
			labTicket))
	}},
	{name: "TicketExists", do: func(ctx context.Context, c *Client) error {
		return second(c.TicketExists(ctx,
			labTicket))
	}},
	{name: "TicketEnumerate", do: func(ctx context.Context,
		c *Client,
	) error {
		return second(c.TicketEnumerate(ctx, `\VED\Policy\x`, ""))
	}},
	{name: "FlowTickets", do: func(ctx context.Context, c *Client) error {
		return second(c.FlowTickets(ctx,
			ProductCodeSigning))
	}},
	{name: "ValidateIdentity", do: func(ctx context.Context,
		c *Client,
	) error {
		return second(c.ValidateIdentity(ctx, labTrustee))
	}},
	{name: "BrowseIdentities", do: func(ctx context.Context,
		c *Client,
	) error {
		return second(c.BrowseIdentities(ctx, "admin", 2, 3))
	}},
	{name: "Self", do: func(ctx context.Context, c *Client) error { return second(c.Self(ctx)) }, get: true},
	{name: "IsValid", do: func(ctx context.Context, c *Client) error { return second(c.IsValid(ctx, ByDN(labDN))) }},
	{name: "RefreshPermissions", do: func(ctx context.Context,
		c *Client,
	) error {
		return c.RefreshPermissions(ctx)
	}, get: true},
	{name: "GetEnvironment", do: func(ctx context.Context, c *Client) error {
		return second(c.GetEnvironment(ctx, ByDN(labDN+`\Release`)))
	}},
	{name: "GetGlobalConfiguration", do: func(ctx context.Context, c *Client) error {
		return second(c.GetGlobalConfiguration(ctx))
	}, get: true},
	{name: "ServerVersion", do: func(ctx context.Context,
		c *Client,
	) error {
		return second(c.ServerVersion(ctx))
	}, get: true},

	{
		name: "UpdateProjectStatus",
		do: func(ctx context.Context, c *Client) error {
			return c.UpdateProjectStatus(ctx, ByDN(labDN), lifecycle.Enabled)
		},
		done: func(s *simulator.Server) bool { return s.ProjectStatus(labDN) == "Enabled" },
	},
	{
		name: "CreateProject",
		do:   func(ctx context.Context, c *Client) error { return second(c.CreateProject(ctx, otherDN)) },
		done: exists(otherDN),
	},
	{
		name: "UpdateProject",
		do: func(ctx context.Context, c *Client) error {
			return c.UpdateProject(ctx, &ProjectUpdate{DN: labDN, GUID: someGUID, Description: "changed"})
		},
		done: func(s *simulator.Server) bool {
			p, _ := s.Project(labDN)
			return p.Description == "changed"
		},
	},
	{
		name: "RenameProject",
		do:   func(ctx context.Context, c *Client) error { return c.RenameProject(ctx, ByDN(labDN), otherDN) },
		done: exists(otherDN),
	},
	{
		name: "DeleteProject",
		do:   func(ctx context.Context, c *Client) error { return c.DeleteProject(ctx, ByDN(labDN)) },
		done: func(s *simulator.Server) bool { return !exists(labDN)(s) },
	},
	{
		name: "UpdateTicketStatus",
		do: func(ctx context.Context, c *Client) error {
			return c.UpdateTicketStatus(ctx, TicketDecision{
				GUID: labTicket, Decision: schedule.Decision{Status: "Rejected"}, Explanation: "no",
			})
		},
		done: func(s *simulator.Server) bool {
			t, there := s.WorkflowTicket(labTicket)
			return !there || t.Status == "Rejected"
		},
	},
	{
		name: "ApproveFlowTicket",
		do:   func(ctx context.Context, c *Client) error { return c.ApproveFlowTicket(ctx, labFlowTicket, "ok") },
		done: func(s *simulator.Server) bool { return s.ProjectStatus(pendingDN) == "Enabled" },
	},
	{
		name: "RejectFlowTicket",
		do:   func(ctx context.Context, c *Client) error { return c.RejectFlowTicket(ctx, labFlowTicket, "no", true) },
		done: func(s *simulator.Server) bool { return s.ProjectStatus(pendingDN) == "Draft" },
	},
}

func exists(dn string) func(*simulator.Server) bool {
	return func(s *simulator.Server) bool { return s.ProjectStatus(dn) != "" }
}

// labFlowTicket is the first ticket of a new simulator.
var labFlowTicket = lab().FlowTickets(pendingDN)[0].ID

// expected is what a fault that does not go away leads to, with two repetitions allowed.
type expected struct {
	requests int
	reason   Reason // Unknown: it works
	delivery Delivery
	done     bool
}

var labFaults = []struct {
	errorBody   simulator.Fault
	read, write expected
}{
	{simulator.Fault{Kind: simulator.Status429}, expected{3, Unavailable, Answered, false}, expected{
		3,
		Unavailable, Answered, false,
	}},
	{simulator.Fault{Kind: simulator.Status503}, expected{3, Unavailable, Answered, false}, expected{
		3,
		Unavailable, Answered, false,
	}},
	{
		simulator.Fault{Kind: simulator.Status503, RetryAfter: "30"},
		expected{3, Unavailable, Answered, false},
		expected{3, Unavailable, Answered, false},
	},
	{simulator.Fault{Kind: simulator.Status429, RetryAfter: "date:30"}, expected{
		3, Unavailable, Answered,
		false,
	}, expected{3, Unavailable, Answered, false}},
	{simulator.Fault{Kind: simulator.Deadlock500}, expected{3, Unavailable, Answered, false}, expected{
		3,
		Unavailable, Answered, false,
	}},
	{simulator.Fault{Kind: simulator.ConnectionRefused}, expected{3, Unavailable, NotSent, false}, expected{
		3,
		Unavailable, NotSent, false,
	}},
	{simulator.Fault{Kind: simulator.Status502}, expected{3, Unavailable, Unclear, false}, expected{
		1,
		Unavailable, Unclear, false,
	}},
	{simulator.Fault{Kind: simulator.Status504}, expected{3, Unavailable, Unclear, false}, expected{
		1,
		Unavailable, Unclear, false,
	}},
	{
		simulator.Fault{Kind: simulator.Gateway502AfterCommit},
		expected{3, Unavailable, Unclear, false},
		expected{1, Unavailable, Unclear, true},
	},
	{
		simulator.Fault{Kind: simulator.Gateway504AfterCommit},
		expected{3, Unavailable, Unclear, false},
		expected{1, Unavailable, Unclear, true},
	},
	{simulator.Fault{Kind: simulator.ResetBeforeCommit}, expected{3, Unavailable, Unclear, false}, expected{
		1,
		Unavailable, Unclear, false,
	}},
	{simulator.Fault{Kind: simulator.ResetAfterCommit}, expected{3, Unavailable, Unclear, false}, expected{
		1,
		Unavailable, Unclear, true,
	}},
	{simulator.Fault{Kind: simulator.Hang}, expected{3, Unavailable, Unclear, false}, expected{
		1, Unavailable,
		Unclear, false,
	}},
	{simulator.Fault{Kind: simulator.HangAfterCommit}, expected{3, Unavailable, Unclear, false}, expected{
		1,
		Unavailable, Unclear, true,
	}},
	{simulator.Fault{Kind: simulator.SlowBody, Delay: 10 * time.Second}, expected{
		3, Unavailable, Unclear,
		false,
	}, expected{1, Unavailable, Unclear, true}},
	{simulator.Fault{Kind: simulator.TruncatedBody}, expected{3, Unavailable, Unclear, false}, expected{
		1,
		Unavailable, Unclear, true,
	}},
	{simulator.Fault{Kind: simulator.Other500}, expected{1, Unavailable, Unclear, false}, expected{
		1,
		Unavailable, Unclear, false,
	}},
	{
		simulator.Fault{Kind: simulator.OversizedBody, Size: 1 << 20},
		expected{1, BadAnswer, Unclear, false},
		expected{1, BadAnswer, Unclear, true},
	},
	{simulator.Fault{Kind: simulator.EndlessBody}, expected{1, BadAnswer, Unclear, false}, expected{
		1,
		BadAnswer, Unclear, true,
	}},
	{simulator.Fault{Kind: simulator.WrongContentType}, expected{1, BadAnswer, Unclear, false}, expected{
		1,
		BadAnswer, Unclear, true,
	}},
	{simulator.Fault{Kind: simulator.DeepJSON, Size: 1000}, expected{1, BadAnswer, Unclear, false}, expected{
		1,
		BadAnswer, Unclear, true,
	}},
	{simulator.Fault{Kind: simulator.EmptyBody}, expected{1, BadAnswer, Unclear, false}, expected{
		1, BadAnswer,
		Unclear, true,
	}},
	{simulator.Fault{Kind: simulator.RedirectLoop}, expected{1, Redirected, Answered, false}, expected{
		1,
		Redirected, Answered, false,
	}},
	{simulator.Fault{Kind: simulator.RedirectOtherHost}, expected{1, Redirected, Answered, false}, expected{
		1,
		Redirected, Answered, false,
	}},
	{simulator.Fault{Kind: simulator.ExpiredToken}, expected{2, BadToken, Answered, false}, expected{
		2,
		BadToken, Answered, false,
	}},
	{
		simulator.Fault{Kind: simulator.InsufficientScope},
		expected{1, MissingScope, Answered, false},
		expected{1, MissingScope, Answered, false},
	},
	{simulator.Fault{Kind: simulator.ControlCharacters}, expected{1, Refused, Answered, false}, expected{
		1,
		Refused, Answered, false,
	}},
	{
		simulator.Fault{Kind: simulator.SlowBody, Delay: time.Millisecond},
		expected{1, Unknown, 0, false},
		expected{1, Unknown, 0, true},
	},
	{simulator.Fault{Kind: simulator.Latency, Delay: time.Second}, expected{1, Unknown, 0, false}, expected{
		1,
		Unknown, 0, true,
	}},
}

func labClient(t *testing.T, s *simulator.Server) *Client {
	t.Helper()
	return clientOf(t, s.Transport(), withTokens(&simulated{s: s}), func(o *Options) {
		o.MaxRetries, o.MaxBody = 2, 256<<10
	})
}
