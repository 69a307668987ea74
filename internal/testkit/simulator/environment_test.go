package simulator

import (
	"strings"
	"testing"
)

func environmentWorld(m ProjectModes) World {
	w := cast("Enabled")
	w.Settings.ProjectModes = m
	w.Projects[0].Environments = nil
	for _, kind := range environmentKinds {
		w.Projects[0].Environments = append(w.Projects[0].Environments, Environment{
			Name: kind, Kind: kind, Template: `\VED\Templates\` + kind, KeyUseFlow: `\VED\Code Signing\Flows\F`,
			IPAddresses: []string{"10.0.0.0/8"}, TimeConstraints: []string{`\VED\T`},
			CustomFields: map[string][]string{"Stage": {"Two"}}, Values: map[string]string{"Country": "DE"},
			Members: map[string]any{"PerUser": true},
		})
	}
	return w
}

func TestGetEnvironment_MembersOfEveryKind(t *testing.T) {
	c := as(t, New(environmentWorld(ProjectModes{})), "user", "codesign")
	for kind, members := range map[string]string{
		"Certificate": "KeyAlgorithm Country CertificateDN CertificateStatus IPAddressRestriction",
		"KeyPair":     "KeyAlgorithm KeyUsage IPAddressRestriction",
		"CSP":         "SigningKeyAlgorithm EncryptionKeyAlgorithm IpAddressRestriction",
		"DotNet":      "KeyAlgorithm IpAddressRestriction",
		"GPG":         "RealName SigningKeyAlgorithm IpAddressRestriction",
		"Apple":       "CertificateDN CNPattern Country IpAddressRestriction",
	} {
		m := c.want(signSuccess, "Codesign/GetEnvironment", object{"Dn": dnOf(`P\` + kind)})
		e, found := m[kind+"Environment"].(object)
		if !found {
			t.Fatalf("%s: %v", kind, m)
		}
		members += " Guid Id Dn TemplateDN Type Status Disabled KeyUseFlowDN KeyStorageLocation " +
			"CustomFieldAttributes KeyTimeConstraints PerUser"
		for name := range strings.FieldsSeq(members) {
			if _, has := e[name]; !has {
				t.Errorf("%s: no %s", kind, name)
			}
		}
	}
}

func TestGetEnvironment_OlderSpellings(t *testing.T) {
	c := as(t, New(environmentWorld(ProjectModes{LowerCaseCountry: true, DoubledDNS: true})), "user", "")
	e := c.want(signSuccess, "Codesign/GetEnvironment",
		object{"Dn": dnOf(`P\Certificate`)})["CertificateEnvironment"].(object)
	if e["Country"] != nil || e["country"].(object)["Value"] != "DE" ||
		e["Dn"] != strings.ReplaceAll(dnOf(`P\Certificate`), `\`, `\\`) {
		t.Error(e)
	}
}

func TestApplication_SpellingOfItsPattern(t *testing.T) {
	for old, name := range map[bool]string{false: "CommandRestrictionRegex", true: "PermittedArgumentPattern"} {
		w := cast("Enabled")
		w.Settings.OldArgumentPattern = old
		list := as(t, New(w), "user", "").want(signSuccess, "Codesign/EnumerateApplications", object{})["Applications"]
		if _, sent := list.([]any)[0].(object)[name]; !sent {
			t.Error(list)
		}
	}
}

func TestCreateEnvironment_TemplateFallback(t *testing.T) {
	const known, unknown = `\VED\Templates\KeyPair`, `\VED\Templates\typo`
	project := object{"Dn": dnOf("P")}
	older := func(template string) object {
		return object{
			"Dn": dnOf(`P\New`), "Project": project, "TemplateDn": template, "KeyPairTemplate": object{},
		}
	}
	newer := func(template string) object {
		return object{
			"EnvironmentName": "New", "Project": project, "KeyPairEnvironment": object{"TemplateDN": template},
		}
	}
	doubled := older(known)
	doubled["Dn"] = strings.ReplaceAll(dnOf(`P\New`), `\`, `\\`)
	for _, row := range []struct {
		name    string
		modes   ProjectModes
		request object
		want    string // the template; empty: the request is refused
	}{
		{"known", ProjectModes{}, older(known), known},
		{"known, newer form", ProjectModes{}, newer(known), known},
		{"unknown", ProjectModes{}, older(unknown), defaultTemplate},
		{"unknown, newer form", ProjectModes{}, newer(unknown), defaultTemplate},
		{"default", ProjectModes{UnknownTemplatesRefused: true}, older(defaultTemplate), defaultTemplate},
		{"unknown, refused", ProjectModes{UnknownTemplatesRefused: true}, newer(unknown), ""},
		{"doubled DN", ProjectModes{DoubledDNS: true}, doubled, known},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := New(environmentWorld(row.modes))
			c := as(t, s, "user", "")
			if row.want == "" {
				c.want(signNotFound, "Codesign/CreateEnvironment", row.request)
				return
			}
			c.want(signSuccess, "Codesign/CreateEnvironment", row.request)
			shown := c.want(signSuccess, "Codesign/GetProject", object{"Dn": dnOf("P")})["Project"].(object)
			if list := shown["KeyPairEnvironments"].([]any); len(list) != 2 {
				t.Errorf("GetProject shows %d environments", len(list))
			}
			list := s.Projects()[0].Environments
			if last := list[len(list)-1]; last.Name != "New" || last.Kind != "KeyPair" || last.Template != row.want {
				t.Error(last)
			}
		})
	}
	for modes, dn := range map[bool]string{true: dnOf(`P\New`), false: doubled["Dn"].(string)} {
		request := older(known)
		request["Dn"] = dn
		as(t, New(environmentWorld(ProjectModes{DoubledDNS: modes})), "user", "").
			refused(400, "invalid_request", "Codesign/CreateEnvironment", request)
	}
}

func TestGlobalConfiguration_Members(t *testing.T) {
	read := func(m ProjectModes) object {
		s := New(modeWorld(m))
		c := as(t, s, "user", "codesign")
		if status, _ := c.do(get, "/vedsdk/Codesign/GetGlobalConfiguration", nil); status != 403 {
			t.Errorf("HTTP %d without codesign:manage", status)
		}
		_, answer := as(t, s, "user", "codesign:manage").do(get, "/vedsdk/Codesign/GetGlobalConfiguration", nil)
		return answer["GlobalConfiguration"].(object)
	}
	now := read(ProjectModes{
		EnforceGroupRoles: true, UpdateFlow: FlowMode{Decision: "wait"},
		GlobalConfiguration: map[string]any{"ProjectDeleteFlowDN": nil, "KeyUseTimeout": 5},
	})
	if len(now) != 24 || now["EnforceGroupRoles"] != true || now["PreventSelfDealing"] != false ||
		now["ProjectUpdateFlowDN"] != `\VED\Code Signing\Flows\Project Update Approval` ||
		now["ProjectDeleteFlowDN"] != nil || now["KeyUseTimeout"] != 5.0 {
		t.Errorf("%d members: %v", len(now), now)
	}
	if then := read(ProjectModes{OldGlobalConfiguration: true}); len(then) != 8 {
		t.Errorf("%d members: %v", len(then), then)
	}
}
