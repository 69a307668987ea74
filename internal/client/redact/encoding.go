package redact

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

var (
	markUTF8    = []byte("\xef\xbb\xbf")
	markUTF16LE = []byte("\xff\xfe")
	markUTF16BE = []byte("\xfe\xff")
)

// Decode returns a text as UTF-8 without the byte order mark that .NET servers and Windows editors
// write before it. For UTF-16, with or without a mark, it also returns the name of the encoding;
// for UTF-8 the name is empty.
func Decode(content []byte) (text []byte, encoding string) {
	switch encoding = EncodingOf(content); encoding {
	case "":
		for bytes.HasPrefix(content, markUTF8) {
			content = content[len(markUTF8):]
		}
		return content, ""
	case utf16LE:
		return decodeUTF16(bytes.TrimPrefix(content, markUTF16LE), binary.LittleEndian), encoding
	default:
		return decodeUTF16(bytes.TrimPrefix(content, markUTF16BE), binary.BigEndian), encoding
	}
}

const (
	utf16LE = "UTF-16 (little endian)"
	utf16BE = "UTF-16 (big endian)"
)

// EncodingOf names the UTF-16 encoding that a text begins in, empty for anything else. Text in JSON
// or PEM begins with ASCII characters, so that a zero byte beside the first of them proves UTF-16.
func EncodingOf(start []byte) string {
	switch {
	case bytes.HasPrefix(start, markUTF16LE):
		return utf16LE
	case bytes.HasPrefix(start, markUTF16BE):
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
