package client

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

const read, write = false, true

// ticketCalls are a read and a write; the latter with approvers, of which a refusal as bad
// arguments asks for another spelling.
var ticketCalls = map[bool]func(context.Context, *Client) error{
	read: func(ctx context.Context, c *Client) error { return second(c.TicketDetails(ctx, bareGUID)) },
	write: func(ctx context.Context, c *Client) error {
		return c.UpdateTicketStatus(ctx, TicketDecision{
			GUID: bareGUID, Decision: schedule.Decision{Status: "Approved"}, Approvers: []string{"local:{a}"},
		})
	},
}

// The codes that say for certain that nothing was done, and why.
var settledCodes = map[int]Reason{3: NotFound, 4: Forbidden, 5: Refused, 6: Refused, 8: Refused}

// What the status alone comes to, and how many requests a read and a write are then.
var ticketFaults = map[int]struct {
	reason      Reason
	delivery    Delivery
	read, write int
}{
	400: {Refused, Answered, 1, 2},
	401: {Forbidden, Answered, 1, 1},
	409: {Refused, Answered, 1, 1},
	429: {Unavailable, Answered, 3, 3},
	500: {Unavailable, Unclear, 1, 1},
	502: {Unavailable, Unclear, 3, 1},
	503: {Unavailable, Answered, 3, 3},
	504: {Unavailable, Unclear, 3, 1},
}

// bodies are an answer with the code, in several spellings.
func bodies(code string) []string {
	return []string{
		fmt.Sprintf(`{"Result":%s}`, code), fmt.Sprintf(`{"result":%q,"Status":null}`, code),
		fmt.Sprintf(`{"GUID":null,"GUIDs":null,"Result":%s,"Status":null,"Approvers":null}`, code),
	}
}

func failed(t *testing.T, k bool, c canned) (e *Error, requests int) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := always(c)
		e = errorOf(t, ticketCalls[k](t.Context(), clientOf(t, s, func(o *Options) { o.MaxRetries = 2 })))
		requests = len(s.requests())
	})
	return e, requests
}

func TestErrorCode_TicketAnyStatus(t *testing.T) {
	for status := range ticketFaults {
		for code, reason := range settledCodes {
			for _, body := range bodies(fmt.Sprint(code)) {
				for k := range ticketCalls {
					e, requests := failed(t, k, canned{status: status, body: body})
					name := Code{FamilyWorkflow, code, true}.Name()
					if e.Reason != reason || e.Delivery != Answered || e.Code.Name() != name || e.HTTPStatus != status {
						t.Errorf("%d %s, write %t: reason %d, %s: %v", status, body, k, e.Reason, e.Delivery, e)
					}
					again := k == write && (code == 5 || status == 400 && reason == Refused)
					if want := map[bool]int{false: 1, true: 2}[again]; requests != want {
						t.Errorf("%d %s, write %t: %d requests, want %d", status, body, k, requests, want)
					}
				}
			}
		}
	}
}

func TestErrorCode_TicketUnsettled(t *testing.T) {
	for status, want := range ticketFaults {
		for _, code := range []string{"0", "1", "2", "7", "99", "-1", "null", "x"} {
			list := bodies(code)
			if code == "x" {
				list = list[1:2] // the others are no JSON
			}
			for _, body := range list {
				for k := range ticketCalls {
					e, requests := failed(t, k, canned{status: status, body: body})
					if e.Reason != want.reason || e.Delivery != want.delivery {
						t.Errorf("%d %s, write %t: reason %d, %s: %v", status, body, k, e.Reason, e.Delivery, e)
					}
					if n := map[bool]int{read: want.read, write: want.write}[k]; requests != n {
						t.Errorf("%d %s, write %t: %d requests, want %d", status, body, k, requests, n)
					}
				}
			}
		}
	}
}

func TestErrorCode_SuccessWithErrorStatus(t *testing.T) {
	for status := range ticketFaults {
		for k := range ticketCalls {
			e, _ := failed(t, k, canned{status: status, body: `{"Result":1}`})
			if strings.Contains(e.Error(), "Success") ||
				!strings.Contains(e.Error(), fmt.Sprintf("the server answered HTTP %d", status)) {
				t.Errorf("%d, write %t: %v", status, k, e)
			}
		}
	}
}

func TestRetry_Deadlock(t *testing.T) {
	for _, code := range []int{2, 3, 7} {
		for k := range ticketCalls {
			body := fmt.Sprintf(`{"Result":%d,"Error":"Rerun the transaction."}`, code)
			if e, requests := failed(t, k, canned{status: 500, body: body}); e.Delivery != Answered || requests != 3 {
				t.Errorf("%s, write %t: %s after %d requests", body, k, e.Delivery, requests)
			}
		}
	}
}

func TestErrorCode_TicketNotFound(t *testing.T) {
	for status := range ticketFaults {
		c := clientOf(t, always(canned{status: status, body: `{"Result":3}`}))
		if exists, err := c.TicketExists(t.Context(), bareGUID); exists || err != nil {
			t.Errorf("Exists, %d: %t, %v", status, exists, err)
		}
		for name, err := range map[string]error{
			"Details": second(c.TicketDetails(t.Context(), bareGUID)),
			"Status":  second(c.TicketStatus(t.Context(), bareGUID)),
		} {
			if !IsNotFound(err) {
				t.Errorf("%s, %d: %v", name, status, err)
			}
		}
	}
}

func TestErrorCode_TokenErrorFirst(t *testing.T) {
	for label, want := range map[string]Reason{
		"invalid_token": BadToken, "insufficient_scope": MissingScope,
		"insufficient_rights": Forbidden,
	} {
		for k := range ticketCalls {
			e, _ := failed(t, k, canned{status: 401, body: `{"Result":3,"error":"` + label + `"}`})
			if e.Reason != want {
				t.Errorf("%s, write %t: %v", label, k, e)
			}
		}
	}
}
