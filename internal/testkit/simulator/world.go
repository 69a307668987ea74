package simulator

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"time"
)

// World is everything a server knows when it starts, and the format of the file that the command
// loads. The zero World is valid; a World without users gets one administrator, "admin" with the
// password "admin".
type World struct {
	Users  []User  `json:"users,omitempty"`
	Groups []Group `json:"groups,omitempty"`
	// Folders are DNs or names below the root of projects.
	Folders         []string         `json:"folders,omitempty"`
	Projects        []Project        `json:"projects,omitempty"`
	Applications    []Object         `json:"applications,omitempty"`
	Collections     []Object         `json:"collections,omitempty"`
	WorkflowTickets []WorkflowTicket `json:"workflow_tickets,omitempty"`
	FlowTickets     []FlowTicket     `json:"flow_tickets,omitempty"`
	Clients         []ClientApp      `json:"clients,omitempty"`
	Settings        Settings         `json:"settings,omitzero"`
}

// User can log in.
type User struct {
	Name     string `json:"name"`
	FullName string `json:"full_name,omitempty"`
	// Universal is a GUID in 8-4-4-4-12 form; derived from the name when empty.
	Universal string `json:"universal,omitempty"`
	// Prefix names the identity provider: "local" (default), "AD+CORP", "LDAP+X".
	Prefix   string `json:"prefix,omitempty"`
	Password string `json:"password,omitempty"`
	// Certificate is the common name of the TLS client certificate that logs this user in; the user
	// name counts when empty.
	Certificate string `json:"certificate,omitempty"`
	// JWTSubject is the `sub` claim that logs this user in; the user name counts when empty.
	JWTSubject string `json:"jwt_subject,omitempty"`
	// JWTs are opaque strings accepted in place of a signed token.
	JWTs []string `json:"jwts,omitempty"`
	// Admin, ApplicationAdmin and ProjectApprover hold on the whole installation.
	Admin            bool `json:"admin,omitempty"`
	ApplicationAdmin bool `json:"application_admin,omitempty"`
	ProjectApprover  bool `json:"project_approver,omitempty"`
	// Config lets the user see the whole configuration tree (administrators always do).
	Config   bool `json:"config,omitempty"`
	Disabled bool `json:"disabled,omitempty"`
	// Members are the users and groups in a group.
	Members []string `json:"members,omitempty"`
}

// Group is a set of users and groups that can hold any role a user can.
type Group User

// Project is a signing project. People are given by the name of a user or group, or as a prefixed
// universal, which then need not belong to a known user.
type Project struct {
	// Name alone puts the project under \VED\Code Signing\Projects; Dn beats it.
	Name        string    `json:"name,omitempty"`
	DN          string    `json:"dn,omitempty"`
	GUID        string    `json:"guid,omitempty"`
	ID          int64     `json:"id,omitempty"`
	Description string    `json:"description,omitempty"`
	CreatedOn   time.Time `json:"created_on,omitzero"`
	// Status is a name (Disabled, Enabled, Draft, Pending, Deleted, DisabledByParent) or a number as
	// text; Draft when empty.
	Status          string        `json:"status,omitempty"`
	Owners          []string      `json:"owners,omitempty"`
	Auditors        []string      `json:"auditors,omitempty"`
	KeyUsers        []string      `json:"key_users,omitempty"`
	KeyUseApprovers []string      `json:"key_use_approvers,omitempty"`
	Applications    []string      `json:"applications,omitempty"`
	Collections     []string      `json:"collections,omitempty"`
	Environments    []Environment `json:"environments,omitempty"`
	// CustomFields are values by the name of their field.
	CustomFields map[string][]string `json:"custom_fields,omitempty"`
	// Rights are bits added for a person on top of the roles, also bits without a name.
	Rights map[string]int `json:"rights,omitempty"`
	// Approvers replaces those who approve this project's submission (by default administrators and
	// project approvers).
	Approvers         []string `json:"approvers,omitempty"`
	RequiredApprovals int      `json:"required_approvals,omitempty"`
	// NoTicket leaves a project that starts out Pending without a flow ticket.
	NoTicket bool `json:"no_ticket,omitempty"`
	// DeleteNeedsApproval makes DeleteProject queue the deletion (status Deleted).
	DeleteNeedsApproval bool `json:"delete_needs_approval,omitempty"`
}

// Environment is a signing environment of a project.
type Environment struct {
	Name string `json:"name"`
	// Kind is Certificate (default), KeyPair, CSP, DotNet, GPG or Apple.
	Kind        string `json:"kind,omitempty"`
	GUID        string `json:"guid,omitempty"`
	ID          int64  `json:"id,omitempty"`
	Status      string `json:"status,omitempty"`
	Description string `json:"description,omitempty"`
	Template    string `json:"template,omitempty"`
	// KeyAlgorithm is RSA2048 when empty; CertificateDN is derived for kinds with a certificate.
	KeyAlgorithm  string `json:"key_algorithm,omitempty"`
	CertificateDN string `json:"certificate_dn,omitempty"`
	// KeyUseFlow is the DN of the flow that a signing passes.
	KeyUseFlow      string              `json:"key_use_flow,omitempty"`
	IPAddresses     []string            `json:"ip_addresses,omitempty"`
	TimeConstraints []string            `json:"time_constraints,omitempty"`
	CustomFields    map[string][]string `json:"custom_fields,omitempty"`
	// Values are other members with a value, by name, for example "Country" and
	// "SigningKeyAlgorithm".
	Values map[string]string `json:"values,omitempty"`
	// Members are plain members of the answer by name, for example "RequireJustification" and
	// "PerUser".
	Members map[string]any `json:"members,omitempty"`
}

