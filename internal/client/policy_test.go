package client

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

func TestRetryPolicy(t *testing.T) {
	const settled, deadlock = `{"Result":4}`, "transaction was deadlocked. Rerun the Transaction."
	lost := &transport.Error{}
	reply := func(status int, body string) transport.Result {
		return transport.Result{Sent: true, Reply: transport.Reply{Status: status, Body: []byte(body)}}
	}
	for _, row := range []struct {
		name        string
		result      transport.Result
		read, write string // why it is repeated
		delivery    Delivery
	}{
		{"not sent", transport.Result{Err: lost}, "network", "network", NotSent},
		{"not sent, and never will be", transport.Result{Err: lost, Permanent: true}, "", "", NotSent},
		{"sent, then silence", transport.Result{Err: lost, Sent: true}, "network", "", Unclear},
		{"sent, then nonsense", transport.Result{Err: lost, Sent: true, Permanent: true}, "", "", Unclear},
		{"429", reply(429, ""), "HTTP 429", "HTTP 429", Answered},
		{"503", reply(503, ""), "HTTP 503", "HTTP 503", Answered},
		{"deadlock", reply(500, deadlock), "database deadlock", "database deadlock", Answered},
		{"500, settled", reply(500, settled), "", "", Answered},
		{"502, settled", reply(502, settled), "", "", Answered},
		{"503, settled", reply(503, settled), "", "", Answered},
		{
			"deadlock, settled",
			reply(500, `{"Result":4,"Error":"Rerun the transaction."}`),
			"database deadlock",
			"database deadlock", Answered,
		},
		{"502", reply(502, ""), "HTTP 502", "", Unclear},
		{"504", reply(504, ""), "HTTP 504", "", Unclear},
		{"500", reply(500, ""), "", "", Unclear},
		{"501", reply(501, ""), "", "", Answered},
		{"505", reply(505, ""), "", "", Unclear},
		{"400", reply(400, ""), "", "", Answered},
		{"401", reply(401, ""), "", "", Answered},
		{"403", reply(403, ""), "", "", Answered},
		{"404", reply(404, ""), "", "", Answered},
		{"409", reply(409, ""), "", "", Answered},
		{"307", reply(307, ""), "", "", Answered},
		{"302", reply(302, ""), "", "", Unclear},
		{"303", reply(303, ""), "", "", Unclear},
		{"200", reply(200, ""), "", "", Answered},
	} {
		for write, want := range map[bool]string{false: row.read, true: row.write} {
			retry, delivery := operation{family: FamilyWorkflow, write: write}.retryPolicy(row.result)
			if retry != want || delivery != row.delivery {
				t.Errorf("%s, write: %t: got %q and %s, want %q and %s",
					row.name, write, retry, delivery, want, row.delivery)
			}
		}
	}
}

func TestString_DeliveryAndCode(t *testing.T) {
	for want, got := range map[string]string{
		"unclear": Unclear.String(), "not sent": NotSent.String(), "answered": Answered.String(),
		"ObjectNotFound (7)": Code{FamilySign, 7, true}.Name(), "Unknown (4711)": Code{FamilyFlow, 4711, true}.Name(),
		"Success (0)": Code{FamilyFlow, 0, true}.Name(), "": Code{Family: FamilySign}.Name(),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if Delivery(0) != Unclear {
		t.Error("the zero value is not the cautious one")
	}
}
