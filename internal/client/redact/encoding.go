package redact

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

var (
	bomUTF8    = []byte("\xef\xbb\xbf")
	bomUTF16LE = []byte("\xff\xfe")
	bomUTF16BE = []byte("\xfe\xff")
)

// Decode returns a text as UTF-8 without the byte order mark of .NET servers and Windows editors.
// For UTF-16, with or without a mark, it also returns the name of the encoding.
func Decode(content []byte) (text []byte, encoding string) {
	switch encoding = EncodingOf(content); encoding {
	case "":
		for bytes.HasPrefix(content, bomUTF8) {
			content = content[len(bomUTF8):]
		}
		return content, ""
	case utf16LE:
		return decodeUTF16(bytes.TrimPrefix(content, bomUTF16LE), binary.LittleEndian), encoding
	default:
		return decodeUTF16(bytes.TrimPrefix(content, bomUTF16BE), binary.BigEndian), encoding
	}
}

const (
	utf16LE = "UTF-16 (little endian)"
	utf16BE = "UTF-16 (big endian)"
)

// EncodingOf names the UTF-16 encoding of a text, empty for any other. JSON and PEM begin with
// ASCII characters, so a zero byte beside the first one proves UTF-16.
func EncodingOf(start []byte) string {
	switch {
	case bytes.HasPrefix(start, bomUTF16LE):
		return utf16LE
	case bytes.HasPrefix(start, bomUTF16BE):
		return utf16BE
	case len(start) < 2:
		return ""
	case start[0] != 0 && start[1] == 0:
		return utf16LE
	case start[0] == 0 && start[1] != 0:
		return utf16BE
	}
	return ""
}

func decodeUTF16(content []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(content)/2)
	for i := range units {
		units[i] = order.Uint16(content[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}
