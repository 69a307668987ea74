package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

func TestError_What(t *testing.T) {
	for want, e := range map[string]Error{
		"stopped":                                         {Reason: Cancelled, HTTPStatus: 500},
		`the token lacks the scope "codesign"`:            {Reason: MissingScope, Scope: "codesign", HTTPStatus: 403},
		"the server answered HTTP 403":                    {Reason: MissingScope, HTTPStatus: 403},
		"the server answered HTTP 500":                    {Reason: Refused, Scope: "codesign", HTTPStatus: 500},
		"request not sent: authentication failed":         {Reason: BadToken},
		"no answer":                                       {Reason: Unavailable},
		"the server answered HTTP 503 (after 2 attempts)": {HTTPStatus: 503, Attempts: 2},
		"the server answered HTTP 504":                    {HTTPStatus: 504, Attempts: 1},
	} {
		if got := e.what() + e.tries(); got != want {
			t.Errorf("%+v: got %q, want %q", e, got, want)
		}
	}
}

func TestIsIncomplete(t *testing.T) {
	for err, want := range map[error]bool{
		&Error{Reason: EmptyAnswer}: true, fmt.Errorf("in a list: %w", errIncomplete): true,
		&Error{Reason: NotFound}: false, errors.New("another"): false,
	} {
		if got := IsIncomplete(err); got != want {
			t.Errorf("%v: got %t", err, got)
		}
	}
}

// A member that occurs twice has its last value, as in encoding/json.
func TestFlex_RepeatedMember(t *testing.T) {
	var got struct {
		N flexInt
		S flexString
		L items[flexString]
	}
	body := `{"N":1,"N":"one","S":"a","S":null,"L":["a"],"L":null}`
	if err := json.Unmarshal([]byte(body), &got); err != nil || got.N.set || got.S != "" || got.L != nil {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestFlexInt_Limits(t *testing.T) {
	for text, want := range map[string]flexInt{
		"9007199254740992.0": {n: 1 << 53, set: true}, "9007199254740994.0": {}, "1.5": {}, `" 7 "`: {n: 7, set: true},
	} {
		var got flexInt
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s: got %+v, %v", text, got, err)
		}
	}
}

func TestItems_Forms(t *testing.T) {
	for text, want := range map[string]int{`""`: 0, `"a"`: 1, `["a","b"]`: 2, `{"Items":["a"]}`: 1, "17": 0} {
		var got items[flexString]
		if err := json.Unmarshal([]byte(text), &got); err != nil || len(got) != want {
			t.Errorf("%s: got %q, %v", text, got, err)
		}
	}
	for _, text := range []string{`["a",{}]`, `{"Items":["a",{}]}`, `{"Items":17}`, `"a"`} {
		var got items[int]
		if err := json.Unmarshal([]byte(text), &got); err == nil {
			t.Errorf("%s: got %v", text, got)
		}
	}
}

func TestSelfCached(t *testing.T) {
	s := always(canned{body: `{"Identities":[{"PrefixedUniversal":"local:{me}"}]}`})
	c := clientOf(t, s)
	for range 2 {
		list, err := c.SelfCached(t.Context())
		if err != nil || len(list) != 1 || list[0].PrefixedUniversal != "local:{me}" {
			t.Fatalf("got %+v, %v", list, err)
		}
		list[0].PrefixedUniversal = "changed by the caller"
	}
	if n := len(s.requests()); n != 1 {
		t.Errorf("%d requests", n)
	}
	c = clientOf(t, always(canned{status: 403, body: `{"error":"insufficient_scope"}`}))
	if list, err := c.SelfCached(t.Context()); ReasonOf(err) != MissingScope {
		t.Errorf("got %+v, %v", list, err)
	}
}

func TestSpellings_OfPartsOnly(t *testing.T) {
	for _, i := range []Identity{{Name: "jane"}, {Prefix: "AD"}, {}} {
		if got := i.spellings(); got != nil {
			t.Errorf("%+v: got %q", i, got)
		}
	}
	i := Identity{PrefixedName: "AD:jane", Prefix: "AD", Name: "another"}
	if got := i.spellings(); len(got) != 1 || got[0] != "AD:jane" {
		t.Errorf("got %q", got)
	}
}

// Each write of a project ends what an enumeration before it says, also if its outcome is unknown.
func TestGetProjectCached_OtherWritesInvalidate(t *testing.T) {
	for name, write := range map[string]func(context.Context, *Client) error{
		"create": func(ctx context.Context, c *Client) error {
			_, err := c.CreateProject(ctx, "P3")
			return err
		},
		"update": func(ctx context.Context, c *Client) error {
			return c.UpdateProject(ctx, &ProjectUpdate{GUID: "{3}"})
		},
		"rename": func(ctx context.Context, c *Client) error { return c.RenameProject(ctx, ByID(3), "P33") },
		"delete": func(ctx context.Context, c *Client) error { return c.DeleteProject(ctx, ByID(3)) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newCompany(10)
				c := clientOf(t, s)
				readAll(t, c, 10, 10)
				s.answer = func(int, arrived) canned { return canned{err: errReset} }
				if err := write(t.Context(), c); err == nil {
					t.Error("the write succeeded")
				}
				s.answer = func(int, arrived) canned {
					return canned{body: `{"Project":{"Id":3,"Guid":"{3}","Dn":"P3","Status":0},"Success":true}`}
				}
				if p, err := c.GetProjectCached(t.Context(), ByID(3)); err != nil || p.Status != lifecycle.Disabled {
					t.Errorf("%+v, %v", p, err)
				}
			})
		})
	}
}

func TestIsTransient(t *testing.T) {
	transient := map[Reason]bool{
		Unavailable: true, BadAnswer: true, EmptyAnswer: true, NotReady: true,
		Cancelled: true,
	}
	for reason := Unknown; reason <= Redirected; reason++ {
		if got := IsTransient(fmt.Errorf("wrapped: %w", &Error{Reason: reason})); got != transient[reason] {
			t.Errorf("reason %d: got %t", reason, got)
		}
	}
	if IsTransient(nil) || IsTransient(errors.New("other")) {
		t.Error("an error without a reason is transient")
	}
}
