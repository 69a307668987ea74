package auth

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

func TestExplain(t *testing.T) {
	dial := func(err error) error { return fmt.Errorf("wrapped: %w", &net.OpError{Op: "dial", Err: err}) }
	for name, tt := range map[string]struct {
		err  error
		says string
	}{
		"unknown host": {
			dial(&net.DNSError{Name: "codesign.example.com", IsNotFound: true}),
			`The host "codesign.example.com" is unknown`,
		},
		"DNS out of order": {dial(&net.DNSError{Name: "codesign.example.com", IsTimeout: true}), "Could not connect"},
		"proxy": {
			&net.OpError{Op: "proxyconnect", Err: errors.New("refused")}, "add the host of the server to NO_PROXY",
		},
		"proxy that refuses": {fmt.Errorf("wrapped: %w", &transport.Error{
			Code:   transport.ProxyRefused,
			Status: 403,
		}), "did not connect to the server. Check url"},
		"proxy that asks":  {&transport.Error{Code: transport.ProxyRefused, Status: 407}, "http://USER:PASSWORD@HOST:PORT"},
		"too late":         {&net.OpError{Op: "read", Err: os.ErrDeadlineExceeded}, "increase request_timeout"},
		"no TLS":           {fmt.Errorf("wrapped: %w", http.ErrSchemeMismatch), "Check the host and the port in url"},
		"reset on the way": {&net.OpError{Op: "read", Err: errors.New("reset")}, ""},
		"something else":   {errors.New("PLANTED"), ""},
		"a deliberate alert": {
			&net.OpError{
				Op: "remote error", Err: errors.New("tls: bad certificate"),
			}, "may require a client certificate",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := Explain(tt.err)
			if (tt.says == "") != (got == "") {
				t.Fatalf("says %q, want %q", got, tt.says)
			}
			wantSaid(t, errors.New(got), tt.says)
		})
	}
}
