package simulator

import "strings"

var adminOperations = []operation{
	{name: "Codesign/AddAdministrator", method: post, scope: "codesign:admin", legacy: "codesign:manage", members: "Trustee", handle: grantRight(rightAdmin, true)},
	{name: "Codesign/RemoveAdministrator", method: post, scope: "codesign:admin", legacy: "codesign:manage", members: "Trustee", handle: grantRight(rightAdmin, false)},
	{name: "Codesign/AddApplicationAdministrator", method: post, scope: "codesign:admin", legacy: "codesign:manage", members: "Trustee", handle: grantRight(rightApplicationAdmin, true)},
	{name: "Codesign/RemoveApplicationAdministrator", method: post, scope: "codesign:admin", legacy: "codesign:manage", members: "Trustee", handle: grantRight(rightApplicationAdmin, false)},
	{name: "Codesign/AddProjectApprover", method: post, scope: "codesign:admin", legacy: "codesign:manage", members: "Trustee", handle: grantRight(rightProjectApproval, true)},
	{name: "Codesign/RemoveProjectApprover", method: post, scope: "codesign:admin", legacy: "codesign:manage", members: "Trustee", handle: grantRight(rightProjectApproval, false)},
}

// grantRight gives or takes one installation-wide right.
func grantRight(bit int, give bool) func(*call) answer {
	return func(c *call) answer {
		trustee := strings.TrimPrefix(c.str("Trustee"), "PrefixedUniversal:") // as in the vendor's samples
		if trustee == "" {
			c.stop(badRequest("Trustee is required."))
		}
		c.need(rightAdmin)
		i := c.people.find(trustee)
		switch {
		case i == nil:
			return signFail(signUserNotFound, "The trustee could not be found.")
		case give && i.rights&bit != 0:
			return signFail(signDuplicate, "The trustee has that role already.")
		case !give && i.rights&bit == 0:
			return signFail(signUserNotFound, "The trustee does not have that role.")
		}
		i.rights ^= bit
		c.note(Event{Kind: EventChanged, Object: i.prefixed(), Detail: map[bool]string{true: "granted", false: "revoked"}[give]})
		return signOK(nil)
	}
}
