package simulator

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
)

// entry is the identity as the API shows it.
func (i *identity) entry() object {
	return object{
		"FullName": i.dn(), "IsGroup": i.group, "IsContainer": false, "Name": i.Name, "Prefix": i.Prefix,
		"PrefixedName": i.prefixedName(), "PrefixedUniversal": i.prefixed,
		"Universal": strings.TrimPrefix(i.prefixed, i.Prefix+":"), "Type": i.kind(),
		"State": choose(i.Disabled, 1, 0),
	}
}

// dn is where the identity stands in its directory; the API calls it FullName. A person's name is
// the attribute "Full Name".
func (i *identity) dn() string {
	if i.Prefix == "local" {
		return `\VED\Identity\` + i.Name
	}
	_, domain, _ := strings.Cut(i.Prefix, "+")
	return "CN=" + strings.ReplaceAll(i.FullName, ",", `\,`) + ",CN=Users,DC=" + strings.ToLower(domain) + ",DC=example"
}

func identityList(list []*identity) answer {
	return answer{body: object{"Identities": mapped(list, (*identity).entry)}}
}

// identityRef is how a request names an identity; each form suffices.
type identityRef struct {
	PrefixedUniversal, PrefixedName, Prefix, Name, Universal string
}

func (r identityRef) key() string {
	return cmp.Or(r.PrefixedUniversal, r.PrefixedName, r.Prefix+":"+cmp.Or(r.Universal, r.Name))
}

func (c *call) identity() *identity {
	var ref identityRef
	c.stopIf(!c.into(&ref, "ID"), badRequest("ID is required."))
	return c.people.find(ref.key())
}

func validateIdentity(c *call) answer {
	if i := c.identity(); i != nil {
		return answer{body: object{"ID": i.entry()}}
	}
	return map[string]answer{
		"null": {body: object{"ID": nil}}, "empty": {}, "204": {status: http.StatusNoContent}, "": {body: object{}},
	}[c.settings.UnknownIdentity]
}

func selfIdentity(c *call) answer { return identityList(c.who().closure) }

// browseIdentities searches the caller's provider, and the local one where settings say so. The
// filter has an implicit * at its end; the limit counts per provider.
func browseIdentities(c *call) answer {
	matches := filter(strings.TrimSuffix(c.str("Filter"), "*") + "*")
	limit, _ := c.number("Limit")
	kinds, _ := c.number("IdentityType")
	found := map[string]int64{}
	var list []*identity
	for _, i := range c.people.all {
		if i.Prefix != c.who().Prefix && (i.Prefix != "local" || !c.settings.BrowseLocal) {
			continue
		}
		most := cmp.Or(max(0, limit), defaultLimit(i.Prefix))
		if (kinds == 0 || kinds&i.kind() != 0) && (matches(i.Name) || matches(i.FullName)) && found[i.Prefix] < most {
			found[i.Prefix]++
			list = append(list, i)
		}
	}
	return identityList(list)
}

// kind is the flag of IdentityType that selects the identity.
func (i *identity) kind() int64 { return choose[int64](i.group, 2, 1) }

func defaultLimit(prefix string) int64 {
	kind, _, _ := strings.Cut(prefix, "+")
	return cmp.Or(map[string]int64{"AD": 250, "LDAP": 500}[kind], 50)
}

func (c *call) knownIdentity() *identity {
	i := c.identity()
	c.stopIf(i == nil, answer{status: 400, body: object{"Error": "The identity could not be found."}})
	return i
}

// identityMembers lists who is in a group; with ResolveNested the members of its groups, too.
func identityMembers(c *call) answer {
	group := c.knownIdentity()
	c.stopIf(!group.group, answer{status: 400, body: object{"Error": "The identity is not a group."}})
	nested, _ := c.number("ResolveNested")
	return identityList(kept(c.people.all, func(i *identity) bool {
		return slices.Contains(i.memberOf, group) || nested != 0 && i != group && slices.Contains(i.closure, group)
	}))
}

// identityMemberships lists the groups that an identity is in, also through other groups.
func identityMemberships(c *call) answer { return identityList(c.knownIdentity().closure[1:]) }
