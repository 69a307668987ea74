package client

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestCalls_Faults(t *testing.T) {
	for _, f := range labFaults {
		for _, call := range labCalls {
			t.Run(string(f.errorBody.Kind)+f.errorBody.RetryAfter+"/"+call.name, func(t *testing.T) {
				want := f.read
				if call.done != nil {
					want = f.write
				}
				if call.name == "ValidateIdentity" && (want.reason == EmptyAnswer ||
					want.reason == BadAnswer || want.reason == Refused) {
					return // asked again in another spelling, see TestValidateIdentity_Spellings
				}
				if call.get && f.errorBody.Kind == simulator.RedirectLoop {
					want.requests = 4 // a GET is followed three times
				}
				synctest.Test(t, func(t *testing.T) {
					s := lab()
					c := labClient(t, s)
					s.Inject(f.errorBody)
					want.check(t, s, call.do(t.Context(), c), call.done)
				})
			})
		}
	}
}

func (want expected) check(t *testing.T, s *simulator.Server, err error, done func(*simulator.Server) bool) {
	t.Helper()
	if done != nil && done(s) != want.done {
		t.Errorf("carried out: %t", !want.done)
	}
	if want.reason == Unknown {
		if err != nil || len(s.Requests()) != want.requests {
			t.Errorf("%d requests arrived, %v", len(s.Requests()), err)
		}
		return
	}
	e := errorOf(t, err)
	if e.Reason != want.reason || e.Delivery != want.delivery || e.Attempts != want.requests {
		t.Errorf("reason %d, %s after %d attempts, want %+v: %v", e.Reason, e.Delivery, e.Attempts, want, e)
	}
	if arrived := len(s.Requests()); arrived != want.requests && want.delivery != NotSent {
		t.Errorf("%d requests arrived, want %d", arrived, want.requests)
	}
	if strings.ContainsFunc(e.Error(), func(r rune) bool { return r < ' ' || r == '\u202e' }) || len(e.Error()) > 1000 {
		t.Errorf("%q", e.Error())
	}
}

// The same, with a fault that goes away after one request.
func TestCalls_TransientFaults(t *testing.T) {
	for _, f := range labFaults {
		for _, call := range labCalls {
			t.Run(string(f.errorBody.Kind)+f.errorBody.RetryAfter+"/"+call.name, func(t *testing.T) {
				want := f.read
				if call.done != nil {
					want = f.write
				}
				if call.name == "ValidateIdentity" && (want.reason == EmptyAnswer ||
					want.reason == BadAnswer || want.reason == Refused) {
					return // asked again in another spelling, see TestValidateIdentity_Spellings
				}
				if want.requests > 1 || call.get && f.errorBody.Kind == simulator.RedirectLoop {
					want = expected{2, Unknown, 0, true}
				}
				synctest.Test(t, func(t *testing.T) {
					s := lab()
					c := labClient(t, s)
					fault := f.errorBody
					fault.Count = 1
					s.Inject(fault)
					err := call.do(t.Context(), c)
					if fault.Kind == simulator.ConnectionRefused {
						want.requests = 1 // the other one never arrived
					}
					want.check(t, s, err, call.done)
				})
			})
		}
	}
}
