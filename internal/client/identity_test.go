package client

import (
	"context"
	"reflect"
	"strings"
	"testing"
)

func TestValidateIdentity_RequestForms(t *testing.T) {
	universal, name := "PrefixedUniversal", "PrefixedName"
	for given, want := range map[string][]string{
		"local:{aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb}": {universal, universal},
		"AD+CORP:00112233445566778899aabbccddeeff":     {universal, universal},
		"ad+corp:00112233445566778899AABBCCDDEEFF":     {universal, universal},
		"LDAP+CORP:00112233445566778899aabbccddeeff":   {universal, universal},
		"local:jane":                   {name},
		"AD+CORP:jane":                 {name},
		"LDAP+CORP:uid=jane,ou=people": {universal, name},
		"scim:jane":                    {name, universal},
		"jane":                         {name, universal},
	} {
		s := always(canned{body: `{}`})
		_, err := clientOf(t, s).ValidateIdentity(t.Context(), given)
		if !IsNotFound(err) || !strings.Contains(err.Error(), given) {
			t.Errorf("%s: %v", given, err)
		}
		var got []string
		for _, r := range s.requests() {
			form := universal
			if strings.Contains(r.body, name) {
				form = name
			}
			got = append(got, form)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: asked by %v, want %v", given, got, want)
		}
	}
}

func TestValidateUniversal(t *testing.T) {
	const asUniversal, asName = `{"ID":{"PrefixedUniversal":`, `{"ID":{"PrefixedName":`
	found := func(universal string) canned {
		return canned{body: `{"ID":{"PrefixedUniversal":"` + universal + `","Name":"jane"}}`}
	}
	refused := canned{status: 400, body: `{"error":"invalid_request"}`}
	for _, trustee := range []string{
		"AzureAD+CORP:0a1b", "scim:jane", "AD+CORP:S-1-5-21", "local:jane",
		"LDAP+CORP:uid=jane", "jane",
	} {
		for name, row := range map[string]struct {
			answers  []canned
			requests int
			found    bool
			reason   Reason
		}{
			"found":                            {[]canned{found(trustee)}, 1, true, 0},
			"gone":                             {[]canned{{body: `{}`}}, 1, false, NotFound},
			"hidden":                           {[]canned{{status: 403}}, 1, false, Forbidden},
			"refused, found as a name":         {[]canned{refused, found(strings.ToUpper(trustee))}, 2, true, 0},
			"refused, the name is another's":   {[]canned{refused, found("local:{other}")}, 2, false, Refused},
			"refused, unknown as a name":       {[]canned{refused, {body: `{}`}}, 2, false, Refused},
			"refused with an error, and again": {[]canned{{body: `{"Error":"no"}`}, refused}, 2, false, Refused},
		} {
			s := inTurn(row.answers...)
			id, err := clientOf(t, s).ValidateUniversal(t.Context(), trustee)
			if (id != nil && id.Name == "jane") != row.found || ReasonOf(err) != row.reason ||
				len(s.requests()) != row.requests {
				t.Errorf("%s, %s: %+v, %v after %d requests", trustee, name, id, err, len(s.requests()))
			}
			for i, form := range []string{asUniversal, asName}[:row.requests] {
				if !strings.HasPrefix(s.requests()[i].body, form) {
					t.Errorf("%s, %s: request %d is %s", trustee, name, i, s.requests()[i].body)
				}
			}
		}
	}
}

func TestValidateUniversal_SameSpellingAsName(t *testing.T) {
	s := &script{answer: func(_ int, r arrived) canned {
		if strings.Contains(r.body, "PrefixedName") {
			return canned{body: `{"ID":{"PrefixedUniversal":"local:{a}","Name":"jane"}}`}
		}
		return canned{body: `{}`}
	}}
	c := clientOf(t, s)
	if id, err := c.ValidateIdentity(t.Context(), "scim:jane"); err != nil || id.Name != "jane" {
		t.Errorf("%+v, %v", id, err)
	}
	for range 2 {
		if id, err := c.ValidateUniversal(t.Context(), "scim:jane"); !IsNotFound(err) || len(s.requests()) != 2 {
			t.Errorf("%+v, %v, %d requests", id, err, len(s.requests()))
		}
	}
}