// Object is a signing application or a collection of them.
type Object struct {
	Name        string         `json:"name,omitempty"`
	DN          string         `json:"dn,omitempty"`
	GUID        string         `json:"guid,omitempty"`
	ID          int64          `json:"id,omitempty"`
	Description string         `json:"description,omitempty"`
	Version     string         `json:"version,omitempty"`
	Location    string         `json:"location,omitempty"`
	Members     []string       `json:"members,omitempty"`
	Rights      map[string]int `json:"rights,omitempty"`
}

// WorkflowTicket is a ticket of the Workflow/Ticket family.
type WorkflowTicket struct {
	GUID        string   `json:"guid,omitempty"`
	Status      string   `json:"status,omitempty"` // Pending when empty
	Approvers   []string `json:"approvers,omitempty"`
	Blocking    string   `json:"blocking,omitempty"`      // DN of the object that waits
	IssuedDueTo string   `json:"issued_due_to,omitempty"` // DN of the workflow
	Reason      string   `json:"reason,omitempty"`        // shown as ApprovalReason
	Explanation string   `json:"explanation,omitempty"`
	UserData    string   `json:"user_data,omitempty"`
	// ScheduledStart and ScheduledStop are kept exactly as they came over the wire.
	ScheduledStart string    `json:"scheduled_start,omitempty"`
	ScheduledStop  string    `json:"scheduled_stop,omitempty"`
	Created        time.Time `json:"created,omitzero"`
	UpdatedBy      string    `json:"updated_by,omitempty"`
	// HiddenUntilRefresh hides the ticket from every session that has not called Permissions/Refresh
	// since the ticket came into being.
	HiddenUntilRefresh bool `json:"hidden_until_refresh,omitempty"`

	updated time.Time
	born    int64 // serial
}

// FlowTicket is a ticket of the Flow/Tickets family.
type FlowTicket struct {
	ID int64  `json:"id,omitempty"`
	DN string `json:"dn,omitempty"` // the object it is about
	// ProductCode is ProjectFlow when zero.
	ProductCode       int64             `json:"product_code,omitempty"`
	Approvers         []string          `json:"approvers,omitempty"`
	RequiredApprovals int               `json:"required_approvals,omitempty"`
	Approvals         []Approval        `json:"approvals,omitempty"`
	Environment       map[string]string `json:"environment,omitempty"` // beside ObjectDn
	// State is pending (default), approved (and still usable), rejected or used.
	State            string    `json:"state,omitempty"`
	RejectionStatus  int       `json:"rejection_status,omitempty"`
	RejectionComment string    `json:"rejection_comment,omitempty"`
	Created          time.Time `json:"created,omitzero"`

	submittedBy *identity      // nil for someone outside the API
	visibleFrom time.Time      // when Enumerate starts to show the ticket
	change      *projectChange // of an update that waits
}

// Approval is one given approval of a flow ticket.
type Approval struct {
	Universal string    `json:"universal"`
	Comment   string    `json:"comment,omitempty"`
	Time      time.Time `json:"time,omitzero"`
}

// ClientApp is an API integration. A World without any accepts every client id.
type ClientApp struct {
	ID string `json:"id"`
	// Scope is the most that may be granted; everything when empty.
	Scope string `json:"scope,omitempty"`
	// Users limits who may be granted a token; all users when empty.
	Users []string `json:"users,omitempty"`
	// NoRefresh issues no refresh tokens.
	NoRefresh bool `json:"no_refresh,omitempty"`
	// AccessTokenLifetime in seconds; the setting of the same name when zero.
	AccessTokenLifetime int `json:"access_token_lifetime,omitempty"`
}

// Product codes of flow tickets, as the server numbers them.
const (
	FlowComponent int64 = 0x60020000 // every code-signing flow
	KeyUseFlow    int64 = 0x60020001
	// ProjectFlow is made up: the vendor does not publish the codes of the project flows.
	ProjectFlow       int64 = 0x60020002
	ProjectDeleteFlow int64 = 0x60020003
	ProjectUpdateFlow int64 = 0x60020004
)

// ReadWorld decodes a World from JSON and refuses members it does not know.
func ReadWorld(r io.Reader) (World, error) { return readJSON[World](r) }

func readJSON[T any](r io.Reader) (v T, err error) {
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		return v, fmt.Errorf("read %T: %w", v, err)
	}
	return v, nil
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// mustRead decodes a file that is part of the program.
func mustRead[T any](text []byte) T {
	v, err := readJSON[T](bytes.NewReader(text))
	must(err)
	return v
}

//go:embed company.json
var company []byte

// SampleCompany has projects in every status, applications and collections,
// some thirty users and groups, tickets that wait for a decision. The password of a person is
// "demo-" and the first name.
func SampleCompany() World { return mustRead[World](company) }

func (p *project) export() Project {
	w := p.clone()
	w.DN, w.GUID, w.ID, w.Status, w.Rights = p.dn, p.guid, p.id, statusName(p.status), maps.Clone(p.rights)
	for _, e := range p.environments {
		out := e.Environment
		out.GUID, out.ID, out.Status = e.guid, e.id, statusName(e.status)
		w.Environments = append(w.Environments, out)
	}
	return w
}
