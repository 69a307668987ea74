package client

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
)

// EnvironmentDetails is an environment as GetEnvironment returns it. A text is empty and a list is nil
// if the server sent none.
type EnvironmentDetails struct {
	Environment
	TemplateDN, KeyUseFlowDN string
	// KeyAlgorithm is that of the signing key where the environment has several keys.
	KeyAlgorithm, KeyStorageLocation     string
	CertificateDN, CertificateStatusText string
	CertificateStatus                    *int64
	RequireJustification                 *bool

	IPAddressRestriction, KeyTimeConstraints []string
	CustomFields                             []settings.CustomField
}

// GetEnvironment reads one environment. EmptyAnswer is a success without an environment: the
// description of the API (OAS) lists none in the answer. NotReady means that the server still creates
// the key or the certificate.
func (c *Client) GetEnvironment(ctx context.Context, ref ProjectRef) (*EnvironmentDetails, error) {
	return withGUIDSpellings(ref, func(given ProjectRef) (*EnvironmentDetails, error) {
		var out environmentAnswer
		r, err := c.ask(ctx, opGetEnvironment, given, &out)
		if err != nil {
			return nil, err
		}
		kind, w, template := out.environment()
		if w == nil {
			return nil, r.empty("no environment in the answer")
		}
		return w.details(kind, template), nil
	})
}

// environmentAnswer has the environment in the member of its kind, and perhaps its template.
type environmentAnswer struct {
	signEnvelope
	CertificateEnvironment, KeyPairEnvironment, CSPEnvironment *wireEnvironmentDetails
	DotNetEnvironment, GPGEnvironment, AppleEnvironment        *wireEnvironmentDetails
	CertificateTemplate, KeyPairTemplate, CSPTemplate          wireObject
	DotNetTemplate, GPGTemplate, AppleTemplate                 wireObject
}

func (a *environmentAnswer) bodyResult() bodyResult {
	_, w, _ := a.environment()
	return a.resultWith(w != nil)
}

// environment returns the one that is there. Other members may be null or empty objects.
func (a *environmentAnswer) environment() (kind string, w *wireEnvironmentDetails, template wireObject) {
	for _, k := range []struct {
		kind     string
		w        *wireEnvironmentDetails
		template wireObject
	}{
		{"Certificate", a.CertificateEnvironment, a.CertificateTemplate},
		{"KeyPair", a.KeyPairEnvironment, a.KeyPairTemplate},
		{"CSP", a.CSPEnvironment, a.CSPTemplate},
		{"DotNet", a.DotNetEnvironment, a.DotNetTemplate},
		{"GPG", a.GPGEnvironment, a.GPGTemplate},
		{"Apple", a.AppleEnvironment, a.AppleTemplate},
	} {
		if k.w != nil && k.w.wireObject != (wireObject{}) {
			return k.kind, k.w, k.template
		}
	}
	return "", nil, wireObject{}
}

// wireEnvironmentDetails has the members of all kinds. Decoding ignores case, so that it accepts
// IpAddressRestriction and the other spellings of older servers.
type wireEnvironmentDetails struct {
	wireEnvironment
	TemplateDN, KeyUseFlowDN, CertificateDN, CertificateStatusText flexString
	CertificateStatus                                              flexInt
	RequireJustification                                           flexBool

	KeyAlgorithm, SigningKeyAlgorithm, KeyStorageLocation templateValue

	IPAddressRestriction, KeyTimeConstraints items[flexString]
	CustomFieldAttributes                    optionalItems[wireField]
}

func (w *wireEnvironmentDetails) details(kind string, template wireObject) *EnvironmentDetails {
	return &EnvironmentDetails{
		Environment: w.environment(kind),
		TemplateDN:  string(cmp.Or(w.TemplateDN, template.DN)), KeyUseFlowDN: string(w.KeyUseFlowDN),
		KeyAlgorithm:       string(cmp.Or(w.KeyAlgorithm, w.SigningKeyAlgorithm)),
		KeyStorageLocation: string(w.KeyStorageLocation),
		CertificateDN:      string(w.CertificateDN), CertificateStatusText: string(w.CertificateStatusText),
		CertificateStatus:    optional(w.CertificateStatus.n, w.CertificateStatus.set),
		RequireJustification: optional(w.RequireJustification.value, w.RequireJustification.set),
		IPAddressRestriction: texts(w.IPAddressRestriction), KeyTimeConstraints: texts(w.KeyTimeConstraints),
		CustomFields: customFields(w.CustomFieldAttributes),
	}
}

// environment is the part of a kind that lists of a project have too.
func (w *wireEnvironment) environment(kind string) Environment {
	return Environment{
		Kind: kind, DN: withSingleSeparators(string(w.DN)), GUID: string(w.GUID), ID: w.ID.n,
		Status: w.Status.value, HasStatus: w.Status.set, Description: string(w.Description),
	}
}

// withSingleSeparators removes the second backslash of each separator, which servers before 24.3 write
// in the DN of an environment. No name in a DN is empty.
func withSingleSeparators(name string) string {
	if !strings.HasPrefix(name, dn.Separator+dn.Separator) {
		return name
	}
	return strings.ReplaceAll(name, dn.Separator+dn.Separator, dn.Separator)
}

// templateValue is the text of a value that a template restricts: {"Info": 1, "Value": "RSA2048"}. It
// accepts the plain value too, and a list, whose elements it joins.
type templateValue string

func (v *templateValue) UnmarshalJSON(data []byte) error {
	*v = ""
	switch data[0] {
	case '{':
		var wrapper struct {
			Value templateValue
			Items items[flexString]
		}
		err := json.Unmarshal(data, &wrapper)
		*v = wrapper.Value
		if *v == "" {
			*v = templateValue(strings.Join(texts(wrapper.Items), ", "))
		}
		return err
	case '[':
		var list items[flexString]
		err := json.Unmarshal(data, &list)
		*v = templateValue(strings.Join(texts(list), ", "))
		return err
	}
	return (*flexString)(v).UnmarshalJSON(data)
}
