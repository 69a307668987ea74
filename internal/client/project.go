package client

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
)

// Project is a code signing project. A time is zero if the server sent none.
type Project struct {
	DN                     string
	GUID                   string // as the server writes it, usually in braces
	ID                     int64
	Status                 lifecycle.Status
	CreatedOn              time.Time
	ApprovalSubmissionDate time.Time // last transition to Pending (OAS)
	SubmissionNoZone       bool      // ApprovalSubmissionDate had no zone and was read as UTC

	// A list of the settings is nil if the answer does not have it, and empty if it has no element.
	settings.Settings

	Applications, Collections []ProjectRef // Settings.Applications has the DNs of both
	Environments              []Environment

	partial bool // an enumeration had not all settings, or they were too large to keep
}

// ValuesByField merges fields of one name and drops empty values.
func ValuesByField(fields []settings.CustomField) map[string][]string {
	out := make(map[string][]string, len(fields))
	for _, f := range fields {
		values := slices.DeleteFunc(slices.Clone(f.Values), func(v string) bool { return v == "" })
		out[f.Name] = append(append([]string{}, out[f.Name]...), values...)
	}
	return out
}

// Environment is a key or certificate environment of a project.
type Environment struct {
	Kind        string // Certificate, KeyPair, CSP, DotNet, GPG, Apple
	DN, GUID    string
	ID          int64
	Status      lifecycle.Status
	HasStatus   bool // false: the server sent no status
	Description string
}

// ProjectFilter restricts an enumeration on the server; the zero value does not.
type ProjectFilter struct {
	Filter string `json:",omitempty"` // simple name filter (DOC); support of wildcards is not documented
	Rights int    `json:",omitempty"` // minimum rights of the caller, a sum of SignRight bits
}

// ProjectRef identifies a project, or any object of Config. In a request exactly one field is set.
type ProjectRef struct {
	DN   string `json:"Dn,omitempty"`
	GUID string `json:"Guid,omitempty"`
	ID   int64  `json:"Id,omitempty"`
}

// ByDN identifies by distinguished name.
func ByDN(name string) ProjectRef { return ProjectRef{DN: name} }

// ByGUID identifies by GUID, with or without braces.
func ByGUID(guid string) ProjectRef { return ProjectRef{GUID: guid} }

// ByID identifies by the server's number.
func ByID(id int64) ProjectRef { return ProjectRef{ID: id} }

// String returns the identifier, for messages.
func (r ProjectRef) String() string {
	switch {
	case r.DN != "":
		return r.DN
	case r.GUID != "":
		return r.GUID
	}
	return strconv.FormatInt(r.ID, 10)
}

// Folded returns the same text for all spellings of a name: a DN in any case, a GUID with or
// without braces.
func (r ProjectRef) Folded() string {
	if r.GUID != "" {
		return dn.CanonicalGUID(r.GUID)
	}
	return dn.Fold(r.String())
}

// braced returns the spelling of the server's own answers (DOC samples).
func (r ProjectRef) braced() ProjectRef {
	if r.GUID != "" && !strings.HasPrefix(r.GUID, "{") {
		r.GUID = "{" + r.GUID + "}"
	}
	return r
}
