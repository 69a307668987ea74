package transport

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestLimitedReader(t *testing.T) {
	project := `{"Dn":"` + strings.Repeat("x", 50) + `\"{[","Status":1},`
	for _, row := range []struct {
		text  string
		limit int64
		fails bool
	}{
		{`{"Projects":[` + strings.Repeat(project, 10) + `]}`, 10000, false},
		{`{"Projects":[` + strings.Repeat(project, 10) + `]}`, 500, true},
		{`{"Projects":[{"a":` + project + `"b":` + project + `}]}`, 10000, true},
		{`{"Error":"` + strings.Repeat(`\"}`, 100) + `"}`, 10000, true},
		{strings.Repeat(" ", 101), 10000, true},
	} {
		for _, in := range []io.Reader{strings.NewReader(row.text), iotest.OneByteReader(strings.NewReader(row.text))} {
			if _, err := io.ReadAll(newLimitedReader(in, row.limit, 100)); (err != nil) != row.fails {
				t.Errorf("%.100s within %d: %v", row.text, row.limit, err)
			}
		}
	}
}

// FuzzLimitedReader: whatever the size of the pieces it arrives in, valid JSON passes unless it is
// too deep or too long, and what is
// cut off is seen to be.
func FuzzLimitedReader(f *testing.F) {
	f.Fuzz(func(t *testing.T, body []byte, piece uint8) {
		whole, all := newLimitedReader(bytes.NewReader(body), 1<<20, 1<<20),
			newLimitedReader(iotest.OneByteReader(bytes.NewReader(body)), 1<<20, 1<<20)
		got, err := io.ReadAll(whole)
		_, errByByte := io.ReadAll(all)
		if (err == nil) != (errByByte == nil) || err == nil && whole.open() != all.open() {
			t.Errorf("at once %v, byte by byte %v", err, errByByte)
		}
		if err == nil && !bytes.Equal(got, body) {
			t.Error("content changed")
		}
		if json.Valid(body) && err == nil && whole.open() {
			t.Error("complete, and taken for cut off")
		}
		if err != nil && CodeOf(err) != BadAnswer {
			t.Error(err)
		}
		small, bit := newLimitedReader(bytes.NewReader(body), 1<<20, int64(piece)),
			newLimitedReader(iotest.OneByteReader(bytes.NewReader(body)), 1<<20, int64(piece))
		_, err = io.ReadAll(small)
		_, errByByte = io.ReadAll(bit)
		if (err == nil) != (errByByte == nil) {
			t.Errorf("in pieces of %d: at once %v, byte by byte %v", piece, err, errByByte)
		}
	})
}
