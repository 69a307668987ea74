package client

// Identity is a user, group or other trustee (IdentityEntry, OAS).
type Identity struct {
	PrefixedUniversal string // "local:{…}", "AD+CORP:<32 hex>"; the stable name
	PrefixedName      string // "local:jane"
	Name, FullName    string
	Prefix, Universal string
	IsGroup           bool
	IsContainer       bool
	Type              int64 // flags: 1 user, 2 group, 4 container, 8 distribution list, 16 machine, 32 provider; made of IsGroup where only that came
	State             int64 // flags: 1 disabled, 2 locked out, 4 deleted, 8 unverifiable
}

// The flags of Identity.Type that can be told without it.
const (
	typeUser      = 1
	typeGroup     = 2
	typeContainer = 4
)

// Kind is user, group, container, distribution_list, machine, provider or unknown. A distribution list is a group too, so the
// narrower flag is looked at first.
func (i Identity) Kind() string {
	for _, k := range []struct {
		flag int64
		name string
	}{{8, "distribution_list"}, {typeGroup, "group"}, {typeUser, "user"}, {16, "machine"}, {typeContainer, "container"}, {32, "provider"}} {
		if i.Type&k.flag != 0 {
			return k.name
		}
	}
	switch {
	case i.IsGroup:
		return "group"
	case i.IsContainer:
		return "container"
	}
	return "unknown"
}

// ConfigObject is an object as Config/IsValid describes it.
type ConfigObject struct {
	DN, GUID, AbsoluteGUID, Name, Parent, Class string
	ID, Revision                                int64
}
