package client

import "errors"

var errNoCaller = errors.New("the server does not say who the caller is")

// wireIdentity is an IdentityEntry (OAS).
type wireIdentity struct {
	PrefixedUniversal, PrefixedName, Name, FullName, Prefix, Universal flexString
	IsGroup, IsContainer                                               flexBool
	Type, State                                                        flexInt
}

func (w wireIdentity) prefixedUniversal() flexString {
	if w.PrefixedUniversal == "" && w.Prefix != "" && w.Universal != "" {
		return w.Prefix + ":" + w.Universal
	}
	return w.PrefixedUniversal
}

// best names somebody even where the universal is missing.
func (w wireIdentity) best() flexString {
	if u := w.prefixedUniversal(); u != "" {
		return u
	}
	return w.PrefixedName
}

// anyName names somebody by whatever there is: who cannot be named must not go missing from a list.
func (w wireIdentity) anyName() flexString {
	switch best := w.best(); {
	case best != "":
		return best
	case w.Prefix != "" && w.Name != "":
		return w.Prefix + ":" + w.Name
	}
	return w.Name
}

// kind is the Type, or where none came what the rest makes of it: not all servers send all members.
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
		IsGroup: w.IsGroup.value, IsContainer: w.IsContainer.value, Type: w.kind(), State: w.State.n,
	}
}
