package client

import (
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// Project is a code signing project. The role lists hold prefixed universals; a time is zero where the server told none.
type Project struct {
	DN                     string
	GUID                   string // as the server writes it, usually in braces
	ID                     int64
	Status                 lifecycle.Status
	Description            string
	CreatedOn              time.Time
	ApprovalSubmissionDate time.Time // when it last went to Pending (OAS)
	SubmissionNoZone       bool      // ApprovalSubmissionDate came without a zone and was read as UTC

	Owners, Auditors, KeyUsers, KeyUseApprovers []string

	ApplicationDNs            []string
	Applications, Collections []ObjectRef
	Environments              []Environment
	CustomFields              map[string][]string // field name to values
}

// ObjectRef names an application or an application collection.
type ObjectRef struct {
	DN   string
	GUID string
	ID   int64
}

// Environment is a key or certificate environment of a project.
type Environment struct {
	Kind        string // Certificate, KeyPair, CSP, DotNet, GPG, Apple
	DN, GUID    string
	ID          int64
	Status      lifecycle.Status
	HasStatus   bool // false: the server told no status, and Status means nothing
	Description string
}

// ProjectFilter narrows an enumeration on the server; the zero value narrows nothing.
type ProjectFilter struct {
	Filter string // simple name filter (DOC); whether it takes wildcards is not documented
	Rights int    // least rights of the caller, a sum of SignRight bits
}

// Grant is what one trustee may do to an object. Value is the sum of SignRight bits, as sent.
type Grant struct {
	Trustee string // prefixed universal
	Value   int64
}

// ObjectGrant is what a trustee may do to one object.
type ObjectGrant struct {
	DN    string
	Value int64
}
