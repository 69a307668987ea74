package simulator

import (
	"cmp"
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
