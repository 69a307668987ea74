package client

import "testing"

func TestOptions_BaseURL(t *testing.T) {
	for url, ok := range map[string]bool{
		"https://codesign.example.test": true, "https://codesign.example.test:8443/prefix/": true,
		"http://127.0.0.1:8080": true, "https://x\x7f": false, ":": false,
	} {
		c, err := New(Options{BaseURL: url, Tokens: &tokens{}})
		if (err == nil) != ok {
			t.Errorf("%q: %v", url, err)
		}
		if path := map[bool]string{true: "/prefix"}[len(url) > 40]; ok && c.engine.BaseURL.Path != path {
			t.Errorf("%q: the path is %q", url, c.engine.BaseURL.Path)
		}
	}
}

func TestOptions_Defaults(t *testing.T) {
	c, err := New(Options{
		BaseURL: "https://x", Tokens: &tokens{}, MaxRetries: -1, RequestTimeout: -1, MaxConcurrentRequests: -1,
	})
	if err != nil {
		t.Fatal(err)
	}
	o := c.engine.Options
	if o.MaxRetries != 0 || o.RequestTimeout != DefaultRequestTimeout || o.Secrets == nil ||
		o.MaxConcurrent != DefaultMaxConcurrentRequests {
		t.Errorf("%+v", o)
	}
	o.Logger.Debug(t.Context(), "discarded", nil)
}
