package simulator

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// enumerateProjects joins the cached objects.
func enumerateProjects(c *call) answer {
	matches := filter(c.str("Filter"))
	rights, _ := c.number("Rights")
	c.stopIf(c.settings.EnumerateRefused,
		signFail(signPermission, "You do not have sufficient rights to list projects."))
	var list [][]byte
	for _, it := range c.objects.of(classProject) {
		held := rightsOf(c.who(), it)
		encoded, dn := c.enumerated(it.project)
		if encoded != nil && held&anyRole != 0 && held&int(rights) == int(rights) && matches(lastPart(dn)) {
			list = append(list, encoded)
		}
	}
	text := fmt.Appendf(nil, `{"Projects":[%s],"Result":1,"Success":true}`, bytes.Join(list, []byte(",")))
	return answer{text: text, result: new(signSuccess)}
}

// enumerateApplications lists applications by a part of their name, which may end in *.
func enumerateApplications(c *call) answer {
	part := strings.ToLower(strings.TrimSuffix(c.str("Filter"), "*"))
	found := kept(c.objects.of(classApplication), func(it *item) bool {
		return strings.Contains(strings.ToLower(lastPart(it.dn)), part)
	})
	return signOK(object{"Applications": mapped(found, c.objectObject)})
}

// filter takes a name, or a pattern with * in it. What a bare word means is not documented; here it is
// the beginning of a name.
func filter(text string) func(name string) bool {
	pattern := strings.ReplaceAll(regexp.QuoteMeta(text), `\*`, ".*")
	if strings.Contains(text, "*") {
		pattern += "$"
	}
	return regexp.MustCompile("(?is)^" + pattern).MatchString
}

// split separates applications from collections.
func (s *Server) split(dns []string) (applications, collections []string) {
	isCollection := func(dn string) bool {
		it := s.objects.at(dn)
		return it != nil && it.class == classCollection
	}
	return kept(dns, func(dn string) bool { return !isCollection(dn) }), kept(dns, isCollection)
}

func collectionMembers(c *call) answer {
	it, what := c.target()
	c.stopIf(it == nil || it.class != classCollection, c.missing(what.String()))
	applications, collections := c.split(mapped(it.source.Members, applicationDN))
	return signOK(object{
		"ApplicationCollection": c.objectObject(it),
		"Applications":          c.references(applications), "ApplicationCollections": c.references(collections),
	})
}

// countReferences counts the projects and collections that list an application or a collection.
func countReferences(c *call) answer {
	var ref objectRef
	if !c.into(&ref, "Application") && !c.into(&ref, "ApplicationCollection") {
		c.stop(badRequest("Application or ApplicationCollection is required."))
	}
	it := c.objects.find(ref)
	c.stopIf(it == nil || it.class != classApplication && it.class != classCollection, c.missing(ref.String()))
	lists := kept(c.objects.order, func(other *item) bool {
		listed := mapped(other.source.Members, applicationDN)
		if other.project != nil {
			listed = other.project.Applications
		}
		return slices.ContainsFunc(listed, func(dn string) bool { return foldDN(dn) == foldDN(it.dn) })
	})
	return signOK(object{"Count": len(lists)})
}

// enumerateTemplates lists the templates of the environments that exist, and the default template.
func enumerateTemplates(c *call) answer {
	matches, lists := filter(c.str("Filter")), object{}
	for _, kind := range environmentKinds {
		algorithms, list := map[string]string{}, []object{}
		if kind == environmentKinds[0] {
			algorithms[defaultTemplate] = "RSA2048"
		}
		for _, it := range c.objects.of(classEnvironment) {
			if e := it.environment; e.Template != "" && e.kind() == kind {
				algorithms[e.Template] = e.value("KeyAlgorithm")
			}
		}
		for i, dn := range sortedKeys(algorithms) {
			if matches(lastPart(dn)) {
				list = append(list, object{
					"Dn": dn, "Guid": c.guid(guidOf("template", dn)), "Id": 100_000 + i, "Description": "",
					"Type": environmentType(kind) + " Template", "VisibleTo": items(nil),
					"KeyAlgorithm": object{"Info": 0, "Value": items([]string{algorithms[dn]})},
				})
			}
		}
		lists[kind+"Templates"] = list
	}
	return signOK(lists)
}
