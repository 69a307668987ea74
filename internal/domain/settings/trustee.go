package settings

import (
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

// SameTrustee compares prefixed universals. Case does not matter, and neither do the braces and dashes
// of a GUID, which servers write in several ways.
func SameTrustee(a, b string) bool { return key(a) == key(b) }

// IsPrefixedName reports whether a trustee certainly is a name and not a prefixed universal. The
// universals of the local and of Active Directory are GUIDs. Other directories may have any form.
func IsPrefixedName(trustee string) bool {
	prefix, universal, found := strings.Cut(trustee, ":")
	prefix = dn.Fold(prefix)
	return found && (prefix == "LOCAL" || strings.HasPrefix(prefix, "AD+")) && !isGUID(universal)
}

// key is the same text for all spellings of an item of a set.
func key(item string) string {
	prefix, universal, _ := strings.Cut(item, ":")
	if bare := strings.TrimSuffix(strings.TrimPrefix(universal, "{"), "}"); isGUID(universal) {
		return dn.Fold(prefix + ":" + strings.ReplaceAll(bare, "-", ""))
	}
	return dn.Fold(item)
}

// isGUID accepts a GUID, or its 32 digits, each with or without braces.
func isGUID(s string) bool {
	if strings.HasPrefix(s, "{") != strings.HasSuffix(s, "}") {
		return false
	}
	s = strings.Trim(s, "{}")
	if dn.ValidateGUID(s) == nil {
		return true
	}
	return len(s) == 32 && strings.Trim(s, "0123456789abcdefABCDEF") == ""
}
