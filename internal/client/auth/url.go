package auth

import (
	"cmp"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// parseURL returns the base URL of the server: scheme://host[:port][/prefix] without /vedsdk and
// without a slash at the end. It accepts https, and http for loopback addresses.
func parseURL(typed string) (string, *Error) {
	typed = strings.TrimSpace(typed)
	u, err := url.Parse(typed)
	switch {
	case typed == "":
		return "", urlProblem("The URL is empty.", "")
	case !strings.Contains(typed, "://"):
		return "", urlProblem("The URL has no scheme. Write https:// before the host.", "")
	case strings.ContainsAny(typed, quotes):
		return "", urlProblem("The URL contains quotation marks. Remove them.", "")
	case err != nil:
		return "", urlProblem("The URL cannot be parsed.", "")
	}
	if fault := urlFault(u, typed); fault != "" {
		return "", urlProblem(fault, shownURL(u))
	}
	return u.Scheme + "://" + strings.ToLower(u.Host) + vedsdk().ReplaceAllString(u.EscapedPath(), ""), nil
}

// shownURL returns a URL without user, password, query and fragment, which may be secret.
func shownURL(u *url.URL) string {
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path, RawPath: u.RawPath}).String()
}

// urlFault describes what is wrong with a parsed URL. It is empty if nothing is.
func urlFault(u *url.URL, typed string) string {
	port, err := strconv.ParseUint(cmp.Or(u.Port(), "443"), 10, 16)
	switch {
	case u.User != nil:
		return "The URL contains a user name or a password. Remove them, and set tpp_username and tpp_password."
	case strings.ContainsAny(typed, "?#"):
		return "The URL contains a query or a fragment. Remove everything from ? or #."
	case u.Hostname() == "":
		return "The URL has no host."
	case u.Scheme == "http" && !isLoopback(strings.ToLower(u.Hostname())):
		return "http sends tokens unencrypted. Use https. The provider accepts http only for loopback addresses."
	case u.Scheme != "http" && u.Scheme != "https":
		return "The scheme must be https."
	case strings.HasSuffix(u.Host, ":"):
		return "The port is empty. Write a number after the colon, or remove the colon."
	case err != nil, port == 0:
		return "The port must be a number from 1 to 65535."
	}
	return pathFault(u.Path)
}

// otherApplications are the neighbours of /vedsdk on the server. A browser shows their addresses.
var otherApplications = map[string]string{
	"vedadmin": "the administration console", "vedauth": "the authentication server", "aperture": "the web console",
	"vedclient": "the client API", "vedhsm": "the HSM API",
}

// pathFault finds the address of another application of the server, or of one call of the API.
func pathFault(path string) string {
	names := strings.FieldsFunc(strings.ToLower(path), func(r rune) bool { return r == '/' || r == '\\' })
	for i, name := range names {
		if application, ok := otherApplications[name]; ok {
			return "The path /" + name + " is the address of " + application + ", not of the API. Remove it."
		}
		if name == "vedsdk" && i < len(names)-1 {
			return "The path continues after /vedsdk. Remove the rest."
		}
	}
	return ""
}

// isLoopback is true for localhost, 127.0.0.0/8 and ::1, in lower case: strings.EqualFold would
// also accept "localhoſt".
func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}

// vedsdk is the end of a path that some tools expect in their URL.
var vedsdk = redact.Pattern(`(?i)(/+vedsdk)?/*$`)

func urlProblem(fault, shown string) *Error {
	if shown != "" {
		fault += " The value is " + quoted(shown) + "."
	}
	return invalid(attrURL, "The server's url is not usable",
		fault+" Example: https://codesign.example.com, with or without /vedsdk.")
}
