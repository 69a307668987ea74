package auth

import (
	"strings"
	"testing"
)

func TestParseURL(t *testing.T) {
	for typed, want := range map[string]string{
		"https://codesign.example.com":               "https://codesign.example.com",
		"https://codesign.example.com/":              "https://codesign.example.com",
		"https://codesign.example.com/vedsdk":        "https://codesign.example.com",
		"https://codesign.example.com/vedsdk/":       "https://codesign.example.com",
		"https://codesign.example.com/VEDsdk//":      "https://codesign.example.com",
		" https://codesign.example.com:8443/VedSDK ": "https://codesign.example.com:8443",
		"HTTPS://CodeSign.Example.com/Prefix/vedsdk": "https://codesign.example.com/Prefix",
		"https://codesign.example.com/a%20b/vedsdk":  "https://codesign.example.com/a%20b",
		"https://codesign.example.com/notvedsdk":     "https://codesign.example.com/notvedsdk",
		"https://[2001:db8::1]:8443/vedsdk":          "https://[2001:db8::1]:8443",
		"http://localhost:8080":                      "http://localhost:8080",
		"http://LOCALHOST/vedsdk":                    "http://localhost",
		"http://127.0.0.1:8080/vedsdk":               "http://127.0.0.1:8080",
		"http://127.9.8.7":                           "http://127.9.8.7",
		"http://[::1]:8080":                          "http://[::1]:8080",
		"https://codesign.example.com:65535":         "https://codesign.example.com:65535",
		"https://codesign.example.com:1":             "https://codesign.example.com:1",
		"https://aperture.example.com/myaperture":    "https://aperture.example.com/myaperture",
	} {
		got, problem := parseURL(typed)
		if problem != nil || got != want {
			t.Errorf("%q became %q (%v), want %q", typed, got, problem, want)
		}
	}
}

func TestParseURL_Errors(t *testing.T) {
	for typed, says := range map[string]string{
		"":                                   "empty",
		"codesign.example.com":               "Write https://",
		"codesign.example.com:8443/vedsdk":   "Write https://",
		"//codesign.example.com":             "Write https://",
		"http://codesign.example.com":        "only for loopback addresses",
		"http://127.0.0.1.example.com":       "only for loopback addresses",
		"http://localhost.example.com":       "only for loopback addresses",
		"http://localho\u017ft":              "only for loopback addresses",
		"http://127.1":                       "only for loopback addresses",
		"http://[::2]":                       "only for loopback addresses",
		"http://0.0.0.0":                     "only for loopback addresses",
		"ftp://codesign.example.com":         "must be https",
		"https://u:PLANTED@codesign.example": "user name or a password",
		"https://codesign.example.com?a=b":   "query or a fragment",
		"https://codesign.example.com/?":     "query or a fragment",
		"https://codesign.example.com/#a":    "query or a fragment",
		"https:///vedsdk":                    "has no host",
		"https://:8443":                      "has no host",
		"https://codesign example.com":       "cannot be parsed",
		"https://codesign.example.com:port":  "cannot be parsed",
		"https://u:PLANTED@h:port":           "cannot be parsed",

		"http://127.0.0.1:":                                    "port is empty",
		"https://codesign.example.com:/vedsdk":                 "port is empty",
		"https://[::1]:":                                       "port is empty",
		"https://codesign.example.com:0":                       "from 1 to 65535",
		"https://codesign.example.com:65536":                   "from 1 to 65535",
		"https://https://codesign.example.com":                 "port is empty",
		"https://codesign.example.com/vedadmin":                "/vedadmin is the address of",
		"https://codesign.example.com/VedAdmin/":               "/vedadmin is the address of",
		"https://codesign.example.com/vedauth":                 "/vedauth is the address of",
		"https://codesign.example.com/vedauth/authorize/oauth": "/vedauth is the address of",
		"https://codesign.example.com/aperture":                "/aperture is the address of",
		"https://codesign.example.com/Aperture/codesign/":      "/aperture is the address of",
		"https://codesign.example.com/x/aperture":              "/aperture is the address of",
		"https://codesign.example.com/vedsdk/Codesign":         "continues after /vedsdk",
		"https://codesign.example.com/vedsdk/vedauth":          "continues after /vedsdk",
		"\"https://codesign.example.com\"":                     "quotation marks",
		"'https://codesign.example.com'":                       "quotation marks",
		"https://codesign.example.com?token=PLANTED":           "query or a fragment",
		"https://codesign.example.com/#PLANTED":                "query or a fragment",
		"https://PLANTED@codesign.example.com":                 "user name or a password",
	} {
		_, problem := parseURL(typed)
		if problem == nil {
			t.Errorf("%q was taken", typed)
			continue
		}
		if problem.Attribute != "url" || !strings.Contains(problem.Detail, says) ||
			strings.Contains(asShown(problem), "PLANTED") {
			t.Errorf("%q is refused with %q, want %q", typed, problem.Detail, says)
		}
	}
}

func FuzzAParsedURLIsStable(f *testing.F) {
	for _, seed := range []string{
		"https://h/vedsdk", "http://[::1]:1/VEDSDK//", "https://u@h",
		"https://h/%2fvedsdk", "x://",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		base, problem := parseURL(typed)
		if problem != nil {
			return
		}
		if strings.HasSuffix(base, "/") || !strings.HasPrefix(base, "http") {
			t.Fatalf("%q became %q", typed, base)
		}
		if strings.HasPrefix(base, "http://") && !strings.Contains(base, "localhost") &&
			!strings.Contains(base, "127.") && !strings.Contains(base, "::") {
			t.Fatalf("%q became %q, which is not loopback", typed, base)
		}
	})
}
