package auth

import (
	"net/netip"
	"net/url"
	"strings"
)

// ParseURL turns what the user typed into the base URL of the server: scheme://host[:port][/prefix] without /vedsdk
// and without a slash at the end. https only; http is allowed for loopback, where nobody listens in.
func ParseURL(typed string) (string, *ProblemError) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", urlProblem("The address is empty.", "")
	}
	if !strings.Contains(typed, "://") {
		return "", urlProblem("The address has no scheme: write https:// before the host.", "")
	}
	u, err := url.Parse(typed)
	if err != nil {
		return "", urlProblem("The address cannot be read as a URL.", "")
	}
	if fault := faultOf(u, typed); fault != "" {
		return "", urlProblem(fault, u.Redacted())
	}
	return strings.ToLower(u.Scheme) + "://" + strings.ToLower(u.Host) + prefixOf(u.EscapedPath()), nil
}

// faultOf says what is wrong with a URL that could be parsed, empty where nothing is.
func faultOf(u *url.URL, typed string) string {
	scheme := strings.ToLower(u.Scheme)
	switch {
	case u.User != nil:
		return "The address holds a user name or a password: take them out and use tpp_username and tpp_password."
	case strings.ContainsAny(typed, "?#"):
		return "The address holds a query or a fragment: leave out everything from ? or # on."
	case u.Hostname() == "":
		return "The address names no host."
	case scheme == "http" && !isLoopback(u.Hostname()):
		return "http would send tokens in the clear: write https://. http is accepted for the loopback host alone."
	case scheme != "http" && scheme != "https":
		return "The scheme must be https."
	}
	return ""
}

// isLoopback is true for localhost, 127.0.0.0/8 and ::1.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}

// prefixOf strips slashes at the end and the /vedsdk that some tools want in their URL.
func prefixOf(path string) string {
	path = strings.TrimRight(path, "/")
	if cut := len(path) - len("/vedsdk"); cut >= 0 && strings.EqualFold(path[cut:], "/vedsdk") {
		path = strings.TrimRight(path[:cut], "/")
	}
	return path
}

func urlProblem(fault, shown string) *ProblemError {
	if shown != "" {
		fault += " Given was " + quoted(shown) + "."
	}
	return &ProblemError{
		Attribute: attrURL,
		Summary:   "The server's url is not usable",
		Detail:    fault + " An example: https://codesign.example.com, with or without /vedsdk at the end.",
	}
}
