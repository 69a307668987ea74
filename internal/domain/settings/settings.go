// Package settings holds the rules of what can be configured on a project: its description, who has
// which role, the permitted applications and the custom fields. It merges changes, applies and
// compares them.
package settings

// Role is a role on a project. Its text is the name of the right that it gives (package signright).
type Role string

// The roles.
const (
	Owner      Role = "Owner"
	Audit      Role = "Audit"
	Use        Role = "Use"
	ApproveUse Role = "ApproveUse"
)

// Roles are all roles.
func Roles() []Role { return []Role{Owner, Audit, Use, ApproveUse} }

var trusteesOf = map[Role]Field{Owner: Owners, Audit: Auditors, Use: KeyUsers, ApproveUse: KeyUseApprovers}

// Field is the setting that holds the trustees of the role, or "" if the role does not exist.
func (r Role) Field() Field { return trusteesOf[r] }

// Field names a setting, as the arguments of resources are named.
type Field string

// The fields.
const (
	Description     Field = "description"
	Owners          Field = "owners"
	Auditors        Field = "auditors"
	KeyUsers        Field = "key_users"
	KeyUseApprovers Field = "key_use_approvers"
	Applications    Field = "applications"
	CustomFields    Field = "custom_fields"
)

// Fields are all fields, in the order of Compare.
func Fields() []Field {
	return []Field{Description, Owners, Auditors, KeyUsers, KeyUseApprovers, Applications, CustomFields}
}

// CustomField is a field that the administrators of the server have defined.
type CustomField struct {
	Name   string
	Values []string
	Type   int
}

// Settings are all that UpdateProject changes. Lists of trustees and of applications are sets in
// which case does not matter. A description and the values of a custom field are exact.
type Settings struct {
	Description                                 string
	Owners, Auditors, KeyUsers, KeyUseApprovers []string // prefixed universals
	Applications                                []string // DNs of applications and collections
	CustomFields                                []CustomField
}

// Trustees are those that have a role.
func (s Settings) Trustees(r Role) []string { return s.Items(r.Field()) }

// Items are those of a set, nil for a field that is not one.
func (s Settings) Items(f Field) []string {
	if list := s.list(f); list != nil {
		return *list
	}
	return nil
}

// Values are those of a custom field, nil without it.
func (s Settings) Values(name string) []string {
	if i := indexOfField(s.CustomFields, name); i >= 0 {
		return s.CustomFields[i].Values
	}
	return nil
}

// list is nil for a field that is not a set.
func (s *Settings) list(f Field) *[]string {
	return map[Field]*[]string{
		Owners: &s.Owners, Auditors: &s.Auditors, KeyUsers: &s.KeyUsers, KeyUseApprovers: &s.KeyUseApprovers,
		Applications: &s.Applications,
	}[f]
}
