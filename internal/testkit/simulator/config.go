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

// attributes are what the tree keeps of an object, by name.
func (c *call) attributes(it *item) map[string][]string {
	p := it.project
	if p == nil {
		return nil
	}
	return map[string][]string{
		"Status": {strconv.Itoa(p.statusAt(c.now))}, "Description": {p.Description}, "Owner": p.Owners,
		"Auditor": p.Auditors, "Key User": p.KeyUsers, "Key Use Approver": p.KeyUseApprovers,
	}
}

func configRead(c *call) answer {
	it, name := c.configObject("ObjectDN", ""), c.str("AttributeName")
	values := []string{}
	for known, list := range c.attributes(it) {
		if strings.EqualFold(known, name) {
			values = notNil(list)
		}
	}
	return withResult(configSuccess, object{"ObjectDN": it.dn, "AttributeName": name, "Values": values})
}

func configReadAll(c *call) answer {
	list, attributes := []object{}, c.attributes(c.configObject("ObjectDN", ""))
	for _, name := range sortedKeys(attributes) {
		if len(attributes[name]) > 0 {
			list = append(list, object{"Name": name, "Values": attributes[name]})
		}
	}
	return withResult(configSuccess, object{"NameValues": list})
}

// configEnumerate lists the objects below a DN that the caller may see.
func configEnumerate(c *call) answer {
	root, matches := `\VED`, filter(c.str("Pattern"))
	if c.str("ObjectDN") != "" {
		root = c.configObject("ObjectDN", "").dn
	}
	recursive := c.text("Recursive") == "true"
	found := kept(c.objects.order, func(it *item) bool {
		below := foldDN(parentDN(it.dn)) == foldDN(root) || recursive && it.dn != root && hasFolder(it.dn, root)
		return below && c.maySee(it) && matches(lastPart(it.dn))
	})
	return withResult(configSuccess, object{"Objects": mapped(found, c.configEntry)})
}

// refuseWrite answers writes to the tree: code signing objects are changed through calls of their own.
func refuseWrite(c *call) answer {
	it := c.configObject("ObjectDN", "")
	c.remark(it.dn, "write to the configuration tree")
	return configFail(configRights, "Insufficient privileges on "+it.dn+".")
}
