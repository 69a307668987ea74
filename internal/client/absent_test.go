package client

import (
	"context"
	"fmt"
	"testing"
)

// lists are the calls whose answer is a list, with its member.
var lists = map[string]func(context.Context, *Client) (int, error){
	"RightsList": func(ctx context.Context, c *Client) (int, error) {
		list, err := c.GetObjectRights(ctx, `\VED\X`)
		return len(list), err
	},
	"Rightslist": func(ctx context.Context, c *Client) (int, error) {
		list, err := c.GetTrusteeRights(ctx, "local:{a}")
		return len(list), err
	},
	"Projects": func(ctx context.Context, c *Client) (n int, err error) {
		err = c.EnumerateProjects(ctx, ProjectFilter{}, func(*Project) error { n++; return nil })
		return n, err
	},
}

// An audit reports an empty list only if the server reported one.
func TestLists_AbsentNeedsSuccess(t *testing.T) {
	for envelope, empty := range map[string]struct{ absent, there bool }{
		`"Result":1,"Success":true`:       {true, true},
		`"Result":"1","Success":"True"`:   {true, true},
		`"Success":true`:                  {true, true},
		`"Result":null,"Success":true`:    {true, true},
		`"Result":0,"Success":true`:       {false, true},
		`"Result":1`:                      {false, true},
		`"Result":1,"Success":null`:       {false, true},
		`"Result":1,"Success":"perhaps"`:  {false, true},
		`"Result":0`:                      {},
		`"Result":0,"Success":null`:       {},
		`"Result":null`:                   {},
		`"Result":7`:                      {},
		`"Result":7,"Success":true`:       {},
		`"Result":1,"Success":false`:      {},
		`"Success":false`:                 {},
		`"Success":null`:                  {},
		`"Error":null`:                    {},
		`"Result":true,"Success":"0 1 2"`: {},
	} {
		for member, call := range lists {
			for _, body := range []string{
				`{%[2]s}`, `{%[2]s,"%[1]s":null}`, `{"%[1]s":null,%[2]s}`,
				`{"%[1]s":{"Items":null},%[2]s}`,
			} {
				check(t, fmt.Sprintf(body, member, envelope), empty.absent, call)
			}
			for _, body := range []string{`{"%s":[],%s}`, `{"%s":{"Items":[]},%s}`, `{"%s":{},%s}`} {
				check(t, fmt.Sprintf(body, member, envelope), empty.there, call)
			}
		}
	}
}

func check(t *testing.T, body string, empty bool, call func(context.Context, *Client) (int, error)) {
	t.Helper()
	n, err := call(t.Context(), clientOf(t, always(canned{body: body})))
	switch {
	case empty && (n != 0 || err != nil):
		t.Errorf("%s: %d, %v", body, n, err)
	case !empty && err == nil:
		t.Errorf("%s: taken for an empty list", body)
	case !empty && errorOf(t, err).Message+errorOf(t, err).Code.Name() == "":
		t.Errorf("%s: the missing member is not named: %v", body, err)
	}
}

func TestDecode_DuplicateMember(t *testing.T) {
	for _, body := range []string{
		`{"RightsList":[{"key":"local:{a}","value":1}],"Rightslist":null,"Result":1,"Success":true}`,
		`{"RightsList":[],"Rightslist":[{"key":"local:{a}","value":1}],"Result":1,"Success":true}`,
		`{"RightsList":{"local:{a}":1,"Items":null},"Result":1}`,
		`{"RightsList":{"local:{a}":1},"rightsList":{},"Result":1}`,
	} {
		got, err := clientOf(t, always(canned{body: body})).GetObjectRights(t.Context(), `\VED\X`)
		if err != nil || len(got) != 1 {
			t.Errorf("%s: %v, %v", body, got, err)
		}
	}
}

// An enumeration has no Result in OAS, only tickets and a message. Nothing worse than waiting comes of an empty list.
func TestFlowTickets_Empty(t *testing.T) {
	for body, empty := range map[string]bool{
		`{"Result":0}`: true, `{"Result":0,"Tickets":null,"Message":null}`: true, `{"Tickets":[]}`: true,
		`{"Tickets":[],"Message":""}`: true,
		`{"Tickets":{"Items":[]}}`:    true,
		`{"Message":""}`:              true, `{"Tickets":null,"Message":""}`: true,
		`{"Tickets":{"Items":null},"Message":""}`: true,
		`{"Tickets":null}`:                        true, `{"Result":null,"Tickets":null,"Message":null}`: true,
		`{}`: false, `{"Result":null}`: false, `{"Tickets":null,"Error":"hm"}`: false, `{"Message":"hm"}`: false,
	} {
		check(t, body, empty, func(ctx context.Context, c *Client) (int, error) {
			list, err := c.FlowTickets(ctx, ProductCodeSigning)
			return len(list), err
		})
	}
}
