package simulator

// ProjectModes choose between the answers that the facts leave open for the calls that create,
// change, rename and delete projects, and for what a plan of them reads. Their members are members
// of Settings, also in JSON. The zero value keeps what a request leaves out, asks for no approval and accepts
// every trustee.
type ProjectModes struct {
	// AbsentListsCleared: UpdateProject empties a list that the request leaves out (roles,
	// applications, custom fields).
	AbsentListsCleared bool `json:"absent_lists_cleared,omitempty"`
	// AbsentDescriptionCleared: UpdateProject clears a description that the request leaves out.
	AbsentDescriptionCleared bool `json:"absent_description_cleared,omitempty"`
	// DirtyRequired: UpdateProject ignores a list without "Dirty": true.
	DirtyRequired bool `json:"dirty_required,omitempty"`
	// OwnersRequired refuses an UpdateProject without Owners.
	OwnersRequired bool `json:"owners_required,omitempty"`
	// EmptyOwnersRefused refuses an UpdateProject that leaves a project without owners.
	EmptyOwnersRefused bool `json:"empty_owners_refused,omitempty"`
	// UpdateSetsStatus: UpdateProject honors Status and ProjectStatus, which it ignores otherwise.
	UpdateSetsStatus bool `json:"update_sets_status,omitempty"`
	// UpdateRenames: UpdateProject renames a project whose Dn differs from the stored one.
	UpdateRenames bool `json:"update_renames,omitempty"`
	// MoveRefused: RenameProject does not accept another folder.
	MoveRefused bool `json:"move_refused,omitempty"`
	// UpdateLag is how long (ms) reads still show the values before an UpdateProject.
	UpdateLag int `json:"update_lag,omitempty"`
	// DeleteLag is how long (ms) a project stays after a DeleteProject that needs no approval.
	DeleteLag int `json:"delete_lag,omitempty"`
	// UpdateFlow and DeleteFlow hold UpdateProject and DeleteProject behind a flow ticket.
	UpdateFlow FlowMode `json:"update_flow,omitzero"`
	DeleteFlow FlowMode `json:"delete_flow,omitzero"`

	// CreatorNotOwner: CreateProject makes a project without owners.
	CreatorNotOwner bool `json:"creator_not_owner,omitempty"`
	// EnforceGroupRoles and PreventSelfDealing are members of the global configuration. The second
	// one has no effect on the calls that change a project.
	EnforceGroupRoles  bool `json:"enforce_group_roles,omitempty"`
	PreventSelfDealing bool `json:"prevent_self_dealing,omitempty"`
	// UsersUnderGroupRoles is what UpdateProject does with users under EnforceGroupRoles: "" refuses
	// those that are new in a role, "refuse" all of them, "accept" none.
	UsersUnderGroupRoles string `json:"users_under_group_roles,omitempty"`
	// UnknownTrusteesRefused refuses a new trustee that is in no directory.
	UnknownTrusteesRefused bool `json:"unknown_trustees_refused,omitempty"`
	// UnknownApplicationsRefused saves all but the applications (RelatedObjectNotSaved) when a new one
	// does not exist.
	UnknownApplicationsRefused bool `json:"unknown_applications_refused,omitempty"`
	// ListSpelling of the role and application lists in answers: any of "upper" (upper case),
	// "sorted" and "reversed", separated by commas.
	ListSpelling string `json:"list_spelling,omitempty"`

	// CustomFieldSpelling is how values of custom fields are stored: "" (as sent), "upper" (upper
	// case) or "date" (2027-03-31 becomes 3/31/2027).
	CustomFieldSpelling string `json:"custom_field_spelling,omitempty"`
	// CustomFieldTypes are the types of fields by name; 1 where absent. A field with another type is
	// refused.
	CustomFieldTypes map[string]int `json:"custom_field_types,omitempty"`
	// RequiredCustomFields refuse an UpdateProject that leaves the project without a value for one.
	RequiredCustomFields []string `json:"required_custom_fields,omitempty"`
	// EmptyFieldsShown: a custom field without values stays in answers.
	EmptyFieldsShown bool `json:"empty_fields_shown,omitempty"`

	// Failures are Codesign operations that fail, by name, for example "Codesign/UpdateProject".
	Failures map[string]Failure `json:"failures,omitempty"`

	// GlobalConfiguration replaces members of the global configuration by name; null answers null.
	GlobalConfiguration map[string]any `json:"global_configuration,omitempty"`
	// OldGlobalConfiguration answers the eight members of older servers.
	OldGlobalConfiguration bool `json:"old_global_configuration,omitempty"`
	// LowerCaseCountry spells the member Country of environments "country", as before 22.4.
	LowerCaseCountry bool `json:"lower_case_country,omitempty"`
	// OldArgumentPattern names CommandRestrictionRegex of applications PermittedArgumentPattern.
	OldArgumentPattern bool `json:"old_argument_pattern,omitempty"`
	// DoubledDNS: CreateEnvironment takes DNs with each backslash doubled, and answers show the DN of
	// an environment so, as before 24.3.
	DoubledDNS bool `json:"doubled_dns,omitempty"`
	// UnknownTemplatesRefused: CreateEnvironment refuses a template that does not exist, in place of
	// using the default template.
	UnknownTemplatesRefused bool `json:"unknown_templates_refused,omitempty"`
}

// FlowMode says how a change of a project is approved.
type FlowMode struct {
	// Decision is "" (the flow asks for no approval), "wait" (a ticket waits for its approvers), "approved" or
	// "rejected" (an approver outside decides after Delay).
	Decision string `json:"decision,omitempty"`
	// Delay (ms) until the decision.
	Delay int `json:"delay,omitempty"`
	// SpareDrafts: projects in the status Draft need no approval.
	SpareDrafts bool `json:"spare_drafts,omitempty"`
	// Second is what happens to another request of the kind while a ticket waits: "queue" (a ticket of
	// its own; default for updates), "replace" (the earlier ticket is gone) or "refuse" (default for
	// deletions). For a deletion "queue" and "replace" answer Success and change nothing.
	Second string `json:"second,omitempty"`
}

// applies reports whether a project in a status needs an approval.
func (m FlowMode) applies(status int) bool {
	return m.Decision != "" && (!m.SpareDrafts || status != draft)
}

// Failure is a result code that an operation answers.
type Failure struct {
	Result int `json:"result"`
	// Saved is what the operation does all the same: "" nothing, "all", "object" (UpdateProject:
	// everything but the roles; CreateProject: a project without owners) or "roles" (UpdateProject:
	// nothing but the roles).
	Saved string `json:"saved,omitempty"`
	// Count is how many requests fail; 0 means no end.
	Count int `json:"count,omitempty"`
	// For is how long (ms) requests fail, from the first one on; 0 means no end.
	For int `json:"for,omitempty"`
}

// ProjectEdit is what an administrator changes of a project in the web console; what it leaves out
// stays. People are given as in a World.
type ProjectEdit struct {
	Description     *string  `json:"description,omitempty"`
	Owners          ListEdit `json:"owners,omitzero"`
	Auditors        ListEdit `json:"auditors,omitzero"`
	KeyUsers        ListEdit `json:"key_users,omitzero"`
	KeyUseApprovers ListEdit `json:"key_use_approvers,omitzero"`
	Applications    ListEdit `json:"applications,omitzero"`
	// CustomFields replaces the values of the fields it names; none removes the field.
	CustomFields map[string][]string `json:"custom_fields,omitempty"`
}

// ListEdit is what comes into a list and what goes.
type ListEdit struct {
	Add    []string `json:"add,omitempty"`
	Remove []string `json:"remove,omitempty"`
}
