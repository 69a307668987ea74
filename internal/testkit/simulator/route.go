package simulator

import (
	"net/http"
	"strings"
)

// operation is one call of the API.
type operation struct {
	name   string // as Request.Path shows it, e.g. "Codesign/GetProject"
	method string
	scope  string // what the token must carry; "" means no token at all
	legacy string // the scope of older pages where it differs
	// members are the request members it knows, in every spelling, separated by blanks.
	members string
	handle  func(*call) answer
}

// operations by folded name. Names of the authentication server begin with vedauth/.
var operations = index(codesignOperations, adminOperations, objectOperations, ticketOperations, otherOperations, authOperations)

func index(families ...[]operation) map[string]*operation {
	m := map[string]*operation{}
	for _, family := range families {
		for i := range family {
			m[strings.ToLower(family[i].name)] = &family[i]
		}
	}
	return m
}

// shortPaths are the URLs that the vendor's pages print without "Codesign/".
var shortPaths = map[string]bool{
	"updateprojectstatus": true, "updateproject": true, "countreferences": true, "addprojectapprover": true,
}

// normalise turns a URL path into the name of an operation: no /vedsdk, no
// empty segments, authentication under vedauth/.
func normalise(path string) string {
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
	if len(parts) > 0 && strings.EqualFold(parts[0], "vedsdk") {
		parts = parts[1:]
		if len(parts) == 0 {
			return "vedsdk"
		}
	}
	if len(parts) == 1 && shortPaths[strings.ToLower(parts[0])] {
		parts = []string{"Codesign", parts[0]}
	}
	return strings.Join(parts, "/")
}

func lookup(path string) (name string, op *operation) {
	name = normalise(path)
	if op = operations[strings.ToLower(name)]; op != nil {
		name = op.name
	}
	return name, op
}

func (s *Server) scopeOf(op *operation) string {
	if scope, set := s.settings.Scopes[op.name]; set {
		return scope
	}
	if s.settings.LegacyScopes && op.legacy != "" {
		return op.legacy
	}
	if op.name == "Permissions/Refresh" && s.settings.RefreshNeedsSecurity {
		return "security"
	}
	return op.scope
}

const (
	get  = http.MethodGet
	post = http.MethodPost
)
