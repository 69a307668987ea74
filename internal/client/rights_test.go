package client

import (
	"reflect"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

func TestRightsList_Spellings(t *testing.T) {
	want := []signright.Grant{
		{Key: "local:{a}", Value: 72}, {Key: "AD+CORP:00112233445566778899aabbccddeeff", Value: 4096 + 2},
	}
	for _, list := range []string{
		`"RightsList":[{"key":"local:{a}","value":72},{"key":"AD+CORP:00112233445566778899aabbccddeeff","value":4098}]`,
		`"Rightslist":[{"Key":"local:{a}","Value":72},{"Key":"AD+CORP:00112233445566778899aabbccddeeff","Value":4098}]`,
		`"rightslist":[{"KEY":"local:{a}","VALUE":"72"},{"key":"AD+CORP:00112233445566778899aabbccddeeff",` +
			`"value":"4098"}]`,
		`"RightsList":{"local:{a}":72,"AD+CORP:00112233445566778899aabbccddeeff":4098}`,
		`"RightsList":{"local:{a}":"72","AD+CORP:00112233445566778899aabbccddeeff":4098.0}`,
		`"RightsList":{"Items":[{"key":"local:{a}","value":72},{"key":"AD+CORP:00112233445566778899aabbccddeeff",` +
			`"value":4098}]}`,
		`"RightsList":[{"key":"local:{a}","value":64},{"key":"AD+CORP:00112233445566778899aabbccddeeff",` +
			`"value":4098},{"key":"local:{a}","value":8}]`,
		`"RightsList":[{"key":{"PrefixedUniversal":"local:{a}"},"value":72},{"key":{"Prefix":"AD+CORP",` +
			`"Universal":"00112233445566778899aabbccddeeff"},"value":4098}]`,
	} {
		s := always(canned{body: `{"Result":1,` + list + `,"Success":true}`})
		got, err := clientOf(t, s).GetObjectRights(t.Context(), `\VED\X`)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s\ngot %v, %v", list, got, err)
		}
	}
}

func TestGetObjectRights_Empty(t *testing.T) {
	for _, list := range []string{
		``, `"RightsList":null,`, `"RightsList":[],`, `"RightsList":{},`,
		`"RightsList":{"Items":[]},`, `"RightsList":{"Items":null},`,
	} {
		got, err := clientOf(t, always(canned{body: `{` + list +
			`"Result":1,"Success":true}`})).GetObjectRights(t.Context(), `\VED\X`)
		if err != nil || got == nil || len(got) != 0 {
			t.Errorf("%s: %#v, %v", list, got, err)
		}
	}
	for _, body := range []string{
		`{"Result":2,"Success":false}`,
		`{"RightsList":[],"Result":2,"Success":false}`, `{}`, `{"RightsList":[]}`,
	} {
		if got, err := clientOf(t, always(canned{body: body})).GetObjectRights(t.Context(), `\VED\X`); err == nil {
			t.Errorf("%s: taken for %v", body, got)
		}
	}
}

func TestGetObjectRights_IncompleteRow(t *testing.T) {
	for _, list := range []string{
		`[{"key":"local:{a}"}]`, `[{"value":72}]`, `[{"key":"local:{a}","value":null}]`,
		`[{"key":"local:{a}","value":"many"}]`,
		`[{"key":"","value":1}]`, `{"local:{a}":"many"}`, `{"Items":7}`, `{"Items":[7]}`, `{"local:{a}":{}}`,
		`{"Items":{"Items":7}}`, `{"local:{a}":null}`, `{"":1}`, `["local:{a}"]`, `"none"`, `7`, `[null]`,
		`[{"key":"local:{a}","value":1.5}]`, `[{"key":"local:{a}","value":99999999999999999999}]`,
	} {
		s := always(canned{body: `{"Result":1,"RightsList":` + list + `,"Success":true}`})
		got, err := clientOf(t, s).GetObjectRights(t.Context(), `\VED\X`)
		if ReasonOf(err) != BadAnswer {
			t.Errorf("%s: %v, %v", list, got, err)
		}
	}
}

func TestGetTrusteeRights_AndGetRight(t *testing.T) {
	s := byPath(map[string]canned{
		"Codesign/GetTrusteeRights": {body: `{"RightsList":[{"key":"\\VED\\X","value":9}],"Result":1,"Success":true}`},
		"Codesign/GetRight":         {body: `{"Rights":"73","Result":1,"Success":true}`},
	})
	objects, err := clientOf(t, s).GetTrusteeRights(t.Context(), "local:{a}")
	if err != nil || !reflect.DeepEqual(objects, []signright.Grant{{Key: `\VED\X`, Value: 9}}) {
		t.Errorf("%v, %v", objects, err)
	}
	if mine, err := clientOf(t, s).GetRight(t.Context(), `\VED\X`); err != nil || mine != 73 {
		t.Errorf("%d, %v", mine, err)
	}
	for _, body := range []string{
		`{"Result":1,"Success":true}`, `{"Rights":null,"Result":1,"Success":true}`,
		`{"Rights":"x","Result":1,"Success":true}`,
	} {
		if _, err := clientOf(t, always(canned{body: body})).GetRight(t.Context(),
			`\VED\X`); ReasonOf(err) != EmptyAnswer {
			t.Errorf("%s: %v", body, err)
		}
	}
}
