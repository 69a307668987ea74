package simulator

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

func getEnvironment(c *call) answer {
	e := c.targetOf(classEnvironment).environment
	return signOK(object{e.kind() + "Environment": c.fullEnvironment(e)})
}

const (
	createEnvironmentMembers = "Dn EnvironmentName Project TemplateDn TemplateDN " +
		"CertificateTemplate KeyPairTemplate CSPTemplate DotNetTemplate GPGTemplate AppleTemplate " +
		"CertificateEnvironment KeyPairEnvironment CSPEnvironment DotNetEnvironment GPGEnvironment AppleEnvironment"
	// defaultTemplate takes the place of a template that does not exist.
	defaultTemplate = `\VED\Code Signing\Environment Templates\Default`
)

// createEnvironment takes the request of older servers, with a template, and of newer ones, with an
// environment.
func createEnvironment(c *call) answer {
	in, _ := c.member("Project")
	p := in.named()
	c.stopIf(rightsOf(c.who(), p.item)&anyRole == 0, c.forbidden(p.dn))
	kind, template := c.requestedKind()
	name := c.environmentName(p)
	c.stopIf(name == "" || kind == "" || c.objects.at(p.dn+`\`+name) != nil,
		signFail(signCreate, "The environment could not be created."))
	if !c.hasTemplate(template) {
		c.stopIf(c.settings.UnknownTemplatesRefused,
			signFail(signNotFound, fmt.Sprintf("The template %s could not be found.", template)))
		template = defaultTemplate
	}
	c.addEnvironment(p, Environment{Name: name, Kind: kind, Template: template})
	p.touch()
	c.note(Event{Kind: EventCreated, Object: p.dn + `\` + name, Detail: template})
	return signOK(nil)
}

// requestedKind is the kind and the template that a request for an environment names.
func (c *call) requestedKind() (kind, template string) {
	for _, k := range environmentKinds {
		var o struct{ DN, TemplateDN string }
		if c.into(&o, k+"Template") || c.into(&o, k+"Environment") {
			kind, template = k, cmp.Or(o.TemplateDN, o.DN)
		}
	}
	return kind, cmp.Or(c.str("TemplateDn"), c.str("TemplateDN"), template)
}

// environmentName is the name of the new environment, from Dn or EnvironmentName.
func (c *call) environmentName(p *project) string {
	dn := c.str("Dn")
	if dn == "" {
		return c.str("EnvironmentName")
	}
	c.stopIf(strings.Contains(dn, `\\`) != c.settings.DoubledDNS, badRequest("Dn is not a DN."))
	dn = strings.ReplaceAll(dn, `\\`, `\`)
	c.stopIf(foldDN(parentDN(dn)) != foldDN(p.dn), badRequest("Dn is not below the project."))
	return lastPart(dn)
}

// hasTemplate is true for the default template and those of the environments that exist.
func (s *Server) hasTemplate(dn string) bool {
	of := func(it *item) bool { return foldDN(it.environment.Template) == foldDN(dn) }
	return foldDN(dn) == foldDN(defaultTemplate) || slices.ContainsFunc(s.objects.of(classEnvironment), of)
}

// kind is the environment's kind in the spelling of the answers' members.
func (e *environment) kind() string {
	i := slices.IndexFunc(environmentKinds, func(kind string) bool { return strings.EqualFold(e.Kind, kind) })
	return environmentKinds[max(0, i)]
}

// fullEnvironment is the object of GetEnvironment.
func (s *Server) fullEnvironment(e *environment) object {
	kind, o := e.kind(), s.environmentObject(e)
	addresses := choose(kind == "Certificate" || kind == "KeyPair", "IPAddressRestriction", "IpAddressRestriction")
	maps.Copy(o, fixed.Environment)
	maps.Copy(o, object{
		"KeyUseFlowDN":          orNil(e.KeyUseFlow),
		"CustomFieldAttributes": object{"Items": s.fieldObjects(e.CustomFields)},
		"KeyTimeConstraints":    items(e.TimeConstraints), addresses: items(e.IPAddresses),
	})
	maps.Copy(o, fixed.Environments[kind].Members)
	if dn := e.certificateDN(); dn != nil {
		o["CertificateDN"] = dn
	}
	for _, name := range fixed.Environments[kind].Values {
		spelled := choose(name == "Country" && s.settings.LowerCaseCountry, "country", name)
		o[spelled] = valueObject(e.value(name))
	}
	maps.Copy(o, e.Members)
	return o
}

// certificateDN is nil for the kinds that have no certificate.
func (e *environment) certificateDN() any {
	switch {
	case e.kind() != "Certificate" && e.kind() != "Apple":
		return nil
	case e.CertificateDN != "":
		return e.CertificateDN
	}
	return fmt.Sprintf(`\VED\Policy\Code Signing\%s %s`, lastPart(parentDN(e.dn)), lastPart(e.dn))
}

// value is the value of a member; "" for none.
func (e *environment) value(name string) string {
	defaults := map[string]string{
		"KeyAlgorithm": cmp.Or(e.KeyAlgorithm, "RSA2048"), "SigningKeyAlgorithm": cmp.Or(e.KeyAlgorithm, "RSA2048"),
		"KeyStorageLocation": "Software",
	}
	return cmp.Or(e.Values[name], defaults[name])
}

// valueObject is a value with what its template permits.
func valueObject(value string) object {
	permitted := kept([]string{value}, func(v string) bool { return v != "" })
	return object{
		"Dirty": false, "Info": 0, "Value": orNil(value),
		"TemplateValues": object{"Info": 1, "Value": items(permitted)},
	}
}
