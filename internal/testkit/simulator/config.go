package simulator

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
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
func (c *call) configObject(dn, guid, id string) *item {
	ref := c.ref(dn, guid, id)
	if ref == (objectRef{}) {
		c.stop(configFail(configArgument, cmp.Or(dn, guid, id)+" is required."))
	}
	it := c.objects.find(ref).seenAt(c.now)
	c.stopIf(it == nil, configFail(configMissing, fmt.Sprintf("Object %s does not exist.", ref)))
	c.stopIf(!c.maySee(it), configFail(configRights, fmt.Sprintf("Insufficient privileges on %s.", ref)))
	return it
}

func (c *call) byDN() *item { return c.configObject("ObjectDN", "", "") }

// maySee reports whether the Config calls show an object to the caller.
func (c *call) maySee(it *item) bool {
	return it.class == classContainer || c.mayConfigure(c.who()) || rightsOf(c.who(), ownerItem(it)) != 0
}

func ownerItem(it *item) *item {
	if it.parent != nil {
		return it.parent.item
	}
	return it
}

func (s *Server) mayConfigure(who *identity) bool { return who.Config || who.global()&rightAdmin != 0 }

func configIsValid(c *call) answer {
	return withResult(configSuccess, object{"Object": c.configEntry(c.configObject("ObjectDN", "ObjectGUID", ""))})
}

// configEntry describes an object the way the Config calls do.
func (c *call) configEntry(it *item) object {
	return object{
		"AbsoluteGUID": c.absolute(it), "DN": it.dn, "GUID": c.guid(it.guid), "Id": it.id, "Name": lastPart(it.dn),
		"Parent": parentDN(it.dn), "Revision": it.revision(), "TypeName": it.className(),
	}
}

// absolute is the GUIDs from the root down, strung together.
func (s *Server) absolute(it *item) string {
	chain := s.guid(it.guid)
	for dn := parentDN(it.dn); dn != ""; dn = parentDN(dn) {
		if up := s.objects.at(dn); up != nil {
			chain = s.guid(up.guid) + chain
		}
	}
	return chain
}

func (c *call) objectInfo(it *item) answer {
	return withResult(configSuccess, object{
		"ObjectDN": it.dn, "ClassName": it.className(), "GUID": c.guid(it.guid), "HierarchicalGUID": c.absolute(it),
		"Revision": it.revision(),
	})
}

func configDNToGUID(c *call) answer { return c.objectInfo(c.byDN()) }
func configGUIDToDN(c *call) answer { return c.objectInfo(c.configObject("", "ObjectGUID", "")) }

func configIDInfo(c *call) answer { return c.objectInfo(c.configObject("", "", "ObjectID")) }

func systemVersion(c *call) answer {
	return answer{body: object{"Version": cmp.Or(c.settings.Version, "26.1.1.4210")}}
}

func systemStatus(c *call) answer {
	if path := c.request.URL.Path; !strings.HasSuffix(path, "/") {
		return answer{status: 307, header: map[string][]string{"Location": {path + "/"}}}
	}
	up := object{"status": "Up"}
	return answer{body: []object{{
		"engineDN": `\VED\Engines\SIMULATOR`, "engineName": "SIMULATOR", "version": "26.1.1.4210",
		"services": object{"iis": up, "logServer": up, "vPlatform": object{"status": "Up", "modules": []string{}}},
	}}}
}

func upgradeStatus(*call) answer { return answer{body: object{"UpgradeInProgress": false}} }

func alive(*call) answer { return html(http.StatusOK, "<html><body>WebSDK</body></html>") }

// attribute is one attribute of an object in the configuration tree.
type attribute struct {
	Name   string
	Values []string
}

// attributesOf lists what the tree keeps of an object.
func (it *item) attributesOf(now time.Time) []attribute {
	list := []attribute{}
	if p := it.project; p != nil {
		list = append(list,
			attribute{"Status", []string{strconv.Itoa(p.statusAt(now))}}, attribute{"Owner", p.Owners},
			attribute{"Auditor", p.Auditors}, attribute{"Key User", p.KeyUsers},
			attribute{"Key Use Approver", p.KeyUseApprovers}, attribute{"Description", []string{p.Description}})
	}
	for _, name := range sortedKeys(it.written) {
		list = append(list, attribute{name, it.written[name]})
	}
	return list
}

func configRead(c *call) answer {
	it, name := c.byDN(), c.str("AttributeName")
	values := []string{}
	for _, a := range it.attributesOf(c.now) {
		if strings.EqualFold(a.Name, name) {
			values = notNil(a.Values)
		}
	}
	return withResult(configSuccess, object{"ObjectDN": it.dn, "AttributeName": name, "Values": values})
}

func configReadAll(c *call) answer {
	set := kept(c.byDN().attributesOf(c.now), func(a attribute) bool { return len(a.Values) > 0 })
	return withResult(configSuccess, object{"NameValues": set})
}

// configEnumerate lists the objects below a DN that the caller may see.
func configEnumerate(c *call) answer {
	root, matches := `\VED`, filter(c.str("Pattern"))
	if c.str("ObjectDN") != "" {
		root = c.byDN().dn
	}
	recursive := c.text("Recursive") == "true"
	found := kept(c.objects.order, func(it *item) bool {
		below := foldDN(parentDN(it.dn)) == foldDN(root) || recursive && it.dn != root && hasFolder(it.dn, root)
		return below && c.maySee(it) && matches(lastPart(it.dn))
	})
	return withResult(configSuccess, object{"Objects": mapped(found, c.configEntry)})
}

// writable finds the object of a write, which servers refuse unless settings allow it: code signing
// objects are changed through their own calls.
func (c *call) writable(names ...string) *item {
	it := c.byDN()
	c.remark(it.dn, "write to the configuration tree")
	c.stopIf(!c.settings.AllowConfigWrite || !c.mayConfigure(c.who()) || slices.ContainsFunc(names, isRole),
		configFail(configRights, "Insufficient privileges on "+it.dn+"."))
	return it
}

// isRole: status and roles of a project have calls of their own.
func isRole(name string) bool {
	return slices.Contains([]string{"status", "owner", "auditor", "key user", "key use approver", "description"},
		strings.ToLower(name))
}

func configWrite(c *call) answer {
	var data []struct {
		Name  string
		Value []string
	}
	c.stopIf(!c.into(&data, "AttributeData"), configFail(configArgument, "AttributeData is required."))
	var names []string
	for _, d := range data {
		names = append(names, d.Name)
	}
	it := c.writable(names...)
	if it.written == nil {
		it.written = map[string][]string{}
	}
	for _, d := range data {
		it.written[d.Name] = d.Value
	}
	return c.written(it)
}

// written notes a change of an object.
func (c *call) written(it *item) answer {
	it.changes++
	c.note(Event{Kind: EventChanged, Object: it.dn})
	return withResult(configSuccess)
}

func configClear(c *call) answer {
	name := c.str("AttributeName")
	it := c.writable(name)
	delete(it.written, name)
	return c.written(it)
}
