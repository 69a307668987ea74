package simulator

import "strings"

// enumerateProjects streams the cached objects.
func enumerateProjects(c *call) answer {
	filter := c.str("Filter")
	rights, _ := c.number("Rights")
	if c.settings.EnumerateRefused {
		return signFail(signPermission, "You do not have sufficient rights to list projects.")
	}
	a := answer{chunks: [][]byte{[]byte(`{"Projects":[`)}, result: new(signSuccess)}
	for _, it := range c.objects.of(classProject) {
		held := rightsOf(c.who(), it)
		encoded, dn := c.listed(it.project)
		if encoded == nil || held&anyRole == 0 || held&int(rights) != int(rights) || !matchesFilter(filter, lastPart(dn)) {
			continue
		}
		if len(a.chunks) > 1 {
			a.chunks = append(a.chunks, []byte(","))
		}
		a.chunks = append(a.chunks, encoded)
	}
	a.chunks = append(a.chunks, []byte(`],"Result":1,"Success":true}`))
	return a
}

// hasPart: the filter of applications and collections is a part of the name, with an optional * at its end.
func hasPart(name, filter string) bool {
	return strings.Contains(strings.ToLower(name), strings.ToLower(strings.TrimSuffix(filter, "*")))
}

// matchesFilter takes a name, or a pattern with * in it. What a bare word means
// is not documented; here it is the beginning of a name.
func matchesFilter(filter, name string) bool {
	filter, name = strings.ToLower(filter), strings.ToLower(name)
	if !strings.Contains(filter, "*") {
		return strings.HasPrefix(name, filter)
	}
	parts := strings.Split(filter, "*")
	rest, ok := strings.CutPrefix(name, parts[0])
	if !ok {
		return false
	}
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(rest, part)
		if i < 0 {
			return false
		}
		rest = rest[i+len(part):]
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}
