package client

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

func TestTicketDetails_AllMembers(t *testing.T) {
	created := time.Date(2025, 10, 9, 8, 53, 20, 0, time.UTC)
	want := &WorkflowTicket{
		GUID: bareGUID, Status: "Approved Between", ScheduledStart: created, ScheduledStop: created.Add(time.Hour),
		Approvers: []string{"local:{a}", "local:{b}"}, Blocking: `\VED\Policy\x`, IssuedDueTo: `\VED\W`,
		ApprovalFrom:   "f",
		ApprovalReason: "needs review", ApprovalExplanation: "e", Created: created,
		Updated: created.Add(6 * time.Minute),
	}
	for noZone, body := range map[bool]string{
		false: `{"Result":1,"Status":"Approved Between","ScheduledStart":"2025-10-09T08:53:20Z",
		"ScheduledStop":"2025-10-09T09:53:20.000000Z",
		"Approvers":["local:{a}",{"PrefixedUniversal":"local:{b}"}],"Blocking":"\\VED\\Policy\\x",
		"IssuedDueTo":"\\VED\\W","ApprovalFrom":"f",
		"ApprovalReason":"needs review","ApprovalExplanation":"e","Created":"\/Date(1760000000000)\/",
		"Updated":"/Date(1760000360000+0200)/"}`,
		true: `{"result":"1","status":"Approved Between","scheduledstart":"/Date(1760000000000)/",
		"scheduledstop":"2025-10-09T09:53:20",
		"approvers":{"Items":["local:{a}","local:{b}"]},"blocking":"\\VED\\Policy\\x","issuedDueTo":"\\VED\\W",
		"approvalFrom":"f","GUIDs":null,
		"approvalReason":"needs review","approvalExplanation":"e","created":"2025-10-09T10:53:20+02:00",
		"updated":"2025-10-09 08:59:20"}`,
	} {
		got, err := clientOf(t, always(canned{body: body})).TicketDetails(t.Context(), "{"+bareGUID+"}")
		want.ScheduleNoZone = noZone // of one of the two times
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v, %v\nwant %+v", got, err, want)
		}
	}
}

func TestTicketDetails_StatusRead(t *testing.T) {
	s := byPath(map[string]canned{
		"Workflow/Ticket/Details": {body: `{"Result":1,"Status":null,"Created":null,"ScheduledStart":null}`},
		"Workflow/Ticket/Status":  {body: `{"Result":1,"Status":"Rejected"}`},
	})
	got, err := clientOf(t, s).TicketDetails(t.Context(), bareGUID)
	if err != nil || !reflect.DeepEqual(got, &WorkflowTicket{GUID: bareGUID, Status: "Rejected"}) {
		t.Errorf("%+v, %v", got, err)
	}
	s = always(canned{body: `{"Result":1}`})
	if _, err := clientOf(t, s).TicketDetails(t.Context(), bareGUID); ReasonOf(err) != EmptyAnswer {
		t.Error(err)
	}
}

func TestUpdateTicketStatus_ApproverSpellings(t *testing.T) {
	for name, refusal := range map[string]canned{
		"result 5": {body: `{"Result":5}`}, "HTTP 400": {status: 400, body: `{"Error":"bad"}`},
	} {
		s := inTurn(refusal, canned{body: `{"Result":1}`})
		err := clientOf(t, s).UpdateTicketStatus(t.Context(), TicketDecision{
			GUID: "g", Decision: schedule.Decision{Status: "Approved"},
			Approvers: []string{"local:{a}"},
		})
		log := s.requests()
		if err != nil || len(log) != 2 || !strings.Contains(log[0].body, `"Approvers":["local:{a}"]`) ||
			!strings.Contains(log[1].body, `"Approvers":[{"PrefixedUniversal":"local:{a}"}]`) {
			t.Errorf("%s: %v, %+v", name, err, log)
		}
	}
	s := inTurn(canned{body: `{"Result":5}`}, canned{body: `{"Result":1}`})
	if err := clientOf(t, s).UpdateTicketStatus(t.Context(), TicketDecision{
		GUID:     "g",
		Decision: schedule.Decision{Status: "Approved"},
	}); err == nil || len(s.requests()) != 1 {
		t.Errorf("bad arguments without approvers: %v after %d requests", err, len(s.requests()))
	}
}

func TestTicketEnumerate(t *testing.T) {
	for _, body := range []string{
		`{"Result":1,"GUIDs":["` + bareGUID + `","{0f1e}"]}`, `{"Result":1,"GUIDS":["` + bareGUID + `","0f1e"]}`,
	} {
		got, err := clientOf(t, always(canned{body: body})).TicketEnumerate(t.Context(), `\VED\P`, "")
		if err != nil || !reflect.DeepEqual(got, []string{bareGUID, "0f1e"}) {
			t.Errorf("%v, %v", got, err)
		}
	}
	if _, err := clientOf(t, always(canned{body: `{"Result":6}`})).TicketEnumerate(t.Context(), `\VED\P`,
		""); ReasonOf(err) != Refused {
		t.Error(err)
	}
}

