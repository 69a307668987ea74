package redact

import "testing"

// What is compiled late fails late, so here is each of them.
func TestPatterns_Compile(t *testing.T) {
	t.Parallel()
	for _, compiled := range []int{pageTitle().NumSubexp(), pageHead().NumSubexp(), bearer().NumSubexp()} {
		if compiled != 1 {
			t.Errorf("%d groups", compiled)
		}
	}
	for _, text := range []string{pageTag().FindString("a <b> c"), escapes().FindString("a%2Bb")} {
		if text == "" {
			t.Error("a pattern does not match its example")
		}
	}
}
