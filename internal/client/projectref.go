package client

import (
	"strconv"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

// ProjectRef addresses a project, or any object of Config: exactly one of the three is set.
type ProjectRef struct {
	Dn   string
	Guid string
	Id   int64
}

// ByDn addresses by distinguished name.
func ByDn(name string) ProjectRef { return ProjectRef{Dn: name} }

// ByGuid addresses by GUID, with or without braces.
func ByGuid(guid string) ProjectRef { return ProjectRef{Guid: guid} }

// ById addresses by the server's number.
func ById(id int64) ProjectRef { return ProjectRef{Id: id} }

// String is what addresses the object, for messages.
func (r ProjectRef) String() string {
	switch {
	case r.Dn != "":
		return r.Dn
	case r.Guid != "":
		return r.Guid
	}
	return strconv.FormatInt(r.Id, 10)
}

// Folded is one text for all spellings of the same name: a DN in any case, a GUID with or without braces.
func (r ProjectRef) Folded() string {
	if r.Guid != "" {
		return dn.CanonicalGuid(r.Guid)
	}
	return dn.Fold(r.String())
}

// braced is the spelling of the server's own answers (DOC samples).
func (r ProjectRef) braced() ProjectRef {
	if r.Guid != "" && !strings.HasPrefix(r.Guid, "{") {
		r.Guid = "{" + r.Guid + "}"
	}
	return r
}

// bare is the other spelling.
func (r ProjectRef) bare() ProjectRef {
	r.Guid = strings.Trim(r.Guid, "{}")
	return r
}
