package simulator

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

func getEnvironment(c *call) answer {
	e := c.targetOf(classEnvironment).environment
	if rightsOf(c.who(), e.parent.item)&anyRole == 0 {
		c.stop(c.forbidden(e.dn))
	}
	return signOK(object{e.kind() + "Environment": c.fullEnvironment(e)})
}

// environmentDN is the DN of an environment the way the settings say.
func (s *Server) environmentDN(e *environment) string {
	if s.settings.DoubledDNS {
		return strings.ReplaceAll(e.dn, `\`, `\\`)
	}
	return e.dn
}

// valueMembers are the members with a value, by kind.
var valueMembers = map[string][]string{
	"Certificate": {
		"CertificateAuthorityDN", "CertificateSubject", "City", "State", "Country", "Organization",
		"OrganizationalUnit", "KeyAlgorithm", "KeyStorageLocation", "SANEmail", "TargetStore",
	},
	"KeyPair": {"KeyAlgorithm", "KeyStorageLocation", "KeyUsage"},
	"CSP":     {"SigningKeyAlgorithm", "EncryptionKeyAlgorithm", "KeyStorageLocation"},
	"DotNet":  {"KeyAlgorithm", "KeyStorageLocation"},
	"GPG": {
		"RealName", "Email", "SigningKeyAlgorithm", "EncryptionKeyAlgorithm", "AuthenticationKeyAlgorithm",
		"KeyStorageLocation",
	},
	"Apple": {
		"CertificateSubject", "City", "State", "Country", "Organization", "OrganizationalUnit",
		"CertificateAuthorityDN", "KeyAlgorithm", "KeyStorageLocation",
	},
}

// plainMembers are the members without a value object, by kind.
var plainMembers = map[string]object{
	"Certificate": {
		"CertificateStage": 0, "PKIXParameterSet": nil, "SynchronizeChain": false, "CASpecificAttributes": items(nil),
	},
	"KeyPair": {"KeyDN": nil, "Expiration": nil, "PKIXParameterSet": nil},
	"CSP":     {"SigningKeyDN": nil, "EncryptionKeyDN": nil, "Expiration": 0, "MaxUses": 0},
	"DotNet":  {"KeyDN": nil, "Expiration": nil, "MaxUses": 0},
	"GPG": {
		"SigningKeyDN": nil, "EncryptionKeyDN": nil, "AuthenticationKeyDN": nil, "Expiration": 0, "IsIssuer": false,
		"MaxUses": 0,
	},
	"Apple": {"CNPattern": nil},
}

// fullEnvironment is the object of GetEnvironment.
func (s *Server) fullEnvironment(e *environment) object {
	kind, o := e.kind(), s.environmentObject(e)
	delete(o, "KeyAlgorithm")
	delete(o, "CertificateDN")
	maps.Copy(o, object{
		"StatusMessage": "", "CertificateGroupingId": 0, "RequireJustification": false,
		"KeyUseFlowDN":       orNil(e.KeyUseFlow),
		"AllowUserKeyImport": false, "PreventUseOfExpiredEnvironment": false, "FriendlyName": "",
		"CustomFieldAttributes": object{"Items": s.fieldObjects(e.CustomFields)},
		"KeyTimeConstraints":    items(e.TimeConstraints), ipMember(kind): items(e.IPAddresses),
	})
	maps.Copy(o, plainMembers[kind])
	if kind == "Certificate" || kind == "Apple" {
		o["CertificateDN"] = e.certificateDN()
	}
	if kind == "Certificate" {
		o["CertificateStatus"], o["CertificateStatusText"] = e.CertificateStatus, e.CertificateStatusText
	}
	for _, name := range valueMembers[kind] {
		o[s.memberName(name)] = valueObject(e.value(name))
	}
	maps.Copy(o, e.Members)
	return o
}

// ipMember is the member of the permitted addresses: certificates and key pairs spell it otherwise.
func ipMember(kind string) string {
	if slices.Contains([]string{"Certificate", "KeyPair"}, kind) {
		return "IPAddressRestriction"
	}
	return "IpAddressRestriction"
}

func (s *Server) memberName(name string) string {
	if name == "Country" && s.settings.LowerCaseCountry {
		return "country"
	}
	return name
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
	permitted := []string{}
	if value != "" {
		permitted = append(permitted, value)
	}
	return object{
		"Dirty": false, "Info": 0, "Value": orNil(value),
		"TemplateValues": object{"Info": 1, "Value": items(permitted)},
	}
}
