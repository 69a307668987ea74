package client

import (
	"strconv"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

// ProjectRef addresses a project, or any object of Config: exactly one of the three is set.
type ProjectRef struct {
	DN   string
	GUID string
	ID   int64
}

// ByDN addresses by distinguished name.
func ByDN(name string) ProjectRef { return ProjectRef{DN: name} }

// ByGUID addresses by GUID, with or without braces.
func ByGUID(guid string) ProjectRef { return ProjectRef{GUID: guid} }

// ByID addresses by the server's number.
func ByID(id int64) ProjectRef { return ProjectRef{ID: id} }

// String is what addresses the object, for messages.
func (r ProjectRef) String() string {
	switch {
	case r.DN != "":
		return r.DN
	case r.GUID != "":
		return r.GUID
	}
	return strconv.FormatInt(r.ID, 10)
}

// Folded is one text for all spellings of the same name: a DN in any case, a GUID with or without braces.
func (r ProjectRef) Folded() string {
	if r.GUID != "" {
		return dn.CanonicalGUID(r.GUID)
	}
	return dn.Fold(r.String())
}

// braced is the spelling of the server's own answers (DOC samples).
func (r ProjectRef) braced() ProjectRef {
	if r.GUID != "" && !strings.HasPrefix(r.GUID, "{") {
		r.GUID = "{" + r.GUID + "}"
	}
	return r
}

// bare is the other spelling.
func (r ProjectRef) bare() ProjectRef {
	r.GUID = strings.Trim(r.GUID, "{}")
	return r
}
