package signright_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

const (
	jane = "local:{aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb}"
	ops  = "AD+CORP:00112233445566778899aabbccddeeff"
)

func TestMerge(t *testing.T) {
	sent := []signright.Grant{{jane, 8}, {ops, 2}, {jane, 64}, {"LDAP+X:1", 0}}
	before := slices.Clone(sent)
	want := []signright.Grant{{ops, 2}, {"LDAP+X:1", 0}, {jane, 72}}
	if got := signright.Merge(sent); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if !slices.Equal(sent, before) {
		t.Errorf("got the argument changed to %v", sent)
	}
	if got := signright.Merge([]signright.Grant{{jane, 8}, {jane, 64}}); !slices.Equal(got,
		[]signright.Grant{{jane, 72}}) {
		t.Errorf("got %v, want one grant", got)
	}
	if got := signright.Merge(nil); got == nil || len(got) != 0 {
		t.Errorf("got %#v, want an empty list", got)
	}
}

func TestByKeyAndByRight(t *testing.T) {
	grants := []signright.Grant{{jane, 8}, {ops, 72 | 256}, {jane, 2}, {"LDAP+X:1", 0}}
	for name, c := range map[string]struct {
		got  map[string][]string
		want string
	}{
		"by trustee": {signright.ByKey(grants), fmt.Sprint(map[string][]string{
			jane: {"Use", "Owner"}, ops: {"Owner", "ApproveUse", "Unknown (256)"}, "LDAP+X:1": {},
		})},
		"by right": {signright.ByRight(grants), fmt.Sprint(map[string][]string{
			"Use": {jane}, "Owner": {ops, jane}, "ApproveUse": {ops}, "Unknown (256)": {ops},
		})},
		"nothing by trustee": {signright.ByKey(nil), "map[]"},
		"nothing by right":   {signright.ByRight(nil), "map[]"},
	} {
		if got := fmt.Sprint(c.got); got != c.want || c.got == nil {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

func TestPrefix(t *testing.T) {
	for trustee, want := range map[string]string{
		jane: "local", ops: "AD+CORP", "LDAP+X:a:b": "LDAP+X", "local:jane": "local", "jane": "", "": "", ":x": "",
	} {
		if got := signright.Prefix(trustee); got != want {
			t.Errorf("%q: got %q, want %q", trustee, got, want)
		}
	}
}
