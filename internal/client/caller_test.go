package client

import (
	"reflect"
	"testing"
)

func TestSelfNames_Sources(t *testing.T) {
	self := canned{
		body: `{"Identities":[{"PrefixedUniversal":"local:{me}"},{"PrefixedUniversal":"local:{group}"},{"Name":"x"}]}`,
	}
	none := canned{status: 403, body: `{"error":"insufficient_scope"}`}
	verified := canned{body: `{"identity":"local:{me}","scope":"any"}`}
	nameless := canned{body: `{"Identities":[{"Name":"x"},{"PrefixedUniversal":"local:{group}"}]}`}
	named := canned{body: `{"Identities":[{"PrefixedName":"local:jane"},{"PrefixedUniversal":"local:{group}"}]}`}
	for _, row := range []struct {
		name         string
		self, verify canned
		want         []string
		requests     int // for two questions
	}{
		{"Identity/Self", self, none, []string{"local:{me}", "{me}"}, 1},
		{"authorize/verify", none, verified, []string{"local:{me}", "{me}"}, 2},
		{
			"no identity, then authorize/verify",
			canned{body: `{"Identities":[]}`},
			verified,
			[]string{"local:{me}", "{me}"},
			2,
		},
		{
			"a caller without a name, whose group is not the caller", nameless, verified,
			[]string{"local:{me}", "{me}"},
			2,
		},
		{"a caller without a universal", named, verified, []string{"local:{me}", "{me}", "local:jane"}, 2},
		{"the grant", none, none, []string{"local:{token}", "{token}"}, 2},
	} {
		s := &script{answer: func(_ int, r arrived) canned {
			switch r.path {
			case "/vedsdk/Identity/Self":
				return row.self
			case "/vedauth/authorize/verify":
				return row.verify
			}
			return canned{status: 404}
		}}
		c := clientOf(t, s)
		for range 2 {
			if got := c.SelfNames(t.Context()); !reflect.DeepEqual(got, row.want) {
				t.Errorf("%s: %v", row.name, got)
			}
		}
		if n := len(s.requests()); n != row.requests {
			t.Errorf("%s: %d requests", row.name, n)
		}
	}
	s := always(none)
	c := clientOf(t, s, withTokens(broken{errNoCaller}))
	if got := c.SelfNames(t.Context()); got != nil {
		t.Errorf("%v", got)
	}
}

func TestSelfNames_Spellings(t *testing.T) {
	const me, id = "AD+CORP:00112233445566778899aabbccddeeff", "00112233445566778899aabbccddeeff"
	for members, want := range map[string][]string{
		`"PrefixedUniversal":"` + me + `","Universal":"` + id +
			`","PrefixedName":"AD+CORP:jane","Prefix":"AD+CORP","Name":"jane"`: {me, id, "AD+CORP:jane"},
		`"PrefixedUniversal":"` + me + `","PrefixedName":"AD+CORP:jane"`:                  {me, id, "AD+CORP:jane"},
		`"Prefix":"AD+CORP","Universal":"` + id + `","Name":"jane","FullName":"Jane Doe"`: {me, id, "AD+CORP:jane"},
		`"PrefixedUniversal":"` + me + `","Universal":"0011"`:                             {me, "0011", id},
		`"PrefixedUniversal":"` + me + `","Name":"jane"`:                                  {me, id},
		`"PrefixedUniversal":"` + me + `","PrefixedName":"` + me +
			`"`: {me, id},
	} {
		const group = `{"PrefixedUniversal":"local:{g}","Universal":"{g}","PrefixedName":"local:release",` +
			`"IsGroup":true}`
		s := always(canned{body: `{"Identities":[{` + members + `},` + group + `,` + group + `,null,{}]}`})
		got := clientOf(t, s).SelfNames(t.Context())
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s\ngot  %q\nwant %q", members, got, want)
		}
	}
}
