package client

import (
	"net/http"
	"strings"
	"testing"
)

func TestTheBaseURLIsChecked(t *testing.T) {
	for url, ok := range map[string]bool{
		"https://codesign.example.test": true, "https://codesign.example.test:8443/prefix/": true, "http://127.0.0.1:8080": true,
		"": false, "codesign.example.test": false, "ftp://x": false, "https://": false, "https://user:pw@x": false,
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

func TestOptionsHaveDefaults(t *testing.T) {
	o := Options{MaxRetries: -1, RequestTimeout: -1, MaxConcurrentRequests: -1}.withDefaults()
	if o.MaxRetries != 0 || o.RequestTimeout != DefaultRequestTimeout || o.MaxConcurrentRequests != DefaultMaxConcurrentRequests {
		t.Errorf("%+v", o)
	}
	if r := o.Rand(); r < 0 || r >= 1 {
		t.Error(r)
	}
	o.Logger.Debug(t.Context(), "nobody hears", nil)
}

func TestTheTransportIsTakenOverWithoutChangingIt(t *testing.T) {
	given := &http.Transport{MaxIdleConns: 7}
	got := configureTransport(given, 3).(*http.Transport)
	if got == given || given.MaxConnsPerHost != 0 || got.MaxConnsPerHost != 3 || got.MaxIdleConnsPerHost != 3 ||
		got.TLSClientConfig.ClientSessionCache == nil || got.Protocols.HTTP2() || got.DialContext == nil {
		t.Errorf("%+v", got)
	}
	if configureTransport(nil, 3).(*http.Transport).Proxy == nil {
		t.Error("the default ignores the proxies of the environment")
	}
}
