package environment_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// richWorld has one environment of a kind with all that can be set.
func richWorld(kind string) simulator.World {
	w := world()
	members := map[string]any{"RequireJustification": true}
	if kind == "Certificate" {
		members["CertificateStatus"], members["CertificateStatusText"] = 5, "Issued"
	}
	w.Projects[0].Environments = []simulator.Environment{{
		Name: "Release", Kind: kind, ID: 100, Members: members,
		KeyUseFlow: `\VED\Code Signing\Flows\Two`, IPAddresses: []string{"10.2.0.0/16", "10.1.0.0/16"},
		TimeConstraints: []string{`\VED\Code Signing\Time\Office`},
		CustomFields:    map[string][]string{"Cost Centre": {"4711", "4712"}},
		Values:          map[string]string{"Country": "DE", "KeyStorageLocation": "HSM"},
	}}
	return w
}

func TestEnvironment_Restrictions(t *testing.T) {
	for _, kind := range []string{"KeyPair", "CSP", "Apple"} { // two spell IPAddressRestriction otherwise
		t.Run(kind, func(t *testing.T) {
			readsByID(t, richWorld(kind),
				is("ip_address_restriction", acctest.Strings("10.1.0.0/16", "10.2.0.0/16")),
				is("key_time_constraints", acctest.Strings(`\VED\Code Signing\Time\Office`)),
				is("key_use_flow", text(`\VED\Code Signing\Flows\Two`)), is("key_storage_location", text("HSM")),
				is("require_justification", knownvalue.Bool(true)),
				is("custom_fields", knownvalue.MapExact(map[string]knownvalue.Check{
					"Cost Centre": acctest.Strings("4711", "4712"),
				})))
		})
	}
}

func TestEnvironment_CertificateStatus(t *testing.T) {
	readsByID(t, richWorld("Certificate"),
		is("certificate_status", knownvalue.Int64Exact(5)), is("certificate_status_text", text("Issued")))
	readsByID(t, richWorld("KeyPair"),
		is("certificate_status", knownvalue.Null()), is("certificate_dn", knownvalue.Null()))
}

func TestEnvironment_ServerSpellings(t *testing.T) {
	for name, set := range map[string]func(*simulator.Settings){
		"lower case members":   func(s *simulator.Settings) { s.LowerCaseMembers = true },
		"lower case country":   func(s *simulator.Settings) { s.LowerCaseCountry = true },
		"doubled backslashes":  func(s *simulator.Settings) { s.DoubledDNS = true },
		"GUIDs without braces": func(s *simulator.Settings) { s.GUIDStyle = "none" },
		"pending for a while": func(s *simulator.Settings) {
			s.Failures = map[string]simulator.Failure{"Codesign/GetEnvironment": {Result: 3005, Count: 1}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := richWorld("Certificate")
			set(&w.Settings)
			reads(t, w, "dn", acctest.String(project+`\Release`),
				is("dn", text(project+`\Release`)), is("label", text(`Payments\Release`)),
				is("key_algorithm", text("RSA2048")),
				is("ip_address_restriction", acctest.Strings("10.1.0.0/16", "10.2.0.0/16")))
		})
	}
}
