package client

import "testing"

// What is compiled late fails late, so here is each of them.
func TestPatterns_Compile(t *testing.T) {
	t.Parallel()
	for _, compiled := range []int{quotedScope().NumSubexp(), dotNetDate().NumSubexp(), 1 + universalForm().NumSubexp()} {
		if compiled != 1 {
			t.Errorf("%d groups", compiled)
		}
	}
	for _, text := range []string{bareScope().FindString("wants codesign:admin now"), plainPath().FindString("/vedsdk")} {
		if text == "" {
			t.Error("a pattern does not match its example")
		}
	}
}
