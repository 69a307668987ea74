package transport

import (
	"bufio"
	"errors"
	"testing"
	"testing/iotest"
)

func TestReply_ReadErrorBeforeTheFirstByte(t *testing.T) {
	reset := errors.New("connection reset")
	for _, contentType := range []string{"", "application/json", "text/html"} {
		r := Reply{ContentType: contentType}
		if err := r.requireJSON(bufio.NewReader(iotest.ErrReader(reset))); !errors.Is(err, reset) {
			t.Errorf("content type %q: got %v, want %v", contentType, err, reset)
		}
	}
}
