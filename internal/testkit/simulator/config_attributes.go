package simulator

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

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
			attribute{"Status", []string{strconv.Itoa(p.statusAt(now))}}, attribute{"Owner", p.owners},
			attribute{"Auditor", p.auditors}, attribute{"Key User", p.keyUsers},
			attribute{"Key Use Approver", p.keyUseApprovers}, attribute{"Description", []string{p.description}})
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
	list := []object{}
	for _, a := range c.byDN().attributesOf(c.now) {
		if len(a.Values) > 0 {
			list = append(list, object{"Name": a.Name, "Values": a.Values})
		}
	}
	return withResult(configSuccess, object{"NameValues": list})
}

// configEnumerate lists the objects below a DN that the caller may see.
func configEnumerate(c *call) answer {
	root, pattern := `\VED`, c.str("Pattern")
	if c.str("ObjectDN") != "" {
		root = c.byDN().dn
	}
	recursive := c.text("Recursive") == "true"
	below, list := foldDN(root)+`\`, []object{}
	for _, it := range c.objects.order {
		folded := foldDN(it.dn)
		direct := foldDN(parentDN(it.dn)) == foldDN(root)
		seen := it.class == classContainer || c.mayConfigure(c.who()) || rightsOf(c.who(), ownerItem(it)) != 0
		if strings.HasPrefix(folded, below) && (direct || recursive) && seen && (pattern == "" || matchesFilter(pattern, lastPart(it.dn))) {
			list = append(list, c.configEntry(it))
		}
	}
	return withResult(configSuccess, object{"Objects": list})
}

// writable finds the object of a write, which servers refuse unless settings allow it: code signing
// objects are changed through their own calls.
func (c *call) writable(names ...string) *item {
	it := c.byDN()
	c.remark(it.dn, "write to the configuration tree")
	if !c.settings.AllowConfigWrite || !c.mayConfigure(c.who()) || slices.ContainsFunc(names, isRole) {
		c.stop(configFail(configRights, "Insufficient privileges on "+it.dn+"."))
	}
	return it
}

// isRole: status and roles of a project have calls of their own.
func isRole(name string) bool {
	return slices.Contains([]string{"status", "owner", "auditor", "key user", "key use approver", "description"}, strings.ToLower(name))
}

func configWrite(c *call) answer {
	var data []struct {
		Name  string
		Value []string
	}
	if !c.into(&data, "AttributeData") {
		c.stop(configFail(configArgument, "AttributeData is required."))
	}
	names := []string{}
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
	it.changes++
	c.note(Event{Kind: EventChanged, Object: it.dn})
	return withResult(configSuccess, nil)
}

func configClear(c *call) answer {
	name := c.str("AttributeName")
	it := c.writable(name)
	delete(it.written, name)
	it.changes++
	c.note(Event{Kind: EventChanged, Object: it.dn})
	return withResult(configSuccess, nil)
}
