package auth

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// A file argument may contain a secret by mistake: a pipeline variable of type "variable" instead
// of "file" holds the token or the key itself. So messages show a value only if it looks like a
// path.

const (
	maxShownPath = 512 // bytes
	maxName      = 255 // bytes of one name in a path, on all common file systems
	minToken     = 20  // bytes; a longer name may be a token
)

// shownPath returns a path in quotes, or a description of a value that is not a path.
func shownPath(value string) string {
	if kind := contentKind(value); kind != "" {
		return "the value (" + kind + ", not shown)"
	}
	return quoted(value)
}

// shellPath returns a path as an argument of a command in a message.
func shellPath(value string) string {
	if contentKind(value) != "" {
		return "FILE"
	}
	return sanitized(value)
}

// contentKind describes a value that is not a path. It is empty for a path.
func contentKind(value string) string {
	value = strings.TrimSpace(value)
	if kind := certainContent(value); kind != "" {
		return kind
	}
	switch {
	case len(value) > maxShownPath:
		return "too long for a path: " + strconv.Itoa(len(value)) + " characters"
	case isKnownPath(value):
		return ""
	case base64Start().MatchString(strings.Trim(value, quotes)), looksLikeToken(value):
		return "it looks like a token or base64"
	}
	return ""
}

const quotes = "\"'`"

var (
	jwtShape    = redact.Pattern(`^[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{2,}\.[A-Za-z0-9_-]*(\.[A-Za-z0-9_-]*){0,2}$`)
	jsonStart   = redact.Pattern(`^[{\[]\s*["{\[]`)
	base64Start = redact.Pattern(`^(eyJ|MI[IE][A-Za-z0-9+/])[A-Za-z0-9+/=_-]{6,}`)
	bearerStart = redact.Pattern(`(?i)^(authorization\s*[:=]\s*)?bearer\s`)
)

// certainContent recognizes values that are never a path.
func certainContent(value string) string {
	bare := strings.Trim(value, quotes)
	switch {
	case strings.Contains(value, "-----BEGIN") && strings.Contains(value, "PRIVATE KEY"):
		return "it looks like a private key in PEM"
	case isPEM(value):
		return "it looks like PEM"
	case strings.HasPrefix(bare, "LS0tLS1"):
		return "it looks like PEM in base64"
	case jwtShape().MatchString(bare) && isJWTHeader(bare):
		return "it looks like a JWT"
	case jsonStart().MatchString(bare):
		return "it looks like JSON"
	case bearerStart().MatchString(bare):
		return "it begins with the word Bearer"
	case strings.ContainsAny(value, "\n\r\v\f\u0085\u2028\u2029"):
		return "it contains line breaks"
	case strings.ContainsRune(value, 0):
		return "it contains zero bytes"
	}
	return ""
}

func isJWTHeader(value string) bool {
	header, _, _ := strings.Cut(value, ".")
	decoded, err := base64.RawURLEncoding.DecodeString(header)
	return err == nil && len(decoded) > 0 && decoded[0] == '{'
}

// isKnownPath is true if the file exists, or if its directory exists and its name is an ordinary
// one.
func isKnownPath(value string) bool {
	if _, err := os.Lstat(value); err == nil {
		return true
	}
	dir, name := filepath.Split(value)
	if dir == "" || filepath.Dir(value) == string(filepath.Separator) || looksLikeToken(name) {
		return false
	}
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}

// looksLikeToken is true if one name of a path looks random or ends in the padding of base64. A
// word without a directory or an extension may also be a token.
func looksLikeToken(value string) bool {
	if strings.HasSuffix(value, "=") && !strings.ContainsAny(value, " .") {
		return true
	}
	names := strings.FieldsFunc(value, func(r rune) bool { return r == '/' || r == '\\' })
	for _, name := range names {
		if len(name) > maxName || len(name) >= minToken && !isOrdinaryName(name) {
			return true
		}
	}
	return len(names) == 1 && names[0] == value && isOpaqueWord(value)
}

func isOpaqueWord(word string) bool {
	if fileExtension().MatchString(word) || strings.ContainsRune(word, ' ') {
		return false
	}
	mixed := strings.ContainsAny(word, "0123456789") && strings.ContainsFunc(word, unicode.IsLetter)
	return len(word) >= 16 || mixed && len(word) >= 8
}

var (
	fileExtension = redact.Pattern(`\.[A-Za-z][A-Za-z0-9]{0,5}$`)
	ordinaryWord  = redact.Pattern(`^([a-z]{1,16}|[A-Z]{1,16}|[A-Z]?[a-z]{1,16}([A-Z][a-z]{1,16}){0,6})?[0-9]{0,4}$`)
	uuidShape     = redact.Pattern(`(?i)^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$`)
	wordBreaks    = redact.Pattern(`[-_. @~+,()]+`)
)

// isOrdinaryName is true for a name made of words.
func isOrdinaryName(name string) bool {
	bare := strings.TrimSuffix(name, fileExtension().FindString(name))
	if uuidShape().MatchString(bare) && len(bare) < len(name) {
		return true
	}
	return !slices.ContainsFunc(wordBreaks().Split(bare, -1),
		func(word string) bool { return !ordinaryWord().MatchString(word) })
}
