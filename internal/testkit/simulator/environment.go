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
