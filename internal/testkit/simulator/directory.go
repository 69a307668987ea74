package simulator

import (
	"cmp"
	"slices"
	"strings"
)

// Bits of SignRight.
const (
	rightAdmin            = 1
	rightUse              = 2
	rightAudit            = 4
	rightOwner            = 8
	rightProjectApproval  = 16
	rightApplicationAdmin = 32
	rightApproveUse       = 64
)

// identity is a user or a group in the directory.
type identity struct {
	User
	prefixed string // universal; local ones wear braces, others are bare hex
	group    bool
	rights   int // on the whole installation
	memberOf []*identity
	closure  []*identity // itself and every group it belongs to, also through groups
}

func (i *identity) prefixedName() string { return i.Prefix + ":" + i.Name }

// directory finds identities by every name they have.
type directory struct {
	all   []*identity
	names map[string]*identity
	// dashed universals are dashed GUIDs without braces, in every directory.
	dashed bool
}

func newDirectory(w World) *directory {
	d := &directory{names: map[string]*identity{}, dashed: w.Settings.DashedUniversals}
	for _, u := range w.Users {
		d.add(&identity{User: u})
	}
	for _, g := range w.Groups {
		d.add(&identity{group: true, User: User(g)})
	}
	for _, g := range w.Groups {
		for _, member := range g.Members {
			m := d.must(member)
			m.memberOf = append(m.memberOf, d.must(g.Name))
		}
	}
	for _, i := range d.all {
		i.closure = []*identity{i}
		for n := 0; n < len(i.closure); n++ {
			outer := kept(i.closure[n].memberOf, func(g *identity) bool { return !slices.Contains(i.closure, g) })
			i.closure = append(i.closure, outer...)
		}
	}
	return d
}

func (d *directory) add(i *identity) {
	i.Prefix = cmp.Or(i.Prefix, "local")
	i.Universal = cmp.Or(i.Universal, guidOf("identity", i.Prefix, i.Name))
	i.FullName = cmp.Or(i.FullName, i.Name)
	guid := foldGUID(i.Universal)
	switch {
	case d.dashed:
	case i.Prefix == "local":
		guid = "{" + guid + "}"
	default:
		guid = strings.ReplaceAll(guid, "-", "")
	}
	i.prefixed = i.Prefix + ":" + guid
	i.rights = choose(i.Admin, rightAdmin, 0) | choose(i.ApplicationAdmin, rightApplicationAdmin, 0) |
		choose(i.ProjectApprover, rightProjectApproval, 0)
	d.all = append(d.all, i)
	for _, key := range []string{i.Name, i.prefixedName(), i.prefixed} {
		if _, taken := d.names[strings.ToLower(key)]; !taken {
			d.names[strings.ToLower(key)] = i
		}
	}
}

// user is the first enabled user that a rule accepts; nil for none.
func (d *directory) user(accept func(User) bool) *identity {
	return first(d.all, func(i *identity) bool { return !i.group && !i.Disabled && accept(i.User) })
}

// find takes a name, a prefixed name or a prefixed universal.
func (d *directory) find(name string) *identity { return d.names[strings.ToLower(name)] }

// holder is who has a prefixed universal, in whatever case; nil for none.
func (d *directory) holder(universal string) *identity {
	if i := d.find(universal); i != nil && strings.EqualFold(i.prefixed, universal) {
		return i
	}
	return nil
}

func (d *directory) must(name string) *identity {
	if i := d.find(name); i != nil {
		return i
	}
	panic("simulator: there is no user or group " + name)
}

// trustee is the prefixed universal of a known name; anything else is taken as a prefixed universal
// already.
func (d *directory) trustee(name string) string {
	if i := d.find(name); i != nil {
		return i.prefixed
	}
	return name
}

func (d *directory) trustees(names []string) []string {
	return mapped(names, d.trustee)
}

// rights are the bits of people, by prefixed universal.
func (d *directory) rights(byName map[string]int) map[string]int {
	rights := map[string]int{}
	for name, bits := range byName {
		rights[d.trustee(name)] |= bits
	}
	return rights
}

// holders lists the prefixed universals that hold one of the global bits.
func (d *directory) holders(bits int) []string {
	holders := kept(d.all, func(i *identity) bool { return i.rights&bits != 0 })
	return mapped(holders, func(i *identity) string { return i.prefixed })
}

// includes reports whether the identity, or a group of it, is in the list of prefixed universals.
func (i *identity) includes(list []string) bool {
	return first(i.closure, func(me *identity) bool { return hasFold(list, me.prefixed) }) != nil
}

// global is the sum of the installation-wide rights of the identity and its groups.
func (i *identity) global() int {
	rights := 0
	for _, me := range i.closure {
		rights |= me.rights
	}
	return rights
}
