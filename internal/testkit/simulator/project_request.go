package simulator

import (
	"fmt"
	"slices"
	"strings"
)

// field is an item of CustomFieldAttributes.
type field struct {
	FieldName string
	Values    []string
	Type      *int
}

// named finds the project that Dn, Guid and Id of a change name. Guid decides; names that contradict
// each other are refused, but for a Dn that may be a new name.
func (c *call) named() *project {
	ref := c.ref("Dn", "Guid", "Id")
	if ref == (objectRef{}) {
		c.stop(badRequest("Dn or Guid of the project is required."))
	}
	it := c.objects.find(ref)
	c.stopIf(it.seenAt(c.now) == nil || it.project == nil, c.missing("The project"))
	c.stopIf(ref.ID != 0 && ref.ID != it.id, badRequest("Guid and Id of the project contradict each other."))
	return it.project
}

// readList reads a list, and remarks on members that clients should not send; sent is false for one
// that is left out.
func readList[T any](c *call, member string) (items []T, dirty, sent bool) {
	list, sent := c.member(member)
	if !sent {
		return nil, false, false
	}
	for _, name := range sortedKeys(list.body) {
		if name != "Items" && name != "Dirty" {
			c.remark("Codesign/UpdateProject", member+" with "+name)
		}
	}
	c.stopIf(!list.into(&items, "Items"), badRequest(fmt.Sprintf("Project.%s has no Items.", member)))
	list.into(&dirty, "Dirty")
	return items, dirty, true
}

// stored is how the server spells a known trustee, application or collection.
func (s *Server) stored(name string) string {
	if who := s.people.holder(name); who != nil {
		return who.prefixed
	}
	if it := s.objects.at(name); it != nil {
		return it.dn
	}
	return name
}

// Members that a request for a change carries, and members of reads that it should not send.
var (
	sentMembers = append([]string{"Dn", "Guid", "Id", "Description", "CustomFieldAttributes"}, listMembers...)
	readMembers = []string{
		"Status", "ProjectStatus", "Applications", "Collections", "CreatedOn", "ApprovalSubmissionDate",
	}
)

// inspect remarks on members that are left out, and on those that should not be sent. Environments
// in the request are a change of them.
func (c *call) inspect(p *project) {
	for _, name := range sentMembers {
		if _, sent := c.raw(name); !sent {
			c.remark(p.dn, "UpdateProject without "+name)
		}
	}
	for _, name := range sortedKeys(c.body) {
		kind, environments := strings.CutSuffix(name, "Environments")
		switch {
		case environments && slices.Contains(environmentKinds, kind):
			c.remark(p.dn, "UpdateProject with "+name)
			c.touchEnvironments(p, kind)
		case slices.Contains(readMembers, name):
			c.remark(p.dn, "UpdateProject with "+name)
		case !slices.Contains(sentMembers, name):
			c.remark(p.dn, "UpdateProject with the unknown member "+name)
		}
	}
}

// touchEnvironments counts a change of every environment of a kind.
func (c *call) touchEnvironments(p *project, kind string) {
	for _, e := range p.environments {
		if e.kind() == kind {
			e.changes++
			c.note(Event{Kind: EventChanged, Object: e.dn, Detail: "environment sent in UpdateProject"})
		}
	}
}
