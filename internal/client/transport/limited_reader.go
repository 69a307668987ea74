package transport

import (
	"fmt"
	"io"
)

// maxDepth of nesting is far beyond any documented answer.
const maxDepth = 64

// limitedReader ends with an error if JSON is too long as a whole or in one element, or nested too deep.
type limitedReader struct {
	in             io.Reader
	left, limit    int64
	element, most  int64 // an element lies below the second level: one project of an enumeration
	depth          int
	quoted, escape bool
}

func newLimitedReader(in io.Reader, limit, element int64) *limitedReader {
	return &limitedReader{in: in, left: limit, limit: limit, most: element}
}

func (l *limitedReader) Read(p []byte) (int, error) {
	n, err := l.in.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, tooLarge(l.limit)
	}
	if err := l.scan(p[:n]); err != nil {
		return 0, err
	}
	return n, err
}

func tooLarge(limit int64) error {
	return &Error{Code: BadAnswer, Text: fmt.Sprintf("the answer is larger than %.3g MiB", float64(limit)/(1<<20))}
}

// scan follows the nesting. It sees every byte that arrives.
func (l *limitedReader) scan(p []byte) error {
	start := 0
	for i, b := range p {
		switch {
		case l.escape:
			l.escape = false
		case b == '"':
			l.quoted = !l.quoted
		case l.quoted:
			l.escape = b == '\\'
		case b == '{', b == '[':
			if l.depth++; l.depth > maxDepth {
				return &Error{
					Code: BadAnswer, Text: fmt.Sprintf("the answer is nested deeper than %d levels", maxDepth),
				}
			}
		case b == '}', b == ']':
			if l.depth--; l.depth <= 2 {
				if err := l.grow(i - start); err != nil {
					return err
				}
				start, l.element = i, 0
			}
		}
	}
	return l.grow(len(p) - start)
}

// open reports whether the JSON is incomplete, which nothing else shows if the end of the
// connection is the end of the body.
func (l *limitedReader) open() bool { return l.depth > 0 || l.quoted }

func (l *limitedReader) grow(by int) error {
	if l.element += int64(by); l.element > l.most {
		return tooLarge(l.most)
	}
	return nil
}
