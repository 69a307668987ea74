package simulator

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
)

// item is what projects, applications, collections and environments have in common.
type item struct {
	dn, guid, class string
	id              int64
	rights          map[string]int // prefixed universal to bits, beside roles
	project         *project
	source          Object // of an application or collection
	environment     *environment
	parent          *project  // of an environment
	visibleFrom     time.Time // for reads
	changes         int64     // how often the object was changed
}

// seenAt hides an object that is not visible yet.
func (it *item) seenAt(now time.Time) *item {
	if it != nil && now.Before(it.visibleFrom) {
		return nil
	}
	return it
}

// className is the class that the Config calls show.
func (it *item) className() string {
	switch {
	case it.class != classContainer || !hasFolder(it.dn, projectsRoot):
		return it.class
	case len(it.dn) == len(projectsRoot):
		return "Code Signing Project Root"
	}
	return "Code Signing Project Container"
}

// hasFolder reports whether a DN is a folder or below it.
func hasFolder(dn, folder string) bool {
	return foldDN(dn) == foldDN(folder) || strings.HasPrefix(foldDN(dn), foldDN(folder)+`\`)
}

// revision grows with each change of the object.
func (it *item) revision() int64 { return it.id*7 + 1 + it.changes }

const (
	classProject     = "Code Signing Project"
	classApplication = "Code Signing Application"
	classCollection  = "Code Signing Application Collection"
	classEnvironment = "Code Signing Environment"
	classContainer   = "Container"
)

// store finds items by DN, GUID and number.
type store struct {
	byDN   map[string]*item
	order  []*item // in order of creation
	lastID int64
}

func newStore() *store {
	s := &store{byDN: map[string]*item{}, lastID: 1000}
	for _, dn := range []string{`\VED`, `\VED\Code Signing`, projectsRoot, applicationsRoot} {
		s.add(&item{dn: dn, class: classContainer})
	}
	return s
}

// at is the item with a DN; nil for none.
func (s *store) at(dn string) *item { return s.byDN[foldDN(dn)] }

// objectRef names an object: by its GUID, else by its DN, else by its number.
type objectRef struct {
	DN, GUID string
	ID       int64
}

func (r objectRef) String() string { return cmp.Or(r.GUID, r.DN, strconv.FormatInt(r.ID, 10)) }

// find is the item that a reference names; nil for none.
func (s *store) find(r objectRef) *item {
	guid := foldGUID(r.GUID)
	switch {
	case guid != "":
		return first(s.order, func(it *item) bool { return it.guid == guid })
	case r.DN != "":
		return s.at(r.DN)
	}
	return first(s.order, func(it *item) bool { return it.id == r.ID })
}

func (s *store) add(it *item) {
	if s.byDN[foldDN(it.dn)] != nil {
		panic(fmt.Sprintf("simulator: %s exists twice", it.dn))
	}
	it.guid = foldGUID(cmp.Or(it.guid, guidOf(it.class, it.dn)))
	it.id = cmp.Or(it.id, s.lastID+1)
	s.lastID = max(s.lastID, it.id)
	s.byDN[foldDN(it.dn)] = it
	s.order = append(s.order, it)
}

func (s *store) remove(it *item) {
	delete(s.byDN, foldDN(it.dn))
	s.order = slices.DeleteFunc(s.order, func(other *item) bool { return other == it })
}

func (s *store) rename(it *item, dn string) {
	delete(s.byDN, foldDN(it.dn))
	it.dn = dn
	s.byDN[foldDN(dn)] = it
}

// of lists the items of one class in order of creation.
func (s *store) of(class string) []*item {
	return kept(s.order, func(it *item) bool { return it.class == class })
}

const (
	projectsRoot     = `\VED\Code Signing\Projects`
	applicationsRoot = `\VED\Code Signing\Signing Applications`
)

// foldDN is the form under which DNs are looked up: the simple upper case of .NET, in which a
// character outside of ASCII (ı, ſ) has none within it.
func foldDN(dn string) string {
	return strings.Map(func(r rune) rune { return unlessASCII(r, unicode.ToUpper(r)) }, dn)
}

func unlessASCII(r, changed rune) rune {
	if r > unicode.MaxASCII && changed <= unicode.MaxASCII {
		return r
	}
	return changed
}

// foldGUID is the form under which GUIDs are looked up: no braces, lower case.
func foldGUID(guid string) string {
	return strings.ToLower(strings.Trim(guid, "{}"))
}

// placeDN gives an object its DN from its name and usual place.
func placeDN(dn, root, name string) string {
	if dn != "" {
		return dn
	}
	if strings.HasPrefix(name, `\`) {
		return name
	}
	return root + `\` + name
}

// applicationDN and projectDN take a DN or a name at its usual place.
func applicationDN(name string) string { return placeDN("", applicationsRoot, name) }
func projectDN(name string) string     { return placeDN("", projectsRoot, name) }

func lastPart(dn string) string { return dn[strings.LastIndexByte(dn, '\\')+1:] }

func parentDN(dn string) string {
	i := strings.LastIndexByte(dn, '\\')
	if i <= 0 {
		return ""
	}
	return dn[:i]
}

// guidOf derives a stable GUID from what it is for.
func guidOf(parts ...string) string {
	lower := func(r rune) rune { return unlessASCII(r, unicode.ToLower(r)) }
	sum := sha256.Sum256([]byte(strings.Map(lower, strings.Join(parts, "\x00"))))
	sum[6] = sum[6]&0x0f | 0x50
	sum[8] = sum[8]&0x3f | 0x80
	return uuid.UUID(sum[:16]).String()
}
