package simulator

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

func refreshPermissions(c *call) answer {
	c.session.refreshed, c.session.seen = c.serial, c.serial
	return withResult(configSuccess)
}

func configFail(result int, text string) answer {
	return withResult(result, object{"Error": text})
}

// configObject finds the object that one of the members names, and ends the call where there is none
// or the caller may not see it.
func (c *call) configObject(dn, guid string) *item {
	ref := c.ref(dn, guid, "")
	if ref == (objectRef{}) {
		c.stop(configFail(configArgument, cmp.Or(dn, guid)+" is required."))
	}
	it := c.objects.find(ref).seenAt(c.now)
	c.stopIf(it == nil, configFail(configMissing, fmt.Sprintf("Object %s does not exist.", ref)))
	c.stopIf(!c.maySee(it), configFail(configRights, fmt.Sprintf("Insufficient privileges on %s.", ref)))
	return it
}

// maySee reports whether the Config calls show an object to the caller.
func (c *call) maySee(it *item) bool {
	return it.class == classContainer || c.who().Config || rightsOf(c.who(), ownerItem(it)) != 0
}

func ownerItem(it *item) *item {
	if it.parent != nil {
		return it.parent.item
	}
	return it
}

func configIsValid(c *call) answer {
	return withResult(configSuccess, object{"Object": c.configEntry(c.configObject("ObjectDN", "ObjectGUID"))})
}

// configEntry describes an object the way the Config calls do.
func (c *call) configEntry(it *item) object {
	return object{
		"DN": it.dn, "GUID": c.guid(it.guid), "Id": it.id, "Name": lastPart(it.dn),
		"Parent": parentDN(it.dn), "Revision": it.revision(), "TypeName": it.className(),
	}
}

func (c *call) objectInfo(it *item) answer {
	return withResult(configSuccess, object{
		"ObjectDN": it.dn, "ClassName": it.className(), "GUID": c.guid(it.guid), "Revision": it.revision(),
	})
}

func configDNToGUID(c *call) answer { return c.objectInfo(c.configObject("ObjectDN", "")) }
func configGUIDToDN(c *call) answer { return c.objectInfo(c.configObject("", "ObjectGUID")) }

func systemVersion(c *call) answer {
	return answer{body: object{"Version": cmp.Or(c.settings.Version, "26.1.1.4210")}}
}

func alive(*call) answer { return html(http.StatusOK, "<html><body>WebSDK</body></html>") }

func configRead(c *call) answer {
	it, name := c.configObject("ObjectDN", ""), c.str("AttributeName")
	attributes := map[string][]string{}
	if p := it.project; p != nil {
		attributes = map[string][]string{
			"status": {strconv.Itoa(p.statusAt(c.now))}, "description": {p.Description}, "owner": p.Owners,
			"auditor": p.Auditors, "key user": p.KeyUsers, "key use approver": p.KeyUseApprovers,
		}
	}
	return withResult(configSuccess, object{
		"ObjectDN": it.dn, "AttributeName": name, "Values": notNil(attributes[strings.ToLower(name)]),
	})
}
