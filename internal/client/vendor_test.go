package client

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

var start, stop = time.Date(2022, 11, 15, 0, 41, 0, 0, time.UTC), time.Date(2022, 11, 25, 0, 41, 0, 0, time.UTC)

func decision(d TicketDecision) func(context.Context, *Client) error {
	return func(ctx context.Context, c *Client) error { return c.UpdateTicketStatus(ctx, d) }
}

// vendorExamples are the pairs of the vendor's pages, with what we send instead and on purpose.
var vendorExamples = []struct {
	name, path string
	do         func(context.Context, *Client) error
	instead    map[string]any
}{
	{name: "update-project-status", path: "/vedsdk/Codesign/UpdateProjectStatus", do: func(ctx context.Context,
		c *Client,
	) error {
		return c.UpdateProjectStatus(ctx, ByDN(`\VED\Code Signing\Projects\APIProjectDraft`), lifecycle.Pending)
		// OAS: an integer; the page quotes it, and its URL lacks the Codesign
	}, instead: map[string]any{"ProjectStatus": 3.0}},
	{
		name: "get-object-rights", path: "/vedsdk/Codesign/GetObjectRights",
		do: func(ctx context.Context, c *Client) error {
			got, err := c.GetObjectRights(ctx, `\VED\Code Signing\Projects\Lab 4`)
			want := []signright.Grant{
				{Key: "local:{3acf7adc-29ad-48ea-afce-c3dfa65f91d5}", Value: 72},
				{Key: "local:{e59f7aa8-4acd-49ad-9329-185cfc639130}", Value: 4},
				{Key: "local:{47f403b3-4e56-4f43-903f-9f9885a96619}", Value: 2},
			}
			if err == nil && !reflect.DeepEqual(got, want) {
				err = badAnswer("got %v", got)
			}
			return err
		},
	},
	{name: "ticket-approved", path: "/vedsdk/Workflow/Ticket/UpdateStatus", do: decision(TicketDecision{
		GUID: "6ede0e12-f7c0-4068-9977-001076205c84", Decision: schedule.Decision{Status: "Approved"},
		Explanation: "Ticket was approved by Joe",
	})},
	// The page's own text: a time without a zone is the server's local time, one in UTC looks like
	// 2022-11-25T07:15:00.000000Z.
	{name: "ticket-approved-after", path: "/vedsdk/Workflow/Ticket/UpdateStatus", do: decision(TicketDecision{
		GUID: "8a83384d-3e44-4b62-b706-dc78459f2ac3", Decision: schedule.Decision{
			Status: "Approved After", Start: start,
		},
	}), instead: map[string]any{"ScheduledStart": "2022-11-15T00:41:00.000000Z"}},
	{name: "ticket-approved-between", path: "/vedsdk/Workflow/Ticket/UpdateStatus", do: decision(TicketDecision{
		GUID: "8a83384d-3e44-4b62-b706-dc78459f2ac3", Decision: schedule.Decision{
			Status: "Approved After", Start: start, Stop: stop,
		},
	}), instead: map[string]any{
		"ScheduledStart": "2022-11-15T00:41:00.000000Z",
		"ScheduledStop":  "2022-11-25T00:41:00.000000Z",
	}},
}

func TestCalls_VendorExamples(t *testing.T) {
	for _, example := range vendorExamples {
		t.Run(example.name, func(t *testing.T) {
			file := func(kind string) []byte {
				b, err := os.ReadFile(filepath.Join("testdata", "vendor", example.name+"."+kind+".json"))
				if err != nil {
					t.Fatal(err)
				}
				return b
			}
			s := always(canned{body: string(file("response"))})
			if err := example.do(t.Context(), clientOf(t, s)); err != nil {
				t.Fatal(err)
			}
			var want, got map[string]any
			if err := json.Unmarshal(file("request"), &want); err != nil {
				t.Fatal(err)
			}
			maps.Copy(want, example.instead)
			r := s.requests()[0]
			if err := json.Unmarshal([]byte(r.body), &got); err != nil || r.path != example.path ||
				!reflect.DeepEqual(got, want) {
				t.Errorf("sent %s %v, want %v, %v", r.path, got, want, err)
			}
		})
	}
}
