package client

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestCreateProject_Answer(t *testing.T) {
	for body, want := range map[string]string{
		`{"Project":{"Dn":"\\VED\\X","Guid":"{0f1e}","Id":7,"Status":2,"Owners":{"Items":["local:{a}"]}},` +
			`"Result":1,"Success":true}`: "{0f1e}",
		signOK: "",
		`{"Project":{"Dn":"\\VED\\X","Guid":"{0f1e}"},"Result":1,"Success":true}`: "",
		`{"Project":{"Dn":"\\VED\\X","Status":2},"Result":1,"Success":true}`:      "",
	} {
		p, err := clientOf(t, always(canned{body: body})).CreateProject(t.Context(), `\VED\X`)
		if err != nil || (p == nil) != (want == "") || p != nil && p.GUID != want {
			t.Errorf("%s: got %+v, %v", body, p, err)
		}
	}
	refused := canned{body: `{"Result":2002,"Success":false,"Error":"taken"}`}
	if p, err := clientOf(t, always(refused)).CreateProject(t.Context(), `\VED\X`); p != nil ||
		ReasonOf(err) != Refused {
		t.Errorf("got %+v, %v", p, err)
	}
}

// A write that may have been carried out is not sent again by the client.
func TestProjectChanges_AreNotRepeated(t *testing.T) {
	for name, change := range map[string]func(context.Context, *Client) error{
		"create": func(ctx context.Context, c *Client) error { _, err := c.CreateProject(ctx, `\VED\X`); return err },
		"update": func(ctx context.Context, c *Client) error {
			return c.UpdateProject(ctx, &ProjectUpdate{DN: `\VED\X`, GUID: someGUID})
		},
		"rename": func(ctx context.Context, c *Client) error {
			return c.RenameProject(ctx, ByGUID(bareGUID), `\VED\Y`)
		},
		"delete": func(ctx context.Context, c *Client) error { return c.DeleteProject(ctx, ByGUID(bareGUID)) },
	} {
		s := always(canned{status: 502})
		if err := change(t.Context(), clientOf(t, s)); !IsUnclear(err) || len(s.requests()) != 1 {
			t.Errorf("%s: got %v after %d requests", name, err, len(s.requests()))
		}
	}
}

func TestGetProject_AbsentLists(t *testing.T) {
	p := decodeProject(t, `{"Dn":"\\VED\\X","Guid":"{0f1e}","Status":1,"Owners":null,"Auditors":{},"KeyUsers":[],
		"ApplicationDNs":{"Items":null}}`)
	for name, row := range map[string]struct {
		list    []string
		present bool
	}{
		"owners, null": {p.Owners, false}, "auditors, without Items": {p.Auditors, true},
		"key users":           {p.KeyUsers, true},
		"approvers, left out": {p.KeyUseApprovers, false}, "applications, Items null": {p.Settings.Applications, true},
	} {
		if (row.list != nil) != row.present || len(row.list) != 0 {
			t.Errorf("%s: got %#v, want present: %t", name, row.list, row.present)
		}
	}
	if p.CustomFields != nil {
		t.Errorf("got custom fields %#v", p.CustomFields)
	}
}

// Concurrent reads of settings share one enumeration; a row without all lists is read by itself.
func TestGetSettingsCached(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const lists = `"Owners":{"Items":["local:{a}"]},"Auditors":{"Items":[]},"KeyUsers":{"Items":["local:{k}"]},` +
			`"KeyUseApprovers":{"Items":[]},"ApplicationDNs":{"Items":["\\VED\\A"]}`
		full := `{"Dn":"\\VED\\X","Guid":"{a}","Id":7,"Status":1,"Description":"d",` + lists +
			`,"CustomFieldAttributes":{"Items":[{"FieldName":"F","Values":["v"],"Type":4}]}}`
		s := byPath(map[string]canned{
			"Codesign/GetProject": {delay: time.Second, body: `{"Project":` + full + `,"Result":1,"Success":true}`},
			"Codesign/EnumerateProjects": {delay: time.Second, body: `{"Projects":[` + full +
				`,{"Dn":"\\VED\\Y","Guid":"{b}","Id":8,"Status":1,"Owners":{"Items":[]}}` +
				`,{"Dn":"\\VED\\Z","Guid":"{c}","Id":9,"Status":1,"Owners":null,"Auditors":null,"KeyUsers":null,` +
				`"KeyUseApprovers":null,"ApplicationDNs":null}],"Result":1,"Success":true}`},
		})
		c := clientOf(t, s)
		read := func(ref ProjectRef) {
			p, err := c.GetSettingsCached(t.Context(), ref)
			if err != nil || p.Description != "d" || !slices.Equal(p.KeyUsers, []string{"local:{k}"}) ||
				len(p.CustomFields) != 1 || p.CustomFields[0].Type != 4 || p.Auditors == nil {
				t.Errorf("%s: got %+v, %v", ref, p, err)
			}
		}
		read(ByID(7))
		time.Sleep(time.Second)
		var readers sync.WaitGroup
		for i := range 20 {
			readers.Go(func() { read([]ProjectRef{ByDN(`\VED\X`), ByID(7)}[i%2]) })
		}
		readers.Wait()
		if reads, lists := s.count("GetProject"), s.count("EnumerateProjects"); reads > 2 || lists != 1 {
			t.Errorf("%d reads and %d enumerations", reads, lists)
		}
		before := s.count("GetProject")
		if _, err := c.GetSettingsCached(t.Context(), ByID(8)); err != nil || s.count("GetProject") != before+1 {
			t.Errorf("got %v and %d reads for an incomplete row", err, s.count("GetProject")-before)
		}
		before = s.count("GetProject")
		p, err := c.GetSettingsCached(t.Context(), ByID(9))
		if err != nil || p.ID != 9 || s.count("GetProject") != before {
			t.Errorf("got %v and %d reads for a row whose lists are null", err, s.count("GetProject")-before)
		}
	})
}
