package client

import (
	"net/http"
	"strings"
	"testing"
)

func TestOptions_BaseURL(t *testing.T) {
	for url, ok := range map[string]bool{
		"https://codesign.example.test": true, "https://codesign.example.test:8443/prefix/": true,
		"http://127.0.0.1:8080": true,
		"":                      false, "codesign.example.test": false, "ftp://x": false, "https://": false, "https://user:pw@x": false,
		"https://x?a=b": false, "https://x#f": false, "https://x\x7f": false, ":": false,
	} {
		_, err := New(Options{BaseURL: url, Tokens: &tokens{}})
		if (err == nil) != ok {
			t.Errorf("%q: %v", url, err)
		}
		if err != nil && strings.Contains(err.Error(), "pw") {
			t.Errorf("the password is shown: %v", err)
		}
	}
	if _, err := New(Options{BaseURL: "https://x"}); err == nil {
		t.Error("no source of tokens is accepted")
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
	if o.MaxRetries != 0 || o.RequestTimeout != DefaultRequestTimeout ||
		o.MaxConcurrent != DefaultMaxConcurrentRequests {
		t.Errorf("%+v", o)
	}
	o.Logger.Debug(t.Context(), "discarded", nil)
}

func TestNew_UsesTheGivenTransport(t *testing.T) {
	given := &http.Transport{MaxIdleConns: 7}
	c, err := New(Options{BaseURL: "https://x", Tokens: &tokens{}, Transport: given})
	if err != nil || c.opts.Transport != given {
		t.Errorf("transport is %v, want the given one: %v", c.opts.Transport, err)
	}
	c, err = New(Options{BaseURL: "https://x", Tokens: &tokens{}})
	if err != nil || c.opts.Transport.(*http.Transport).MaxConnsPerHost != DefaultMaxConcurrentRequests {
		t.Errorf("default transport is %+v, %v", c.opts.Transport, err)
	}
}
