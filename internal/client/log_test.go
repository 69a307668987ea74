package client

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
)

// lines is a logger that remembers.
type lines struct {
	mu  sync.Mutex
	all []map[string]any
}

func (l *lines) Debug(_ context.Context, msg string, fields map[string]any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fields["msg"] = msg
	l.all = append(l.all, fields)
}

func TestLog_AttemptsWithoutSecrets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &lines{}
		s := inTurn(
			canned{status: 401, body: invalidToken},
			canned{status: 503, body: `{"Error":"token-1"}`, header: map[string]string{
				"Retry-After": "7",
				"Set-Cookie":  "session=secret",
			}},
			canned{err: fmt.Errorf("broken: %w \x1b[31m token-1", errReset)},
			goodProject)
		c := clientOf(t, s, func(o *Options) { o.Logger, o.BaseURL = log, "https://codesign.example.test/prefix" })
		if err := readOnce(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range log.all {
			got = append(got, fmt.Sprint(l["msg"], " ", l["operation"], " ", l["attempt"], " ",
				l["http_status"], " ", l["reason"]))
		}
		want := []string{
			"request Codesign/GetProject 1 401 <nil>",
			"request Codesign/GetProject 2 503 <nil>", "request will be repeated Codesign/GetProject 2 <nil> HTTP 503",
			"request Codesign/GetProject 3 0 <nil>", "request will be repeated Codesign/GetProject 3 <nil> network",
			"request Codesign/GetProject 4 200 <nil>",
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("got\n%s", strings.Join(got, "\n"))
		}
		everything := fmt.Sprint(log.all)
		for _, secret := range []string{"token-0", "token-1", "secret", "Bearer", "\x1b", "VED"} {
			if strings.Contains(everything, secret) {
				t.Errorf("%q is in the log: %s", secret, everything)
			}
		}
		for _, wanted := range []string{"/prefix/vedsdk/Codesign/GetProject", "duration_ms", "retry_after:7"} {
			if !strings.Contains(everything, wanted) {
				t.Errorf("%q is not in the log: %s", wanted, everything)
			}
		}
	})
}

func TestLog_NoRetryMessageWithoutRetry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &lines{}
		_ = readOnce(t.Context(), clientOf(t, always(maintenance), func(o *Options) {
			o.Logger, o.MaxRetries = log, 1
		}))
		if len(log.all) != 3 {
			t.Errorf("%v", log.all)
		}
	})
}
