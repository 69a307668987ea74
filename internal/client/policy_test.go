package client

import (
	"fmt"
	"testing"
)

func TestRetryPolicy(t *testing.T) {
	for _, row := range []struct {
		name        string
		o           attemptResult
		read, write string // why it is repeated
		delivery    Delivery
	}{
		{"not sent", attemptResult{}, "network", "network", NotSent},
		{"not sent, and never will be", attemptResult{fatal: true}, "", "", NotSent},
		{"sent, then silence", attemptResult{sent: true}, "network", "", Unclear},
		{"sent, then nonsense", attemptResult{sent: true, fatal: true}, "", "", Unclear},
		{"429", attemptResult{status: 429}, "HTTP 429", "HTTP 429", Answered},
		{"503", attemptResult{status: 503}, "HTTP 503", "HTTP 503", Answered},
		{"deadlock", attemptResult{status: 500, deadlock: true}, "database deadlock", "database deadlock", Answered},
		{"500, settled", attemptResult{status: 500, settled: true}, "", "", Answered},
		{"502, settled", attemptResult{status: 502, settled: true}, "", "", Answered},
		{"503, settled", attemptResult{status: 503, settled: true}, "", "", Answered},
		{
			"deadlock, settled",
			attemptResult{status: 500, settled: true, deadlock: true},
			"database deadlock",
			"database deadlock", Answered,
		},
		{"502", attemptResult{status: 502}, "HTTP 502", "", Unclear},
		{"504", attemptResult{status: 504}, "HTTP 504", "", Unclear},
		{"500", attemptResult{status: 500}, "", "", Unclear},
		{"501", attemptResult{status: 501}, "", "", Answered},
		{"505", attemptResult{status: 505}, "", "", Unclear},
		{"400", attemptResult{status: 400}, "", "", Answered},
		{"401", attemptResult{status: 401}, "", "", Answered},
		{"403", attemptResult{status: 403}, "", "", Answered},
		{"404", attemptResult{status: 404}, "", "", Answered},
		{"409", attemptResult{status: 409}, "", "", Answered},
		{"307", attemptResult{status: 307}, "", "", Answered},
		{"302", attemptResult{status: 302}, "", "", Unclear},
		{"303", attemptResult{status: 303}, "", "", Unclear},
		{"200", attemptResult{status: 200}, "", "", Answered},
	} {
		for k, want := range map[effect]string{read: row.read, write: row.write} {
			got := retryPolicy(k, row.o)
			if got.retry != want || got.delivery != row.delivery {
				t.Errorf("%s, kind %d: got %+v, want %q and %s", row.name, k, got, want, row.delivery)
			}
		}
	}
}

func TestString_DeliveryAndCode(t *testing.T) {
	for want, s := range map[string]fmt.Stringer{
		"unclear": Unclear, "not sent": NotSent, "answered": Answered,
		"ObjectNotFound (7)": Code{FamilySign, 7, true}, "Unknown (4711)": Code{FamilyFlow, 4711, true},
		"Success (0)": Code{FamilyFlow, 0, true}, "": Code{Family: FamilySign},
	} {
		if s.String() != want {
			t.Errorf("got %q, want %q", s, want)
		}
	}
	if Delivery(0) != Unclear {
		t.Error("the zero value is not the cautious one")
	}
}
