package simulator

import (
	"cmp"
	"fmt"
	"maps"
	"strings"
)

func getEnvironment(c *call) answer {
	e := c.targetOf(classEnvironment).environment
	c.stopIf(rightsOf(c.who(), e.parent.item)&anyRole == 0, c.forbidden(e.dn))
	return signOK(object{e.kind() + "Environment": c.fullEnvironment(e)})
}

// environmentDN is the DN of an environment the way the settings say.
func (s *Server) environmentDN(e *environment) string {
	if s.settings.DoubledDNS {
		return strings.ReplaceAll(e.dn, `\`, `\\`)
	}
	return e.dn
}

// fullEnvironment is the object of GetEnvironment.
func (s *Server) fullEnvironment(e *environment) object {
	kind, o := e.kind(), s.environmentObject(e)
	delete(o, "KeyAlgorithm")
	delete(o, "CertificateDN")
	maps.Copy(o, fixed.Environment)
	maps.Copy(o, object{
		"KeyUseFlowDN":          orNil(e.KeyUseFlow),
		"CustomFieldAttributes": object{"Items": s.fieldObjects(e.CustomFields)},
		"KeyTimeConstraints":    items(e.TimeConstraints), ipMember(kind): items(e.IPAddresses),
	})
	maps.Copy(o, fixed.Environments[kind].Members)
	if kind == "Certificate" || kind == "Apple" {
		o["CertificateDN"] = e.certificateDN()
	}
	if kind == "Certificate" {
		o["CertificateStatus"], o["CertificateStatusText"] = e.CertificateStatus, e.CertificateStatusText
	}
	for _, name := range fixed.Environments[kind].Values {
		spelled := choose(name == "Country" && s.settings.LowerCaseCountry, "country", name)
		o[spelled] = valueObject(e.value(name))
	}
	maps.Copy(o, e.Members)
	return o
}

// ipMember is the member of the permitted addresses: certificates and key pairs spell it otherwise.
func ipMember(kind string) string {
	return choose(kind == "Certificate" || kind == "KeyPair", "IPAddressRestriction", "IpAddressRestriction")
}

// value is the value of a member; "" for none.
func (e *environment) value(name string) string {
	if v, set := e.Values[name]; set {
		return v
	}
	switch name {
	case "KeyAlgorithm", "SigningKeyAlgorithm":
		return e.keyAlgorithm()
	case "KeyStorageLocation":
		return cmp.Or(e.KeyStorageLocation, defaultKeyStorage)
	}
	return ""
}

const defaultKeyStorage = "Software"

// valueObject is a value with what its template permits.
func valueObject(value string) object {
	permitted := kept([]string{value}, func(v string) bool { return v != "" })
	return object{
		"Dirty": false, "Info": 0, "Value": orNil(value),
		"TemplateValues": object{"Info": 1, "Value": items(permitted)},
	}
}

const (
	createEnvironmentMembers = "Dn EnvironmentName Project TemplateDn TemplateDN " +
		"CertificateTemplate KeyPairTemplate CSPTemplate DotNetTemplate GPGTemplate AppleTemplate " +
		"CertificateEnvironment KeyPairEnvironment CSPEnvironment DotNetEnvironment GPGEnvironment AppleEnvironment"
	templatesRoot = `\VED\Code Signing\Environment Templates`
	// defaultTemplate takes the place of a template that does not exist.
	defaultTemplate = templatesRoot + `\Default`
)

// createEnvironment takes the request of older servers, with a template, and of newer ones, with an
// environment.
func createEnvironment(c *call) answer {
	p := c.requested()
	c.stopIf(p == nil, c.missing("The project"))
	c.stopIf(rightsOf(c.who(), p.item)&anyRole == 0, c.forbidden(p.dn))
	kind, template := c.requestedKind()
	name := c.environmentName(p)
	c.stopIf(name == "" || kind == "" || c.objects.at(p.dn+`\`+name) != nil,
		signFail(signCreate, "The environment could not be created."))
	known := c.template(template)
	c.stopIf(known == nil && c.settings.UnknownTemplatesRefused,
		signFail(signNotFound, fmt.Sprintf("The template %s could not be found.", template)))
	if known == nil {
		template = defaultTemplate
	}
	c.addEnvironment(p, Environment{Name: name, Kind: kind, Template: template})
	p.touch()
	c.note(Event{Kind: EventCreated, Object: p.dn + `\` + name, Detail: template})
	return signOK(nil)
}

// requestedKind is the kind and the template that a request for an environment names.
func (c *call) requestedKind() (kind, template string) {
	template = c.str("TemplateDn", "TemplateDN")
	for _, k := range environmentKinds {
		var o struct{ DN, TemplateDN string }
		switch {
		case c.into(&o, k+"Template"):
			kind = k
			if template == "" {
				template = o.DN
			}
		case c.into(&o, k+"Environment"):
			kind, template = k, o.TemplateDN
		}
	}
	return kind, template
}

// environmentName is the name of the new environment, from Dn or EnvironmentName.
func (c *call) environmentName(p *project) string {
	dn := c.str("Dn")
	if dn == "" {
		return c.str("EnvironmentName")
	}
	if doubled := strings.Contains(dn, `\\`); doubled != c.settings.DoubledDNS {
		c.stop(badRequest("Dn is not a DN."))
	}
	dn = strings.ReplaceAll(dn, `\\`, `\`)
	c.stopIf(foldDN(parentDN(dn)) != foldDN(p.dn), badRequest("Dn is not below the project."))
	return lastPart(dn)
}

func getTemplate(c *call) answer {
	dn := c.str("Dn")
	if o := c.template(dn); o != nil {
		return signOK(o)
	}
	return c.missing(dn)
}

// template is a template under the member of its kind; nil where it does not exist.
func (s *Server) template(dn string) object {
	for _, kind := range environmentKinds {
		for _, o := range s.templatesOf(kind, filter("")) {
			if foldDN(o["Dn"].(string)) == foldDN(dn) {
				return object{kind + "Template": o}
			}
		}
	}
	return nil
}