const flowTicketFields = `"Id":917,"FlowId":"12","FlowProcessId":3004,"Identifier":"made-up","ProductCode":1610743810,
"RequiredApprovals":2,
	"RemainingUses":null,"NotBefore":null,"ExpiresOn":"2027-02-09T19:58:11Z","CreationTime":"2027-01-09T19:58:11.123",
	"RejectionStatus":1,"RejectionComment":"no"`

func TestFlowTicket_Spellings(t *testing.T) {
	want := FlowTicket{
		ID: 917, ProductCode: 1610743810, RequiredApprovals: 2,
		CreationTime: time.Date(2027, 1, 9, 19, 58, 11, 123000000, time.UTC), CreationNoZone: true,
		Approvers: []string{"local:{a}"}, Approvals: []string{"local:{b}"},
		Environment: map[string]string{"ObjectDn": `\VED\X`, "N": "1", "Empty": ""}, RejectionStatus: 1,
	}
	approvals := `,"Approvals":[{"Universal":"local:{b}","ApprovalTime":"2027-01-09T20:00:00Z","Comment":"ok"}],`
	for _, rest := range []string{
		`"Approvers":["local:{a}"],"Environment":[{"Key":"ObjectDn","Value":"\\VED\\X"},{"Key":"N","Value":1},` +
			`{"Key":"Empty","Value":null}]`,
		`"approvers":[{"PrefixedUniversal":"local:{a}","Name":"jane"}],"environment":{"ObjectDn":"\\VED\\X","N":"1",` +
			`"Empty":null}`,
		`"Approvers":{"Items":[{"Prefix":"local","Universal":"{a}"}]},"Environment":[{"key":"ObjectDn",` +
			`"value":"\\VED\\X"},{"key":"N","value":"1"},{"key":"Empty"}]`,
	} {
		body := fmt.Sprintf(`{"Tickets":[{"Id":1},{%s}],"Result":0}`, flowTicketFields+approvals+rest)
		got, err := clientOf(t, always(canned{body: body})).FlowTickets(t.Context(), 0)
		if err != nil || len(got) != 2 || !reflect.DeepEqual(got[1], want) {
			t.Errorf("got %+v, %v", got, err)
		}
	}
}

func TestFlowTicket_ObjectDNOfEnvironment(t *testing.T) {
	for key, want := range map[string]string{
		"ObjectDn": "x", "Object DN": "x", "objectdn": "x", " OBJECT\tDn ": "x", "Object": "", "ObjectDnX": "", "": "",
	} {
		if got := (FlowTicket{Environment: map[string]string{"other": "y", key: "x"}}).ObjectDN(); got != want {
			t.Errorf("%q: %q", key, got)
		}
	}
}

// pageOf has n tickets from an id on.
func pageOf(from, n int) canned {
	tickets := make([]string, n)
	for i := range tickets {
		tickets[i] = fmt.Sprintf(`{"Id":%d}`, from+i)
	}
	return canned{body: `{"Tickets":[` + strings.Join(tickets, ",") + `],"Message":""}`}
}

func TestFlowTickets_Paging(t *testing.T) {
	for _, row := range []struct {
		name           string
		pages          []canned
		tickets, asked int
	}{
		{"short", []canned{pageOf(1, 100), pageOf(101, 3), pageOf(1, 100)}, 103, 2},
		{"empty", []canned{pageOf(1, 100), pageOf(0, 0), pageOf(1, 100)}, 100, 2},
		{"none", []canned{pageOf(0, 0)}, 0, 1},
		{"repeated", []canned{pageOf(1, 100)}, 100, 2},
		{"repeated, all at once", []canned{pageOf(1, 250)}, 250, 2},
		{"nothing has an id", []canned{{body: `{"Tickets":[{},{"Id":null}],"Result":0}`}}, 0, 1},
	} {
		s := inTurn(row.pages...)
		got, err := clientOf(t, s).FlowTickets(t.Context(), 0)
		if err != nil || len(got) != row.tickets || len(s.requests()) != row.asked {
			t.Errorf("%s: %d tickets, %d requests, %v", row.name, len(got), len(s.requests()), err)
		}
		for i, r := range s.requests() {
			if want := fmt.Sprintf(`"TicketPageNumber":%d}`, i); !strings.HasSuffix(r.body, want) {
				t.Errorf("page %d: %s", i, r.body)
			}
		}
	}
	if _, err := clientOf(t, inTurn(pageOf(1, 100), canned{body: `{"Result":3}`})).FlowTickets(t.Context(),
		0); ReasonOf(err) != Refused {
		t.Errorf("a page that fails: %v", err)
	}
}
