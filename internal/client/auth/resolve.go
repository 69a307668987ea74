package auth

import "strings"

// Resolve selects one authentication method. The block takes precedence over the environment, value
// by value. A method in the block overrides all methods of the environment; of several complete
// methods in the environment the first in the table counts. All errors are reported at once; the
// credentials are valid only if there are none.
func Resolve(block, env Settings) (Credentials, []*Error) {
	r := resolver{block: block, env: env}
	r.checkEmpty()
	way, given := r.method()
	c := Credentials{Method: way, GivenBy: given}
	c.BaseURL = r.baseURL()
	c.ClientID = r.trimmed(attrClientID, DefaultClientID)
	c.Scope = r.trimmed(attrScope, DefaultScope)
	c.TrustBundle = r.text(attrTrustBundle)
	r.fill(&c)
	return c, r.problems
}

type resolver struct {
	block, env Settings
	problems   []*Error
}

func (r *resolver) add(p *Error) { r.problems = append(r.problems, p) }

// lookup returns the value of an attribute and the name of its source. The block takes precedence.
func (r *resolver) lookup(attribute string) (value, name string, ok bool) {
	for _, e := range settings {
		if e.attribute != attribute {
			continue
		}
		if v := *e.field(&r.block); v != nil {
			return *v, e.attribute, true
		}
		if v := *e.field(&r.env); v != nil {
			return *v, e.variable, true
		}
	}
	return "", "", false
}

func (r *resolver) text(attribute string) string {
	v, _, _ := r.lookup(attribute)
	return v
}

// trimmed returns a value without surrounding blanks, or the default.
func (r *resolver) trimmed(attribute, standIn string) string {
	if v := strings.TrimSpace(r.text(attribute)); v != "" {
		return v
	}
	return standIn
}

// checkEmpty rejects empty attributes: a silent fallback to the environment could use another
// account.
func (r *resolver) checkEmpty() {
	for _, e := range settings {
		if !e.isEmptyIn(&r.block) {
			continue
		}
		r.add(&Error{
			Attribute: e.attribute,
			Summary:   e.attribute + " is empty",
			Detail:    "Set a value, or null" + insteadOf(e.attribute, e.variable) + ".",
		})
	}
}

// insteadOf describes what applies to an attribute that is left out. Only client_id and scope have a
// default.
func insteadOf(attribute, variable string) string {
	switch {
	case variable == "":
		return ""
	case attribute == attrClientID, attribute == attrScope:
		return " to use the environment variable " + variable + " or the default"
	default:
		return " to use the environment variable " + variable
	}
}

func (r *resolver) baseURL() string {
	value, name, ok := r.lookup(attrURL)
	if !ok {
		r.add(&Error{
			Attribute: attrURL,
			Summary:   "The server's url is missing",
			Detail: "Set url in the provider block or the environment variable VENAFI_URL, for example " +
				"https://codesign.example.com.",
		})
		return ""
	}
	if strings.TrimSpace(value) == "" {
		return ""
	}
	base, problem := ParseURL(value)
	if problem != nil {
		problem.Detail = "From " + name + ": " + problem.Detail
		r.add(problem)
	}
	return base
}
