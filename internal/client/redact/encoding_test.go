package redact

import (
	"encoding/binary"
	"testing"
	"unicode/utf16"
)

func inUTF16(text string, order binary.AppendByteOrder, mark bool) []byte {
	var out []byte
	if mark {
		out = order.AppendUint16(out, 0xFEFF)
	}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, unit)
	}
	return out
}

func TestDecode(t *testing.T) {
	const text = `{"a":"ü𝄞"}`
	for name, tt := range map[string]struct {
		content  []byte
		want     string
		encoding string
	}{
		"plain":                 {[]byte(text), text, ""},
		"empty":                 {nil, "", ""},
		"one byte":              {[]byte("7"), "7", ""},
		"mark":                  {[]byte("\xef\xbb\xbf" + text), text, ""},
		"mark twice":            {[]byte("\xef\xbb\xbf\xef\xbb\xbf" + text), text, ""},
		"mark alone":            {[]byte("\xef\xbb\xbf"), "", ""},
		"mark inside":           {[]byte("a\xef\xbb\xbfb"), "a\xef\xbb\xbfb", ""},
		"little endian":         {inUTF16(text, binary.LittleEndian, true), text, utf16LE},
		"big endian":            {inUTF16(text, binary.BigEndian, true), text, utf16BE},
		"little endian, bare":   {inUTF16(text, binary.LittleEndian, false), text, utf16LE},
		"big endian, bare":      {inUTF16(text, binary.BigEndian, false), text, utf16BE},
		"little endian, empty":  {[]byte("\xff\xfe"), "", utf16LE},
		"one character, bare":   {[]byte("7\x00"), "7", utf16LE},
		"odd number of bytes":   {append(inUTF16("ab", binary.LittleEndian, true), 'x'), "ab", utf16LE},
		"zero bytes are binary": {[]byte{0, 0, 1, 2}, "\x00\x00\x01\x02", ""},
	} {
		got, encoding := Decode(tt.content)
		if string(got) != tt.want || encoding != tt.encoding {
			t.Errorf("%s: got %q in %q", name, got, encoding)
		}
	}
}
