package client

import (
	"reflect"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
)

func TestGetEnvironment_Kinds(t *testing.T) {
	for member, want := range map[string]string{
		"CertificateEnvironment": "Certificate", "KeyPairEnvironment": "KeyPair", "CSPEnvironment": "CSP",
		"CspEnvironment": "CSP", "DotNetEnvironment": "DotNet", "GPGEnvironment": "GPG", "GpgEnvironment": "GPG",
		"AppleEnvironment": "Apple", "appleenvironment": "Apple",
	} {
		body := `{"CertificateEnvironment":null,"KeyPairEnvironment":{},"` + member +
			`":{"Dn":"\\VED\\P\\E"},"Result":1,"Success":true}`
		got, err := clientOf(t, always(canned{body: body})).GetEnvironment(t.Context(), ByID(7))
		if err != nil || got.Kind != want || got.DN != `\VED\P\E` {
			t.Errorf("%s: got %+v, %v", member, got, err)
		}
	}
}

func TestGetEnvironment_Members(t *testing.T) {
	one, yes := int64(3), true
	plain := &EnvironmentDetails{Environment: Environment{Kind: "CSP", DN: "d"}}
	with := func(change func(*EnvironmentDetails)) *EnvironmentDetails {
		e := *plain
		change(&e)
		return &e
	}
	for members, want := range map[string]*EnvironmentDetails{
		``: plain,
		`,"Guid":"{g}","Id":"7","Status":1`: with(func(e *EnvironmentDetails) {
			e.GUID, e.ID, e.Status, e.HasStatus = "{g}", 7, lifecycle.Enabled, true
		}),
		`,"Dn":"\\\\VED\\\\P\\\\E"`: with(func(e *EnvironmentDetails) { e.DN = `\VED\P\E` }),
		`,"TemplateDN":"t","KeyUseFlowDN":"f","RequireJustification":true`: with(func(e *EnvironmentDetails) {
			e.TemplateDN, e.KeyUseFlowDN, e.RequireJustification = "t", "f", &yes
		}),
		`,"KeyAlgorithm":"RSA2048","KeyStorageLocation":"Software"`: with(func(e *EnvironmentDetails) {
			e.KeyAlgorithm, e.KeyStorageLocation = "RSA2048", "Software"
		}),
		`,"KeyAlgorithm":{"Info":2,"Value":"RSA2048"},"KeyStorageLocation":{"Value":{"Items":["HSM"]}}`: with(
			func(e *EnvironmentDetails) { e.KeyAlgorithm, e.KeyStorageLocation = "RSA2048", "HSM" },
		),
		`,"KeyAlgorithm":{"Value":null},"SigningKeyAlgorithm":{"Value":["ECP256","RSA2048"]}`: with(
			func(e *EnvironmentDetails) { e.KeyAlgorithm = "ECP256, RSA2048" },
		),
		`,"CertificateDN":"c","CertificateStatus":3,"CertificateStatusText":"x"`: with(func(e *EnvironmentDetails) {
			e.CertificateDN, e.CertificateStatus, e.CertificateStatusText = "c", &one, "x"
		}),
		`,"IPAddressRestriction":{"Items":["10.0.0.0/8"]},` +
			`"KeyTimeConstraints":["k"]`: with(func(e *EnvironmentDetails) {
			e.IPAddressRestriction, e.KeyTimeConstraints = []string{"10.0.0.0/8"}, []string{"k"}
		}),
		`,"IpAddressRestriction":{"Items":["10.0.0.0/8"]},"country":{"Value":"DE"}`: with(func(e *EnvironmentDetails) {
			e.IPAddressRestriction = []string{"10.0.0.0/8"}
		}),
		`,"CustomFieldAttributes":{"Items":[{"FieldName":"Cost Centre","Values":["4711"],"Type":1}]}`: with(
			func(e *EnvironmentDetails) {
				e.CustomFields = []settings.CustomField{{Name: "Cost Centre", Values: []string{"4711"}, Type: 1}}
			},
		),
		`},"CspTemplate":{"Dn":"t"`:                    with(func(e *EnvironmentDetails) { e.TemplateDN = "t" }),
		`,"TemplateDN":"own"},"CSPTemplate":{"Dn":"t"`: with(func(e *EnvironmentDetails) { e.TemplateDN = "own" }),
	} {
		body := `{"CSPEnvironment":{"Dn":"d"` + members + `},"Result":1,"Success":true}`
		got, err := clientOf(t, always(canned{body: body})).GetEnvironment(t.Context(), ByDN("d"))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, %v", members, got, err)
		}
	}
}

func TestGetEnvironment_Failures(t *testing.T) {
	for body, want := range map[string]struct {
		reason Reason
		text   string
	}{
		signOK: {EmptyAnswer, "no environment in the answer"},
		`{"CertificateEnvironment":null,"Result":1,"Success":true}`:     {EmptyAnswer, "no environment"},
		`{"CertificateEnvironment":{},"Result":1,"Success":true}`:       {EmptyAnswer, "no environment"},
		`{"Result":7,"Success":false,"Error":"gone"}`:                   {NotFound, "ObjectNotFound (7)"},
		`{"Result":3005,"Success":false,"Error":"later"}`:               {NotReady, "ObjectsPending (3005)"},
		`{"CSPEnvironment":{"Dn":"d"},"Result":3005,"Success":false}`:   {NotReady, "ObjectsPending (3005)"},
		`{"CSPEnvironment":"text","Result":1,"Success":true,"Error":1}`: {BadAnswer, "unexpected string"},
	} {
		_, err := clientOf(t, always(canned{body: body})).GetEnvironment(t.Context(), ByDN("d"))
		if e := errorOf(t, err); e.Reason != want.reason || !strings.Contains(e.Error(), want.text) {
			t.Errorf("%s: got reason %d, %v", body, e.Reason, err)
		}
	}
}

func TestGetEnvironment_OtherGUIDSpelling(t *testing.T) {
	s := inTurn(
		canned{body: `{"Result":7,"Success":false}`}, canned{
			body: `{"GPGEnvironment":{"Dn":"d"},"Result":1,"Success":true}`,
		},
	)
	if _, err := clientOf(t, s).GetEnvironment(t.Context(), ByGUID(bareGUID)); err != nil || len(s.requests()) != 2 {
		t.Errorf("%d requests, %v", len(s.requests()), err)
	}
}
