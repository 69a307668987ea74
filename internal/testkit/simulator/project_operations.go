package simulator

import (
	"cmp"
	"fmt"
)

func (c *call) missing(what string) answer {
	if n := c.settings.MissingResult; n != 0 {
		return signFail(n, what+" could not be loaded.")
	}
	return signFail(signNotFound, what+" could not be found.")
}

func (c *call) forbidden(what string) answer {
	if c.settings.HideForbidden {
		return c.missing(what)
	}
	return signFail(signPermission, fmt.Sprintf("%s does not exist or you do not have sufficient rights.", what))
}

// ref reads a reference from the members with these names.
func (c *call) ref(dn, guid, id string) objectRef {
	number, _ := c.number(id)
	return objectRef{DN: c.str(dn), GUID: c.str(guid), ID: number}
}

// target finds the object that exactly one of Dn, Guid and Id names.
func (c *call) target() (*item, objectRef) {
	given := kept([]string{"Dn", "Guid", "Id"}, func(member string) bool { return c.text(member) != "" })
	c.stopIf(len(given) != 1, badRequest("Specify exactly one of Dn, Guid and Id."))
	ref := c.ref("Dn", "Guid", "Id")
	return c.objects.find(ref).seenAt(c.now), ref
}

// targetOf finds the object of one class that a request names. It ends the call if the object does
// not exist or the caller has no role on it.
func (c *call) targetOf(class string) *item {
	it, what := c.target()
	c.stopIf(it == nil, c.missing(what.String()))
	c.stopIf(it.class != class, signFail(signWrongType, fmt.Sprintf("%s is of class %s.", what, it.class)))
	c.stopIf(rightsOf(c.who(), ownerItem(it))&anyRole == 0, c.forbidden(what.String()))
	return it
}

func (c *call) targetProject() *project { return c.targetOf(classProject).project }

const anyRole = rightAdmin | rightUse | rightAudit | rightOwner | rightProjectApproval | rightApproveUse

func getProject(c *call) answer {
	if c.settings.EmptyMissing {
		if it, _ := c.target(); it == nil {
			return signOK(nil)
		}
	}
	p := c.targetProject()
	return signOK(object{"Project": jsonText(c.render(p))})
}

func updateProjectStatus(c *call) answer {
	to, given := c.number("ProjectStatus")
	c.stopIf(!given, badRequest("ProjectStatus is required."))
	p := c.targetProject()
	if v, _ := c.raw("ProjectStatus"); v[0] == '"' {
		c.remark(p.dn, "status in quotes")
	}
	from, name := statusName(p.status), statusName(int(to))
	refused := fmt.Sprintf("The status of the project cannot be changed from %s to %s.", from, name)
	code := cmp.Or(c.settings.RefusedSteps[from+"->"+name], c.settings.RefusedSteps[name])
	c.stopIf(code != 0, signFail(code, refused))
	rule, known := transitions[[2]int{p.status, int(to)}]
	switch {
	case p.status == int(to) && to == pending:
		t := c.raise(p, ProjectFlow)
		c.note(Event{Kind: EventSubmitted, Object: p.dn, Ticket: t.ID})
		c.remark(p.dn, "submitted twice")
		return signOK(nil)
	case p.status == int(to):
		c.remark(p.dn, "status already "+name)
		return signOK(nil)
	case !known || rule.only != nil && !rule.only(c.settings):
		return signFail(signUpdate, refused)
	case rightsOf(c.who(), p.item)&rule.roles == 0:
		return signFail(signPermission, "You do not have sufficient rights to change the status of the project.")
	}
	if to == pending {
		c.submit(p)
	} else {
		c.setStatus(p, int(to))
	}
	return signOK(nil)
}

// transition says who may take a project from one status to another, and under which settings.
type transition struct {
	roles int
	only  func(Settings) bool
}

var transitions = map[[2]int]transition{
	{draft, pending}:    {roles: rightAdmin | rightOwner},
	{draft, disabled}:   {roles: rightAdmin | rightOwner},
	{disabled, enabled}: {roles: rightAdmin | rightOwner | rightApproveUse},
	{enabled, disabled}: {roles: rightAdmin | rightOwner},
	{pending, draft}:    {roles: rightAdmin | rightOwner, only: func(s Settings) bool { return s.AllowWithdraw }},
	{pending, enabled}:  {roles: rightAdmin, only: func(s Settings) bool { return s.AllowDirectEnable }},
	{draft, enabled}:    {roles: rightAdmin, only: func(s Settings) bool { return s.AllowDirectEnable }},
}
