package simulator

import (
	_ "embed"
	"maps"
	"strings"
)

// members.json has the members of answers that are the same in every world.
//
//go:embed members.json
var membersJSON []byte

var fixed = mustRead[struct {
	// Environments are by kind: plain members, and the names of those with a value object.
	Environments map[string]struct {
		Members object
		Values  []string
	}
	Environment            object // of every kind
	OldGlobalConfiguration object `json:"old_global_configuration"`
	GlobalConfiguration    object `json:"global_configuration"`
}](membersJSON)

func globalConfiguration(c *call) answer {
	o := maps.Clone(fixed.OldGlobalConfiguration)
	if m := c.settings; !m.OldGlobalConfiguration {
		o = maps.Clone(fixed.GlobalConfiguration)
		o["EnforceGroupRoles"], o["PreventSelfDealing"] = m.EnforceGroupRoles, m.PreventSelfDealing
		for flow, asks := range map[string]bool{
			"ProjectCreate": !m.AutoApprove, "ProjectUpdate": m.UpdateFlow.Decision != "",
			"ProjectDelete": m.DeleteFlow.Decision != "", "EnvironmentCreate": false, "EnvironmentUpdate": false,
			"EnvironmentDelete": false, "EnvironmentTemplateUpdate": false,
		} {
			o[flow+"FlowDN"] = flowDN(flow, asks)
		}
	}
	maps.Copy(o, c.settings.GlobalConfiguration)
	return signOK(object{"GlobalConfiguration": o})
}

// flowDN is a flow of the global configuration: one that asks for no approval also has a DN.
func flowDN(flow string, asks bool) string {
	approval := strings.Replace(flow, "Project", "Project ", 1) + " Approval"
	return `\VED\Code Signing\Flows\` + choose(asks, approval, "No Approval")
}
