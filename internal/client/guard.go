package client

import "io"

// limitedReader is a reader that ends with an error where JSON goes on for too long, as a whole or in one piece, or is nested too deep.
type limitedReader struct {
	in           io.Reader
	left, limit  int64
	piece, most  int64 // a piece is what lies below the second level: one project of an enumeration
	depth        int
	quoted, skip bool
}

func newLimitedReader(in io.Reader, limit, piece int64) *limitedReader {
	return &limitedReader{in: in, left: limit, limit: limit, most: piece}
}

func (g *limitedReader) Read(p []byte) (int, error) {
	n, err := g.in.Read(p)
	if g.left -= int64(n); g.left < 0 {
		return 0, tooLarge(g.limit)
	}
	if trouble := g.scan(p[:n]); trouble != nil {
		return 0, trouble
	}
	return n, err
}

func tooLarge(limit int64) error {
	return badAnswer("the answer is larger than %.3g MiB", float64(limit)/(1<<20))
}

// scan follows the nesting. It is on the way of every byte that arrives.
func (g *limitedReader) scan(p []byte) error {
	start := 0
	for i, b := range p {
		switch {
		case g.skip:
			g.skip = false
		case b == '"':
			g.quoted = !g.quoted
		case g.quoted:
			g.skip = b == '\\'
		case b == '{', b == '[':
			if g.depth++; g.depth > maxDepth {
				return badAnswer("the answer is nested deeper than %d levels", maxDepth)
			}
		case b == '}', b == ']':
			if g.depth--; g.depth <= 2 {
				if err := g.grow(i - start); err != nil {
					return err
				}
				start, g.piece = i, 0
			}
		}
	}
	return g.grow(len(p) - start)
}

// open: the end came in the middle, as it does where only the end of the connection tells the length.
func (g *limitedReader) open() bool { return g.depth > 0 || g.quoted }

func (g *limitedReader) grow(by int) error {
	if g.piece += int64(by); g.piece > g.most {
		return tooLarge(g.most)
	}
	return nil
}
