package simulator

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
)

const (
	projectsRoot     = `\VED\Code Signing\Projects`
	applicationsRoot = `\VED\Code Signing\Signing Applications`
)

// foldDN is the form under which DNs are looked up: the simple upper case of .NET, in which a
// character outside of ASCII (ı, ſ) has none within it.
func foldDN(dn string) string {
	return strings.Map(func(r rune) rune { return unlessASCII(r, unicode.ToUpper(r)) }, dn)
}

func unlessASCII(r, changed rune) rune {
	if r > unicode.MaxASCII && changed <= unicode.MaxASCII {
		return r
	}
	return changed
}

// foldGUID is the form under which GUIDs are looked up: no braces, lower case.
func foldGUID(guid string) string {
	return strings.ToLower(strings.Trim(guid, "{}"))
}

// placeDN gives an object its DN from its name and usual place.
func placeDN(dn, root, name string) string {
	if dn != "" {
		return dn
	}
	if strings.HasPrefix(name, `\`) {
		return name
	}
	return root + `\` + name
}

func lastPart(dn string) string { return dn[strings.LastIndexByte(dn, '\\')+1:] }

func parentDN(dn string) string {
	i := strings.LastIndexByte(dn, '\\')
	if i <= 0 {
		return ""
	}
	return dn[:i]
}

// guidOf derives a stable GUID from what it is for.
func guidOf(parts ...string) string {
	lower := func(r rune) rune { return unlessASCII(r, unicode.ToLower(r)) }
	sum := sha256.Sum256([]byte(strings.Map(lower, strings.Join(parts, "\x00"))))
	sum[6] = sum[6]&0x0f | 0x50
	sum[8] = sum[8]&0x3f | 0x80
	h := hex.EncodeToString(sum[:16])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
