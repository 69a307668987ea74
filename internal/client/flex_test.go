package client

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"
)

func TestFlexTime_Spellings(t *testing.T) {
	moment := time.Date(2025, 10, 9, 8, 53, 20, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"/Date(1760000000000)/": moment, "/Date(1760000000000+0200)/": moment, "/Date(1760000000000-0730)/": moment,
		`\/Date(1760000000000)\/`: moment, " /Date(1760000000000)/ ": moment,
		"/Date(1760000000123)/": moment.Add(123 * time.Millisecond), "/Date(-1000)/": time.Unix(-1, 0).UTC(),
		"/Date(0)/":            time.Unix(0, 0).UTC(),
		"2025-10-09T08:53:20Z": moment, "2025-10-09T10:53:20+02:00": moment, "2025-10-09T10:53:20+0200": moment,
		"2025-10-09T08:53:20.0000000Z": moment, "2025-10-09T08:53:20": moment, "2025-10-09T08:53:20.000": moment,
		"2025-10-09 08:53:20": moment, "2025-10-09 08:53:20Z": moment, "2025-10-09T08:53": moment.Truncate(time.Minute),
		"2025-10-09T08:53Z": moment.Truncate(time.Minute), "2025-10-09": moment.Truncate(24 * time.Hour),
		"": {}, "never": {}, "/Date()/": {}, "/Date(x)/": {}, "/Date(99999999999999999)/": {},
		"/Date(999999999999999999)/": {}, "/Date(1760000000000": {},
		"/Date(-62135596800000)/": {}, "0001-01-01T00:00:00": {}, "9999-12-31T23:59:59-14:00": {},
		"9999-12-31T23:59:59Z": time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
	} {
		if got := parseTime(text); !got.Equal(want) || got.Location() != time.UTC {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
	for text, want := range map[string]time.Time{
		`"\/Date(1760000000000)\/"`: moment, `null`: {},
		`1760000000000`: {}, `{"a":1}`: {}, `[]`: {}, `true`: {},
	} {
		var got flexTime
		if err := json.Unmarshal([]byte(text), &got); err != nil || !got.Equal(want) {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
}

func TestFlexTime_Zone(t *testing.T) {
	for text, noZone := range map[string]bool{
		`"/Date(1760000000000)/"`: false, `"\/Date(1760000000000+0200)\/"`: false,
		`"2025-10-09T08:53:20Z"`: false, `"2025-10-09T10:53:20+0200"`: false,
		`"2025-10-09 10:53:20.5+02:00"`: false, `"2025-10-09T08:53Z"`: false,
		`"2025-10-09T08:53:20"`: true, `"2025-10-09 08:53:20.123"`: true, `"2025-10-09T08:53"`: true,
		`"2025-10-09"`: true, `null`: false, `"never"`: false,
	} {
		var got flexTime
		if err := json.Unmarshal([]byte(text), &got); err != nil || got.noZone != noZone {
			t.Errorf("%s: noZone is %t, %v", text, got.noZone, err)
		}
	}
}

func TestWireTime(t *testing.T) {
	for want, at := range map[string]time.Time{
		"2027-01-09T20:00:00.000000Z": time.Date(2027, 1, 9, 22, 0, 0, 0, time.FixedZone("", 7200)),
		"2027-01-09T20:00:00.123456Z": time.Date(2027, 1, 9, 20, 0, 0, 123456789, time.UTC),
		"":                            {},
	} {
		if got := wireTime(at); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestFlexScalars_Spellings(t *testing.T) {
	type all struct {
		I flexInt
		B flexBool
		S flexString
	}
	for text, want := range map[string]all{
		`{"I":72,"B":true,"S":"x"}`:                          {flexInt{72, true}, flexBool{true, true}, "x"},
		`{"I":"72","B":"True","S":72}`:                       {flexInt{72, true}, flexBool{true, true}, "72"},
		`{"I":" 72 ","B":1,"S":true}`:                        {flexInt{72, true}, flexBool{true, true}, "true"},
		`{"I":72.0,"B":"false","S":1.50}`:                    {flexInt{72, true}, flexBool{false, true}, "1.50"},
		`{"I":7.2e1,"B":0,"S":null}`:                         {flexInt{72, true}, flexBool{false, true}, ""},
		`{"I":9223372036854775807,"B":null,"S":{"a":1}}`:     {flexInt{9223372036854775807, true}, flexBool{}, ""},
		`{"I":1.5,"B":"perhaps","S":["x"]}`:                  {},
		`{"I":null,"B":{},"S":""}`:                           {},
		`{"I":"0x10","B":[],"S":"a\u001b[31mb\u0000c"}`:      {S: "a\x1b[31mb\x00c"},
		`{"I":1e300,"B":"","S":"two\nlines\tand a tab\r\n"}`: {S: "two\nlines\tand a tab\r\n"},
		`{"I":[1],"B":2,"S":"\ud800"}`:                       {S: "\uFFFD"},
		"{\"S\":\"a\u200f\u202e\ufeff\ufe0f\"}":              {S: "a\u200f\u202e\ufeff\ufe0f"},
		`{"S":"a\u200f\u202e\ufeff\u0085"}`:                  {S: "a\u200f\u202e\ufeff\u0085"},
		"{\"S\":\"bad\xff\"}":                                {S: "bad\uFFFD"},
	} {
		var got all
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s: got %+v, %v", text, got, err)
		}
	}
}

func TestItems_Spellings(t *testing.T) {
	for text, want := range map[string][]string{
		`["a","b"]`: {"a", "b"}, `{"Items":["a","b"],"Dirty":true,"Added":["c"]}`: {"a", "b"}, `{"items":["a"]}`: {"a"},
		`[{"PrefixedUniversal":"a"},{"PrefixedName":"b"},{}]`: {"a", "b"}, `["",null,"a"]`: {"a"},
		`null`: nil, `[]`: nil, `{}`: nil, `{"Items":null}`: nil, `"a"`: {"a"}, `""`: nil, `7`: nil,
		`[{"Prefix":"local","Name":"jane"},{"Name":"bob"}]`: {"local:jane", "bob"},
	} {
		var got items[trustee]
		if err := json.Unmarshal([]byte(text), &got); err != nil || !reflect.DeepEqual(texts(got), want) {
			t.Errorf("%s: got %v, %v", text, texts(got), err)
		}
	}
}
