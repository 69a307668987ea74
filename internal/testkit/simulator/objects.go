package simulator

import (
	"bytes"
	"fmt"
	"regexp"
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
