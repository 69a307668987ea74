package client

import (
	"context"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

const (
	someDN   = `\VED\Code Signing\Projects\Rocket "Firmware" <é>`
	someGUID = "{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"
	bareGUID = "5a1b2c3d-1111-2222-3333-444455556666"
)

// everyCall is each method of the client once, with the one request it makes and an answer that satisfies it.
var everyCall = []struct {
	name    string
	do      func(context.Context, *Client) error
	method  string
	path    string
	request string
	answer  string
}{
	{
		"GetProject", func(ctx context.Context, c *Client) error {
			_, err := c.GetProject(ctx, ByDN(someDN))
			return err
		},
		"POST", "/vedsdk/Codesign/GetProject", `{"Dn":"\\VED\\Code Signing\\Projects\\Rocket \"Firmware\" <é>"}`,
		`{"Project":{"Dn":"\\VED\\X","Guid":"{0f1e}","Id":7,"Status":1},"Result":1,"Success":true}`,
	},
	{
		"GetProject by GUID", func(ctx context.Context, c *Client) error {
			_, err := c.GetProject(ctx,
				ByGUID(someGUID))
			return err
		},
		"POST", "/vedsdk/Codesign/GetProject", `{"Guid":"` + someGUID + `"}`,
		`{"Project":{"Dn":"\\VED\\X","Guid":"{0f1e}","Id":7,"Status":1},"Result":1,"Success":true}`,
	},
	{
		"ReadProject by id", func(ctx context.Context, c *Client) error {
			_, err := c.GetProjectCached(ctx,
				ByID(4711))
			return err
		},
		"POST", "/vedsdk/Codesign/GetProject", `{"Id":4711}`,
		`{"Project":{"Dn":"\\VED\\X","Guid":"{0f1e}","Id":7,"Status":1},"Result":1,"Success":true}`,
	},
	{"UpdateProjectStatus", func(ctx context.Context, c *Client) error {
		return c.UpdateProjectStatus(ctx, ByDN(`\VED\X`), lifecycle.Disabled)
	}, "POST", "/vedsdk/Codesign/UpdateProjectStatus", `{"Dn":"\\VED\\X","ProjectStatus":0}`, signOK},
	{"UpdateProjectStatus by id", func(ctx context.Context, c *Client) error {
		return c.UpdateProjectStatus(ctx, ByID(4711), lifecycle.Pending)
	}, "POST", "/vedsdk/Codesign/UpdateProjectStatus", `{"Id":4711,"ProjectStatus":3}`, signOK},
	{"CreateProject", func(ctx context.Context, c *Client) error {
		_, err := c.CreateProject(ctx, `\VED\X`)
		return err
	}, "POST", "/vedsdk/Codesign/CreateProject", `{"Dn":"\\VED\\X"}`, signOK},
	{"UpdateProject", func(ctx context.Context, c *Client) error {
		return c.UpdateProject(ctx, &ProjectUpdate{
			DN: `\VED\X`, GUID: someGUID, ID: 7, Description: "a & b",
			Owners: list("local:{a}"), Auditors: ListUpdate[string]{Present: true}, KeyUsers: ListUpdate[string]{},
			KeyUseApprovers: ListUpdate[string]{Items: []string{"AD+C:1"}, Changed: true, Present: true},
			ApplicationDNs:  ListUpdate[string]{Changed: true, Present: true},
			CustomFields: ListUpdate[CustomField]{
				Items: []CustomField{{"Cost", []string{"1", ""}, 4}, {"None", nil, 0}}, Present: true,
			},
		})
	}, "POST", "/vedsdk/Codesign/UpdateProject", `{"Project":{"Dn":"\\VED\\X","Guid":"` + someGUID +
		`","Id":7,"Description":"a & b","Owners":{"Items":["local:{a}"]},"Auditors":{"Items":[]},` +
		`"KeyUseApprovers":{"Dirty":true,"Items":["AD+C:1"]},"ApplicationDNs":{"Dirty":true,"Items":[]},` +
		`"CustomFieldAttributes":{"Items":[{"FieldName":"Cost","Values":["1",""],"Type":4},` +
		`{"FieldName":"None","Values":[]}]}}}`, signOK},
	{"UpdateProject to nothing", func(ctx context.Context, c *Client) error {
		return c.UpdateProject(ctx, &ProjectUpdate{DN: `\VED\X`, GUID: someGUID})
	}, "POST", "/vedsdk/Codesign/UpdateProject", `{"Project":{"Dn":"\\VED\\X","Guid":"` + someGUID +
		`","Description":""}}`, signOK},
	{"RenameProject", func(ctx context.Context, c *Client) error {
		return c.RenameProject(ctx, ByGUID(bareGUID), `\VED\Y`)
	}, "POST", "/vedsdk/Codesign/RenameProject", `{"Guid":"{` + bareGUID + `}","NewDn":"\\VED\\Y"}`, signOK},
	{"DeleteProject", func(ctx context.Context, c *Client) error {
		return c.DeleteProject(ctx, ByGUID(bareGUID))
	}, "POST", "/vedsdk/Codesign/DeleteProject", `{"Guid":"{` + bareGUID + `}"}`, signOK},
	{
		"EnumerateProjects", func(ctx context.Context, c *Client) error {
			return c.EnumerateProjects(ctx, ProjectFilter{}, func(*Project) error { return nil })
		}, "POST", "/vedsdk/Codesign/EnumerateProjects", `{}`,
		`{"Projects":[{"Dn":"a","Status":1}],"Result":1,"Success":true}`,
	},
	{
		"EnumerateProjects filtered", func(ctx context.Context, c *Client) error {
			return c.EnumerateProjects(ctx, ProjectFilter{Filter: "Rocket*", Rights: 8}, func(*Project) error {
				return nil
			})
		}, "POST", "/vedsdk/Codesign/EnumerateProjects", `{"Filter":"Rocket*","Rights":8}`,
		`{"Projects":[],"Result":1,"Success":true}`,
	},
	{
		"GetObjectRights", func(ctx context.Context, c *Client) error {
			_, err := c.GetObjectRights(ctx,
				`\VED\X`)
			return err
		},
		"POST", "/vedsdk/Codesign/GetObjectRights", `{"Dn":"\\VED\\X"}`, `{"RightsList":[],"Result":1,"Success":true}`,
	},
	{
		"GetTrusteeRights", func(ctx context.Context, c *Client) error {
			_, err := c.GetTrusteeRights(ctx,
				"local:{a}")
			return err
		},
		"POST", "/vedsdk/Codesign/GetTrusteeRights", `{"Trustee":"local:{a}"}`,
		`{"RightsList":[],"Result":1,"Success":true}`,
	},
	{
		"GetRight", func(ctx context.Context, c *Client) error { _, err := c.GetRight(ctx, `\VED\X`); return err },
		"POST", "/vedsdk/Codesign/GetRight", `{"Dn":"\\VED\\X"}`, `{"Rights":72,"Result":1,"Success":true}`,
	},
	{
		"TicketDetails", func(ctx context.Context, c *Client) error {
			_, err := c.TicketDetails(ctx, "{"+bareGUID+"}")
			return err
		},
		"POST", "/vedsdk/Workflow/Ticket/Details", `{"GUID":"` + bareGUID + `"}`, `{"Result":1,"Status":"Pending"}`,
	},
	{
		"TicketStatus", func(ctx context.Context, c *Client) error {
			_, err := c.TicketStatus(ctx, bareGUID)
			return err
		},
		"POST", "/vedsdk/Workflow/Ticket/Status", `{"GUID":"` + bareGUID + `"}`, `{"Result":1,"Status":"Pending"}`,
	},
	{
		"TicketExists", func(ctx context.Context, c *Client) error {
			_, err := c.TicketExists(ctx, bareGUID)
			return err
		},
		"POST", "/vedsdk/Workflow/Ticket/Exists", `{"GUID":"` + bareGUID + `"}`, `{"Result":1}`,
	},
	{
		"TicketEnumerate", func(ctx context.Context, c *Client) error {
			_, err := c.TicketEnumerate(ctx,
				`\VED\P`, "")
			return err
		},
		"POST", "/vedsdk/Workflow/Ticket/Enumerate", `{"ObjectDN":"\\VED\\P"}`, `{"Result":1,"GUIDs":[]}`,
	},
	{
		"TicketEnumerate by data", func(ctx context.Context, c *Client) error {
			_,
				err := c.TicketEnumerate(ctx, "", "x")
			return err
		},
		"POST", "/vedsdk/Workflow/Ticket/Enumerate", `{"UserData":"x"}`, `{"Result":1,"GUIDs":[]}`,
	},
	{
		"UpdateTicketStatus", func(ctx context.Context, c *Client) error {
			return c.UpdateTicketStatus(ctx, TicketDecision{
				GUID: "{" + bareGUID + "}", Decision: schedule.Decision{Status: "Rejected"},
			})
		}, "POST", "/vedsdk/Workflow/Ticket/UpdateStatus", `{"GUID":"` + bareGUID + `","Status":"Rejected"}`,
		`{"Result":1}`,
	},
	{"UpdateTicketStatus in full", func(ctx context.Context, c *Client) error {
		east := time.FixedZone("", 7200)
		return c.UpdateTicketStatus(ctx, TicketDecision{
			GUID: bareGUID, Decision: schedule.Decision{
				Status: "Approved Between", Start: time.Date(2027, 1, 9, 22, 0, 0, 0, east),
				Stop: time.Date(2027, 1, 9, 22, 0, 0, 1500000, time.UTC),
			},
			Explanation: "change & window", Reason: "12", UserData: "u", ObjectDN: `\VED\P`,
			Approvers: []string{"local:{a}"},
		})
	}, "POST", "/vedsdk/Workflow/Ticket/UpdateStatus", `{"GUID":"` + bareGUID +
		`","Status":"Approved Between","Explanation":"change & window",` +
		`"ScheduledStart":"2027-01-09T20:00:00.000000Z","ScheduledStop":"2027-01-09T22:00:00.001500Z",` +
		`"Approvers":["local:{a}"],"ObjectDN":"\\VED\\P","Reason":"12","UserData":"u"}`, `{"Result":1}`},
	{
		"FlowTickets", func(ctx context.Context, c *Client) error {
			_, err := c.FlowTickets(ctx, ProductCodeSigning)
			return err
		},
		"POST", "/vedsdk/Flow/Tickets/Enumerate", `{"ProductCode":1610743808,"TicketPageSize":100,` +
			`"TicketPageNumber":0}`, `{"Tickets":[],"Result":0}`,
	},
	{
		"ApproveFlowTicket", func(ctx context.Context, c *Client) error { return c.ApproveFlowTicket(ctx, 917, "") },
		"POST", "/vedsdk/Flow/Tickets/Approve", `{"TicketId":917,"Comment":""}`, `{"Result":0,"Message":""}`,
	},
	{
		"RejectFlowTicket", func(ctx context.Context, c *Client) error {
			return c.RejectFlowTicket(ctx, 917, "no", false)
		},
		"POST", "/vedsdk/Flow/Tickets/Reject", `{"TicketId":917,"Comment":"no","RejectionLevel":1}`,
		`{"Result":0,"Message":""}`,
	},
	{
		"RejectFlowTicket for good", func(ctx context.Context,
			c *Client,
		) error {
			return c.RejectFlowTicket(ctx, 917, "no", true)
		},
		"POST", "/vedsdk/Flow/Tickets/Reject", `{"TicketId":917,"Comment":"no","RejectionLevel":2}`,
		`{"Result":0,"Message":""}`,
	},
	{
		"ValidateIdentity", func(ctx context.Context, c *Client) error {
			_, err := c.ValidateIdentity(ctx, "local:jane")
			return err
		},
		"POST", "/vedsdk/Identity/Validate", `{"ID":{"PrefixedName":"local:jane"}}`,
		`{"ID":{"PrefixedUniversal":"local:{x}"}}`,
	},
	{
		"BrowseIdentities", func(ctx context.Context, c *Client) error {
			_, err := c.BrowseIdentities(ctx, "jane", 2, 3)
			return err
		},
		"POST", "/vedsdk/Identity/Browse", `{"Filter":"jane","Limit":2,"IdentityType":3}`, `{"Identities":[]}`,
	},
	{
		"Self", func(ctx context.Context, c *Client) error { _, err := c.Self(ctx); return err },
		"GET", "/vedsdk/Identity/Self", ``, `{"Identities":[]}`,
	},
	{
		"IsValid", func(ctx context.Context, c *Client) error { _, err := c.IsValid(ctx, ByDN(`\VED\X`)); return err },
		"POST", "/vedsdk/Config/IsValid", `{"ObjectDN":"\\VED\\X"}`, `{"Object":{"DN":"\\VED\\X"},"Result":1}`,
	},
	{
		"IsValid by GUID", func(ctx context.Context, c *Client) error {
			_, err := c.IsValid(ctx,
				ByGUID(someGUID))
			return err
		},
		"POST", "/vedsdk/Config/IsValid", `{"ObjectGUID":"` + someGUID + `"}`,
		`{"Object":{"DN":"\\VED\\X"},"Result":1}`,
	},
	{
		"GetEnvironment", func(ctx context.Context, c *Client) error {
			_, err := c.GetEnvironment(ctx, ByDN(`\VED\P\E`))
			return err
		},
		"POST", "/vedsdk/Codesign/GetEnvironment", `{"Dn":"\\VED\\P\\E"}`,
		`{"CSPEnvironment":{"Dn":"\\VED\\P\\E"},"Result":1,"Success":true}`,
	},
	{
		"GetEnvironment by id", func(ctx context.Context, c *Client) error {
			_, err := c.GetEnvironment(ctx, ByID(7))
			return err
		},
		"POST", "/vedsdk/Codesign/GetEnvironment", `{"Id":7}`, `{"GpgEnvironment":{"Id":7},"Result":1,"Success":true}`,
	},
	{
		"GetGlobalConfiguration", func(ctx context.Context, c *Client) error {
			_, err := c.GetGlobalConfiguration(ctx)
			return err
		},
		"GET", "/vedsdk/Codesign/GetGlobalConfiguration", ``, `{"GlobalConfiguration":{},"Result":1,"Success":true}`,
	},
	{
		"RefreshPermissions", func(ctx context.Context, c *Client) error { return c.RefreshPermissions(ctx) },
		"GET", "/vedsdk/Permissions/Refresh", ``, `{"Result":1}`,
	},
	{
		"ServerVersion", func(ctx context.Context, c *Client) error { _, err := c.ServerVersion(ctx); return err },
		"GET", "/vedsdk/SystemStatus/Version", ``, `{"Version":"25.3.0.1234"}`,
	},
}

func list(items ...string) ListUpdate[string] { return ListUpdate[string]{Items: items, Present: true} }

func TestCalls_Requests(t *testing.T) {
	for _, call := range everyCall {
		t.Run(call.name, func(t *testing.T) {
			s := always(canned{body: call.answer})
			if err := call.do(t.Context(), clientOf(t, s, func(o *Options) { o.UserAgent = "agent/1" })); err != nil {
				t.Fatal(err)
			}
			got := s.requests()
			if len(got) != 1 {
				t.Fatalf("%d requests", len(got))
			}
			r := got[0]
			if r.method != call.method || r.path != call.path || r.body != call.request {
				t.Errorf("got  %s %s %s\nwant %s %s %s", r.method, r.path, r.body, call.method, call.path, call.request)
			}
			wantType := "application/json"
			if call.request == "" {
				wantType = ""
			}
			for name, want := range map[string]string{
				"Content-Type": wantType, "Accept": "application/json", "Authorization": "Bearer token-0",
				"User-Agent": "agent/1",
			} {
				if got := r.header.Get(name); got != want {
					t.Errorf("%s: %q", name, got)
				}
			}
			if len(r.header) > 4 {
				t.Errorf("more headers than needed: %v", r.header)
			}
		})
	}
}
