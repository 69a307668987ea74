package client

import "testing"

func TestTokenScope(t *testing.T) {
	s := byPath(map[string]canned{
		"/vedauth/authorize/verify": {body: `{"identity":"local:{a}","scope":"codesign:manage"}`},
	})
	if scope, err := clientOf(t, s).TokenScope(t.Context()); err != nil || scope != "codesign:manage" {
		t.Errorf("got %q, %v", scope, err)
	}
}

func TestHasScope(t *testing.T) {
	for scope, want := range map[string]bool{
		"codesign:delete": true, "CodeSign: manage , Delete ; " +
			"configuration": true, "codesign:manage;codesign:delete": true,
		"codesign": false, "codesign:manage": false, "configuration:delete": false, "": false,
		"codesignclient:delete": false,
	} {
		if got := HasScope(scope, "codesign", "delete"); got != want {
			t.Errorf("%q: got %t", scope, got)
		}
	}
}
