package simulator

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// targetOf finds the object of one class that a request names.
func (c *call) targetOf(class string) *item {
	it, what := c.target()
	c.stopIf(it == nil, c.missing(what.String()))
	c.stopIf(it.class != class, signFail(signWrongType, fmt.Sprintf("%s is of class %s.", what, it.class)))
	return it
}

func getObject(class string) func(*call) answer {
	return func(c *call) answer { return signOK(object{memberOf(class): c.objectObject(c.targetOf(class))}) }
}

func enumerateObjects(class string) func(*call) answer {
	return func(c *call) answer {
		filter := c.str("Filter")
		found := kept(c.objects.of(class), func(it *item) bool { return hasPart(lastPart(it.dn), filter) })
		return signOK(object{memberOf(class) + "s": mapped(found, c.objectObject)})
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

// kind is the environment's kind in the spelling of the answers' members.
func (e *environment) kind() string {
	i := slices.IndexFunc(environmentKinds, func(kind string) bool { return strings.EqualFold(e.Kind, kind) })
	return environmentKinds[max(0, i)]
}

// enumerateProjects joins the cached objects.
func enumerateProjects(c *call) answer {
	matches := filter(c.str("Filter"))
	rights, _ := c.number("Rights")
	c.stopIf(c.settings.EnumerateRefused,
		signFail(signPermission, "You do not have sufficient rights to list projects."))
	var list [][]byte
	for _, it := range c.objects.of(classProject) {
		held := rightsOf(c.who(), it)
		encoded, dn := c.listed(it.project)
		if encoded == nil || held&anyRole == 0 || held&int(rights) != int(rights) ||
			!matches(lastPart(dn)) {
			continue
		}
		list = append(list, encoded)
	}
	text := fmt.Appendf(nil, `{"Projects":[%s],"Result":1,"Success":true}`, bytes.Join(list, []byte(",")))
	return answer{text: text, result: new(signSuccess)}
}

// hasPart: the filter of applications and collections is a part of the name, with an optional * at
// its end.
func hasPart(name, filter string) bool {
	return strings.Contains(strings.ToLower(name), strings.ToLower(strings.TrimSuffix(filter, "*")))
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

// members are the DNs of a collection's applications and collections.
func (s *Server) members(it *item) (applications, collections []string) {
	return s.split(mapped(it.source.Members, applicationDN))
}

// split separates applications from collections.
func (s *Server) split(dns []string) (applications, collections []string) {
	isCollection := func(dn string) bool {
		it := s.objects.at(dn)
		return it != nil && it.class == classCollection
	}
	return kept(dns, func(dn string) bool { return !isCollection(dn) }), kept(dns, isCollection)
}

func (c *call) referenced(class string) *item {
	var ref objectRef
	if !c.into(&ref, memberOf(class)) {
		return nil
	}
	it := c.objects.find(ref)
	c.stopIf(it == nil || it.class != class, c.missing(memberOf(class)))
	return it
}

// countReferences counts the projects and collections that list an application or a collection.
func countReferences(c *call) answer {
	it := c.referenced(classApplication)
	if it == nil {
		it = c.referenced(classCollection)
	}
	c.stopIf(it == nil, badRequest("Application or ApplicationCollection is required."))
	count := 0
	for _, other := range c.objects.order {
		var listed []string
		switch other.class {
		case classProject:
			listed = other.project.Applications
		case classCollection:
			applications, collections := c.members(other)
			listed = slices.Concat(applications, collections)
		}
		if slices.ContainsFunc(listed, func(dn string) bool { return foldDN(dn) == foldDN(it.dn) }) {
			count++
		}
	}
	return signOK(object{"Count": count})
}

// environmentType is the class of an environment, or with a suffix that of its template.
func environmentType(kind, suffix string) string {
	return "Code Signing " + choose(kind == "KeyPair", "Key Pair", kind) + " Environment" + suffix
}

const defaultKeyAlgorithm = "RSA2048"

func (e *environment) keyAlgorithm() string { return cmp.Or(e.KeyAlgorithm, defaultKeyAlgorithm) }

// certificateDN is nil for the kinds that have no certificate.
func (e *environment) certificateDN() any {
	switch {
	case e.CertificateDN != "":
		return e.CertificateDN
	case e.kind() != "Certificate" && e.kind() != "Apple":
		return nil
	}
	return fmt.Sprintf(`\VED\Policy\Code Signing\%s %s`, lastPart(parentDN(e.dn)), lastPart(e.dn))
}

// enumerateTemplates lists the templates that environments are made from.
func enumerateTemplates(c *call) answer {
	matches, lists := filter(c.str("Filter")), object{}
	for _, kind := range environmentKinds {
		lists[kind+"Templates"] = c.templatesOf(kind, matches)
	}
	return signOK(lists)
}

func (s *Server) templatesOf(kind string, matches func(string) bool) []object {
	seen, list := map[string]bool{}, []object{}
	add := func(dn, algorithm string) {
		if seen[foldDN(dn)] || !matches(lastPart(dn)) {
			return
		}
		seen[foldDN(dn)] = true
		list = append(list, object{
			"Dn": dn, "Guid": s.guid(guidOf("template", dn)), "Id": 100_000 + len(seen), "Description": "",
			"Type": environmentType(kind, " Template"), "VisibleTo": items(nil),
			"KeyAlgorithm": object{"Info": 0, "Value": items([]string{algorithm})},
		})
	}
	for _, it := range s.objects.of(classProject) {
		for _, e := range it.project.environments {
			if e.Template != "" && e.kind() == kind {
				add(e.Template, e.keyAlgorithm())
			}
		}
	}
	if kind == environmentKinds[0] {
		add(defaultTemplate, defaultKeyAlgorithm)
	}
	return list
}
