package simulator

import "maps"

// flowDN is a flow of the global configuration: one that asks for no approval also has a DN.
func flowDN(name string, asks bool) string {
	if !asks {
		name = "No Approval"
	}
	return `\VED\Code Signing\Flows\` + name
}

func globalConfiguration(c *call) answer {
	o := c.olderConfiguration()
	if !c.settings.OldGlobalConfiguration {
		maps.Copy(o, c.newerConfiguration())
		delete(o, "ProjectDescriptionTooltip")
	}
	maps.Copy(o, c.settings.GlobalConfiguration)
	return signOK(object{"GlobalConfiguration": o})
}

// olderConfiguration are the members that every server has.
func (s *Server) olderConfiguration() object {
	software := []string{defaultKeyStorage}
	return object{
		"ApprovedKeyStorageLocations": items(software), "AvailableKeyStorageLocations": items(software),
		"DefaultCAContainer": `\VED\Policy\Code Signing\CAs`, "DefaultCertificateContainer": `\VED\Policy\Code Signing`,
		"DefaultCredentialContainer": `\VED\Policy\Code Signing\Credentials`, "KeyUseTimeout": 60,
		"ProjectDescriptionTooltip": "", "RequestInProgressMessage": "",
	}
}

func (s *Server) newerConfiguration() object {
	m := s.settings.ProjectModes
	return object{
		"AvailableKeyStorageLocations": []string{defaultKeyStorage}, "EnforceGroupRoles": m.EnforceGroupRoles,
		"PreventSelfDealing": m.PreventSelfDealing, "PreventUnlimitedSignings": false, "MaxEnvironmentCount": 0,
		"ArchiveRetention": 365, "DisableSigningArchive": false, "MinimumSupportedClientVersion": "",
		"MaximumSupportedClientVersion": "", "UseClientPublicEndpoints": false, "FlowInstanceMacro": "",
		"ProjectCreateFlowDN":             flowDN("Project Create Approval", !s.settings.AutoApprove),
		"ProjectUpdateFlowDN":             flowDN("Project Update Approval", m.UpdateFlow.Decision != ""),
		"ProjectDeleteFlowDN":             flowDN("Project Delete Approval", m.DeleteFlow.Decision != ""),
		"EnvironmentCreateFlowDN":         flowDN("", false),
		"EnvironmentUpdateFlowDN":         flowDN("", false),
		"EnvironmentDeleteFlowDN":         flowDN("", false),
		"EnvironmentTemplateUpdateFlowDN": flowDN("", false),
	}
}
