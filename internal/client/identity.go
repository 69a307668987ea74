package client

import "errors"

// Identity is a user, group or other trustee (IdentityEntry, OAS).
type Identity struct {
	PrefixedUniversal string // "local:{…}", "AD+CORP:<32 hex>"; the stable name
	PrefixedName      string // "local:jane"
	Name, FullName    string
	Prefix, Universal string
	IsGroup           bool
	IsContainer       bool
	Type              int64 // flags: 1 user, 2 group, 4 container, 8 distribution list, 16 machine, 32 provider
}

// The flags of Identity.Type that follow from other members.
const (
	typeUser      = 1
	typeGroup     = 2
	typeContainer = 4
)

// Kind returns user, group, container, distribution_list, machine, provider or unknown. A
// distribution list is a group too, so the narrower flag comes first.
func (i Identity) Kind() string {
	for _, k := range []struct {
		flag int64
		name string
	}{
		{8, "distribution_list"},
		{typeGroup, "group"},
		{typeUser, "user"},
		{16, "machine"},
		{typeContainer, "container"},
		{32, "provider"},
	} {
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

var errNoCaller = errors.New("the answer does not contain the identity of the caller")

// wireIdentity is an IdentityEntry (OAS).
type wireIdentity struct {
	PrefixedUniversal, PrefixedName, Name, FullName, Prefix, Universal flexString
	IsGroup, IsContainer                                               flexBool
	Type                                                               flexInt
}

func (w wireIdentity) prefixedUniversal() flexString {
	if w.PrefixedUniversal == "" && w.Prefix != "" && w.Universal != "" {
		return w.Prefix + ":" + w.Universal
	}
	return w.PrefixedUniversal
}

// best returns the prefixed universal, else the prefixed name.
func (w wireIdentity) best() flexString {
	if u := w.prefixedUniversal(); u != "" {
		return u
	}
	return w.PrefixedName
}

// anyName returns any name that there is, so that no identity gets lost from a list.
func (w wireIdentity) anyName() flexString {
	switch best := w.best(); {
	case best != "":
		return best
	case w.Prefix != "" && w.Name != "":
		return w.Prefix + ":" + w.Name
	}
	return w.Name
}

// kind returns the Type, or derives it: some servers do not send all members.
func (w wireIdentity) kind() int64 {
	switch {
	case w.Type.set:
		return w.Type.n
	case w.IsGroup.value:
		return typeGroup
	case w.IsContainer.value:
		return typeContainer
	case w.IsGroup.set:
		return typeUser
	}
	return 0
}

func (w wireIdentity) identity() Identity {
	return Identity{
		PrefixedUniversal: string(w.prefixedUniversal()), PrefixedName: string(w.PrefixedName), Name: string(w.Name),
		FullName: string(w.FullName), Prefix: string(w.Prefix), Universal: string(w.Universal),
		IsGroup: w.IsGroup.value, IsContainer: w.IsContainer.value, Type: w.kind(),
	}
}
