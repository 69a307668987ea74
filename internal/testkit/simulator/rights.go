package simulator

import (
	"fmt"
	"strings"
)

// objectWithRights finds the project, application or collection a request names by Dn.
func (c *call) objectWithRights() *item {
	dn := c.required("Dn")
	it := c.objects.at(dn)
	c.stopIf(it == nil, c.missing(dn))
	c.stopIf(it.class == classContainer, signFail(signWrongType, fmt.Sprintf("%s has no code signing rights.", dn)))
	return ownerItem(it)
}

func (c *call) need(right int) {
	c.stopIf(c.who().global()&right == 0, signFail(signPermission, "You must be a Code Signing Administrator."))
}

func getObjectRights(c *call) answer {
	it := c.objectWithRights()
	c.need(rightAdmin)
	return c.rightsList(it.roles())
}

func getRight(c *call) answer {
	return signOK(object{"Rights": rightsOf(c.who(), c.objectWithRights())})
}

func getTrusteeRights(c *call) answer {
	trustee := c.required("Trustee")
	c.need(rightAdmin | rightApplicationAdmin)
	bits, order := map[string]int{}, []string{}
	for _, it := range c.objects.order {
		_, held := it.roles()
		for t, b := range held {
			if strings.EqualFold(t, trustee) && b != 0 {
				order, bits[it.dn] = append(order, it.dn), b
			}
		}
	}
	return c.rightsList(order, bits)
}

// rightsList spells a list of rights the way the settings say.
func (c *call) rightsList(order []string, bits map[string]int) answer {
	spelling := c.settings.RightsSpelling
	name := choose(hasWord(spelling, "Rightslist"), "Rightslist", "RightsList")
	key, value := choose(hasWord(spelling, "Key"), "Key", "key"), choose(hasWord(spelling, "Key"), "Value", "value")
	if len(order) == 0 && c.settings.RightsOmitEmpty {
		return signOK(nil)
	}
	if hasWord(spelling, "map") {
		return signOK(object{name: bits})
	}
	return signOK(object{name: mapped(order, func(t string) object { return object{key: t, value: bits[t]} })})
}