func TestValidateIdentity_AllMembers(t *testing.T) {
	body := `{"ID":{"FullName":"Jane Doe","IsGroup":false,"IsContainer":"true","Name":"jane","Prefix":"local",
	"PrefixedName":"local:jane",
		"PrefixedUniversal":"local:{a}","Type":"1","Universal":"{a}","State":4}}`
	got, err := clientOf(t, always(canned{body: body})).ValidateIdentity(t.Context(), "local:jane")
	want := &Identity{
		PrefixedUniversal: "local:{a}", PrefixedName: "local:jane", Name: "jane", FullName: "Jane Doe", Prefix: "local",
		Universal: "{a}", IsContainer: true, Type: 1,
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	got, err = clientOf(t, always(canned{body: `{"Id":{"Prefix":"local","Universal":"{a}"}}`})).
		ValidateIdentity(t.Context(), "local:jane")
	if err != nil || got.PrefixedUniversal != "local:{a}" {
		t.Errorf("put together: %+v, %v", got, err)
	}
	for _, body := range []string{`{"ID":null}`, `{"ID":{}}`, `{"ID":{"Name":null}}`} {
		if _, err := clientOf(t, always(canned{body: body})).ValidateIdentity(t.Context(),
			"local:jane"); !IsNotFound(err) {
			t.Errorf("%s: %v", body, err)
		}
	}
	if _, err := clientOf(t, always(canned{body: `{"Error":"no"}`})).ValidateIdentity(t.Context(),
		"local:jane"); ReasonOf(err) != Refused {
		t.Error(err)
	}
}

func TestIdentity_Kind(t *testing.T) {
	for want, list := range map[string][]Identity{
		"user": {{Type: 1}}, "group": {{Type: 2}, {IsGroup: true}}, "container": {{Type: 4}, {IsContainer: true}},
		"distribution_list": {{Type: 8}, {Type: 10}}, "machine": {{Type: 16}}, "provider": {{Type: 32}},
		"unknown": {{}, {Type: 64}},
	} {
		for _, id := range list {
			if got := id.Kind(); got != want {
				t.Errorf("%+v is %s, want %s", id, got, want)
			}
		}
	}
}

func TestIdentity_KindWithoutType(t *testing.T) {
	for members, want := range map[string]string{
		``: "unknown", `"IsGroup":null`: "unknown", `"IsGroup":"perhaps"`: "unknown", `"IsContainer":false`: "unknown",
		`"IsGroup":false`: "user", `"isGroup":"False"`: "user", `"IsGroup":false,"Type":null`: "user",
		`"IsGroup":false,"IsContainer":false`: "user",
		`"IsGroup":true`:                      "group", `"IsGroup":"true","IsContainer":false`: "group",
		`"IsGroup":true,"Type":0`: "group",
		`"IsContainer":true`:      "container", `"IsGroup":false,"IsContainer":true`: "container",
		`"IsGroup":false,"Type":0`: "unknown", `"IsGroup":false,"Type":2`: "group",
		`"IsGroup":false,"Type":16`: "machine", `"IsGroup":true,"Type":8`: "distribution_list",
	} {
		if members != "" {
			members = "," + members
		}
		body := `{"ID":{"PrefixedUniversal":"local:{a}"` + members + `}}`
		id, err := clientOf(t, always(canned{body: body})).ValidateIdentity(t.Context(), "local:jane")
		if err != nil || id.Kind() != want {
			t.Errorf("%s: %s, want %s, %v", body, id.Kind(), want, err)
		}
	}
}

func TestConfig_Answers(t *testing.T) {
	s := byPath(map[string]canned{
		"Config/IsValid": {body: `{"Object":{"AbsoluteGUID":"{p}{g}","DN":"\\VED\\X","GUID":"{g}","Id":12,"Name":"X",
		"Parent":"\\VED","Revision":"3",
			"TypeName":"Code Signing Project"},"Result":1}`},
	})
	c := clientOf(t, s)
	if revision, err := c.IsValid(t.Context(), ByGUID("g")); err != nil || revision != 3 {
		t.Errorf("revision %d, %v", revision, err)
	}
	empty := clientOf(t, always(canned{body: `{"Result":1}`}))
	for _, err := range []error{
		second(empty.IsValid(t.Context(), ByDN("x"))), second(empty.ServerVersion(t.Context())),
	} {
		if ReasonOf(err) != EmptyAnswer {
			t.Error(err)
		}
	}
}

func TestRefreshPermissions_403(t *testing.T) {
	for _, body := range []string{
		`{"error":"insufficient_scope","error_description":"scope 'security'"}`, ``,
		`{"Error":"no"}`,
	} {
		err := clientOf(t, always(canned{status: 403, body: body})).RefreshPermissions(t.Context())
		if ReasonOf(err) != MissingScope {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestValidateIdentity_Spellings(t *testing.T) {
	const dashed, digits = "aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb", "00112233445566778899aabbccddeeff"
	for _, prefix := range []string{"local:", "AD+CORP:", "LDAP+CORP:", "LDAP+AD:"} {
		for _, id := range []string{dashed, digits} {
			for asked, known := range map[string]string{prefix + id: prefix + "{" + id + "}", prefix + "{" +
				id + "}": prefix + id} {
				for name, otherwise := range map[string]canned{
					"null": {body: `{"ID":null}`}, "empty": {body: ""}, "204": {status: 204, body: ""},
					"refused": {status: 400, body: `{"Error":"no"}`},
				} {
					s := &script{answer: func(_ int, r arrived) canned {
						if strings.Contains(r.body, `"`+known+`"`) {
							return canned{body: `{"ID":{"PrefixedUniversal":"` + known + `","Name":"jane"}}`}
						}
						return otherwise
					}}
					c := clientOf(t, s)
					for _, find := range []func(context.Context, string) (*Identity, error){
						c.ValidateIdentity, c.ValidateUniversal,
					} {
						if found, err := find(t.Context(), asked); err != nil || found.Name != "jane" {
							t.Errorf("%s, known as %s, %s: %v", asked, known, name, err)
						}
					}
				}
			}
		}
	}
}

func TestValidateIdentity_EmptyAnswerIsNotFound(t *testing.T) {
	for _, status := range []int{200, 204} {
		for _, body := range []string{"", "\r\n", "null", "{}"} {
			c := clientOf(t, always(canned{status: status, body: body}))
			for _, given := range []string{
				"local:jane", "LDAP+X:jane", "local:{aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb}",
			} {
				if _, err := c.ValidateIdentity(t.Context(), given); !IsNotFound(err) {
					t.Errorf("%d %q: %v", status, body, err)
				}
				if _, err := c.ValidateUniversal(t.Context(), given); !IsNotFound(err) {
					t.Errorf("%d %q: %v", status, body, err)
				}
			}
		}
	}
}

func TestValidateIdentity_LDAPNameAfterARefusedUniversal(t *testing.T) {
	s := inTurn(canned{status: 400, body: `{"Error":"no"}`},
		canned{body: `{"ID":{"PrefixedUniversal":"LDAP+X:1","Name":"jane"}}`})
	if found, err := clientOf(t, s).ValidateIdentity(t.Context(), "LDAP+X:jane"); err != nil || found.Name != "jane" {
		t.Error(found, err)
	}
}

func TestFlowTickets_NullIsEmpty(t *testing.T) {
	for body, good := range map[string]bool{
		`{"Tickets":null}`: true, `{"Tickets":[]}`: true, `{"Tickets":null,"Message":null}`: true,
		`{"Result":0,"Tickets":null}`: true,
		`{"Result":1,"Tickets":null}`: false, `{"Tickets":null,"Message":"no"}`: false, `{}`: false,
	} {
		list, err := clientOf(t, always(canned{body: body})).FlowTickets(t.Context(), 0)
		if (err == nil) != good || len(list) != 0 {
			t.Errorf("%s: %v, %v", body, list, err)
		}
	}
	if err := clientOf(t, always(canned{body: `{"Tickets":null}`})).ApproveFlowTicket(t.Context(), 1, "x"); err == nil {
		t.Error("an approval without a result counts as given")
	}
}
