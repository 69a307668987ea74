package simulator

import "slices"

// identityMembers lists who is in a group; with ResolveNested the members of its groups, too.
func identityMembers(c *call) answer {
	group := c.identity()
	if group == nil || !group.group {
		return sdkError(400, "The identity is not a group.")
	}
	nested, _ := c.number("ResolveNested")
	list := []object{}
	for _, i := range c.people.all {
		direct := slices.Contains(i.memberOf, group)
		if direct || nested != 0 && i != group && slices.Contains(i.closure(), group) {
			list = append(list, i.entry())
		}
	}
	return answer{body: object{"Identities": list}}
}

// identityMemberships lists the groups that an identity is in, also through other groups.
func identityMemberships(c *call) answer {
	i := c.identity()
	if i == nil {
		return sdkError(400, "The identity could not be found.")
	}
	list := []object{}
	for _, group := range i.closure()[1:] {
		list = append(list, group.entry())
	}
	return answer{body: object{"Identities": list}}
}
