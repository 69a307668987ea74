package simulator

import (
	"fmt"
	"strings"
)

var objectOperations = []operation{
	{name: "Codesign/GetApplication", method: post, scope: "codesign", members: "Dn Guid Id", handle: getObject(classApplication, "Application")},
	{name: "Codesign/GetApplicationCollection", method: post, scope: "codesign", members: "Dn Guid Id", handle: getObject(classCollection, "ApplicationCollection")},
	{name: "Codesign/EnumerateApplications", method: post, scope: "codesign", members: "Filter", handle: enumerateObjects(classApplication, "Applications")},
	{name: "Codesign/EnumerateApplicationCollections", method: post, scope: "codesign", members: "Filter", handle: enumerateObjects(classCollection, "ApplicationCollections")},
	{name: "Codesign/GetApplicationCollectionMemberDNs", method: post, scope: "codesign", members: "Dn Guid Id Application", handle: collectionMembers},
	{name: "Codesign/GetApplicationCollectionMembers", method: post, scope: "codesign", members: "Dn Guid Id Application", handle: collectionMemberObjects},
	{name: "Codesign/CountReferences", method: post, scope: "codesign", members: "Application ApplicationCollection", handle: countReferences},
	{name: "Codesign/EnumerateTemplates", method: post, scope: "codesign", members: "Filter", handle: enumerateTemplates},
	{name: "Codesign/GetGlobalConfiguration", method: get, scope: "codesign", handle: globalConfiguration},
	{name: "Codesign/GetEnvironment", method: post, scope: "codesign", members: "Dn Guid Id", handle: getEnvironment},
}

// targetOf finds the object of one class that a request names.
func (c *call) targetOf(class string) *item {
	it, what := c.target()
	if it == nil {
		c.stop(c.missing(what))
	}
	if it.class != class {
		c.stop(signFail(signWrongType, fmt.Sprintf("%s is of class %s.", what, it.class)))
	}
	return it
}

func getObject(class, member string) func(*call) answer {
	return func(c *call) answer { return signOK(object{member: c.objectObject(c.targetOf(class))}) }
}

func enumerateObjects(class, member string) func(*call) answer {
	return func(c *call) answer {
		filter, found := c.str("Filter"), []object{}
		for _, it := range c.objects.of(class) {
			if hasPart(lastPart(it.dn), filter) {
				found = append(found, c.objectObject(it))
			}
		}
		return signOK(object{member: found})
	}
}

func collectionMembers(c *call) answer {
	applications, collections := c.members(c.targetOf(classCollection))
	return signOK(object{"ApplicationDNs": applications, "ApplicationCollectionDNs": collections})
}

func collectionMemberObjects(c *call) answer {
	it := c.targetOf(classCollection)
	applications, collections := c.members(it)
	return signOK(object{
		"ApplicationCollection": c.objectObject(it),
		"Applications":          c.references(applications), "ApplicationCollections": c.references(collections),
	})
}

func getEnvironment(c *call) answer {
	it := c.targetOf(classEnvironment)
	if rightsOf(c.who(), it.parent.item)&anyRole == 0 {
		c.stop(c.forbidden(it.dn))
	}
	for _, e := range it.parent.environments {
		if e.item == it {
			return signOK(object{e.kind() + "Environment": c.environmentObject(e)})
		}
	}
	return c.missing(it.dn)
}

// kind is the environment's kind in the spelling of the answers' members.
func (e *environment) kind() string {
	for _, kind := range environmentKinds {
		if strings.EqualFold(e.Kind, kind) {
			return kind
		}
	}
	return environmentKinds[0]
}
