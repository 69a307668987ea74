package settings_test

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
)

const (
	annaBraces = "local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"
	annaBare   = "LOCAL:0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0"
	corpDigits = "AD+CORP:00112233445566778899aabbccddeeff"
)

func TestSameTrustee(t *testing.T) {
	for name, c := range map[string]struct {
		a, b string
		want bool
	}{
		"braces and case":   {annaBraces, annaBare, true},
		"digits":            {corpDigits, "ad+corp:{00112233445566778899AABBCCDDEEFF}", true},
		"dashes":            {annaBraces, "local:0f1e2d3c4b5a69788796a5b4c3d2e1f0", true},
		"another directory": {corpDigits, "AD+LAB:00112233445566778899aabbccddeeff", false},
		"another universal": {annaBraces, "local:{1f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}", false},
		"braces of a name":  {"LDAP+X:{cn}", "LDAP+X:cn", false},
		"one brace":         {"local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", annaBraces, false},
		"two colons":        {"LDAP+X:a:b", "ldap+x:A:B", true},
		"no directory":      {"{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}", "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", false},
	} {
		if got := settings.SameTrustee(c.a, c.b); got != c.want {
			t.Errorf("%s: got %t", name, got)
		}
		if got := settings.SameSet([]string{c.a}, []string{c.b, c.a}); got != c.want {
			t.Errorf("%s: as sets: got %t", name, got)
		}
	}
}

func TestIsPrefixedName(t *testing.T) {
	for trustee, want := range map[string]bool{
		annaBraces: false, annaBare: false, corpDigits: false, "LDAP+X:jane": false, "SSO:jane@example.com": false,
		"local:jane": true, "LOCAL:Release Managers": true, "AD+CORP:jane": true, "ad+corp:CN=Jane": true,
		"local:{jane}": true, "jane": false, "local": false, "local:": true,
		"AD+CORP:00112233445566778899aabbccddeef": true, "AD+CORP:00112233445566778899aabbccddeefg": true,
	} {
		if got := settings.IsPrefixedName(trustee); got != want {
			t.Errorf("%s: got %t", trustee, got)
		}
	}
}
