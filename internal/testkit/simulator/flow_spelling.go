package simulator

import (
	"maps"
	"strings"
)

func (t *flowTicket) identifier() string {
	if t.Identifier != "" {
		return t.Identifier
	}
	return guidOf("flow ticket", t.Created.String(), t.DN)
}

func (c *call) flowApprovers(t *flowTicket) any {
	if !c.settings.FlowApproversAsObjects {
		return notNil(t.Approvers)
	}
	out := []object{}
	for _, a := range t.Approvers {
		if i := c.people.find(a); i != nil {
			out = append(out, i.entry())
			continue
		}
		out = append(out, object{"PrefixedUniversal": a})
	}
	return out
}

func (c *call) flowEnvironment(t *flowTicket) any {
	spelling := strings.Split(c.settings.FlowEnvironmentSpelling, ",")
	key := "ObjectDn"
	if contains(spelling, "Object DN") {
		key = "Object DN"
	}
	values := map[string]string{}
	maps.Copy(values, t.Environment)
	if t.DN != "" {
		values[key] = t.DN
	}
	if contains(spelling, "map") {
		return values
	}
	pairs := []object{}
	for _, k := range sortedKeys(values) {
		pairs = append(pairs, object{"Key": k, "Value": values[k]})
	}
	return pairs
}

// flowApprover is who gave an approval, the way the settings say.
func (c *call) flowApprover(universal string) string {
	switch c.settings.FlowApprovalSpelling {
	case "upper":
		return strings.ToUpper(universal)
	case "name":
		if i := c.people.find(universal); i != nil {
			return i.prefixedName()
		}
		return universal
	case "bare":
		_, bare, _ := strings.Cut(universal, ":")
		return bare
	default:
		return universal
	}
}
