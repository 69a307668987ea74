package client

import "testing"

func TestOptions_BaseURL(t *testing.T) {
	for url, want := range map[string]string{
		"https://codesign.example.test":              "/vedsdk/Codesign/GetProject",
		"https://codesign.example.test:8443/prefix/": "/prefix/vedsdk/Codesign/GetProject",
	} {
		s := always(goodProject)
		c := clientOf(t, s, func(o *Options) { o.BaseURL = url })
		if err := readOnce(t.Context(), c); err != nil || s.requests()[0].path != want {
			t.Errorf("%q: %+v, %v", url, s.requests(), err)
		}
	}
	for _, url := range []string{"https://x\x7f", ":"} {
		s := always(goodProject)
		e := errorOf(t, readOnce(t.Context(), clientOf(t, s, func(o *Options) { o.BaseURL = url })))
		if e.Delivery != NotSent || e.Attempts != 1 || len(s.requests()) > 0 {
			t.Errorf("%q: %s after %d attempts: %v", url, e.Delivery, e.Attempts, e)
		}
	}
}

func TestOptions_Defaults(t *testing.T) {
	o := New(Options{MaxRetries: -1, RequestTimeout: -1, MaxConcurrentRequests: -1}).engine.Options
	if o.MaxRetries != 0 || o.RequestTimeout != DefaultRequestTimeout || o.Secrets == nil ||
		o.MaxConcurrentRequests != DefaultMaxConcurrentRequests {
		t.Errorf("%+v", o)
	}
	o.Logger.Debug(t.Context(), "discarded", nil)
}
