package client

import (
	"context"
	"slices"
	"testing"
)

const (
	waiting    = `\VED\Code Signing\Projects\Waiting`
	waitingRTL = waiting + "\u200f"
)

func TestNames_KeptAsSent(t *testing.T) {
	s := byPath(map[string]canned{
		"Codesign/EnumerateProjects": {body: `{"Success":true,"Result":1,"Projects":[
			{"Dn":"\\VED\\Code Signing\\Projects\\Waiting","Guid":"{1}","Id":1,"Status":3,"Owners":["local:a\u200f"]},
			{"Dn":"\\VED\\Code Signing\\Projects\\Waiting` + "\u200f" + `","Guid":"{2}","Id":2,"Status":3,` +
			`"Owners":["local:a"]}]}`},
		"Flow/Tickets/Enumerate": {body: `{"Result":0,"Tickets":[
			{"Id":1,"Environment":{"ObjectDn":"\\VED\\Code Signing\\Projects\\Waiting"}},
			{"Id":2,"Environment":[{"Key":"ObjectDn","Value":"\\VED\\Code Signing\\Projects\\Waiting\u200f"}]}]}`},
		"Codesign/GetObjectRights": {
			body: `{"Success":true,"Result":1,"RightsList":{"local:a":1,"local:a\u200f":2,"LOCAL:A":4}}`,
		},
	})
	c := clientOf(t, s)
	var got []string
	err := c.EnumerateProjects(t.Context(), ProjectFilter{}, func(p *Project) error {
		got = append(got, p.DN, p.Owners[0])
		return nil
	})
	sameNames(t, err, got, []string{waiting, "local:a\u200f", waitingRTL, "local:a"})
	tickets, err := c.FlowTickets(t.Context(), 0)
	got = nil
	for _, ticket := range tickets {
		got = append(got, ticket.ObjectDN())
	}
	sameNames(t, err, got, []string{waiting, waitingRTL})
	grants, err := c.GetObjectRights(t.Context(), waitingRTL)
	got = nil
	for _, g := range grants {
		got = append(got, g.Key)
	}
	sameNames(t, err, got, []string{"local:a", "local:a\u200f", "LOCAL:A"})
	last := s.requests()[len(s.requests())-1]
	if want := "{\"Dn\":\"\\\\VED\\\\Code Signing\\\\Projects\\\\Waiting\u200f\"}"; last.body != want {
		t.Errorf("sent %q, want %q", last.body, want)
	}
}

func sameNames(t *testing.T, err error, got, want []string) {
	t.Helper()
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}

func TestFlowTicket_ObjectDN(t *testing.T) {
	for name, c := range map[string]struct {
		environment map[string]string
		want        string
	}{
		"none":     {nil, ""},
		"exact":    {map[string]string{"ObjectDn": waiting}, waiting},
		"of teams": {map[string]string{"Object DN": waitingRTL}, waitingRTL},
		"exact beats other": {map[string]string{
			"Object DN": waitingRTL, "ObjectDn": waiting,
			"OBJECTDN": waitingRTL,
		}, waiting},
		"the same twice": {map[string]string{"Object DN": waiting, "objectdn": waiting}, waiting},
		"two others":     {map[string]string{"Object DN": waitingRTL, "objectdn": waiting}, ""},
		"another key":    {map[string]string{"ObjectDn2": waiting, "Object": waiting, "ObjectDn\u200f": waiting}, ""},
		"empty":          {map[string]string{"ObjectDn": "", "Object DN": waiting}, waiting},
	} {
		if got := (FlowTicket{Environment: c.environment}).ObjectDN(); got != c.want {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

func TestLookUp_ProjectsOfOneKey(t *testing.T) {
	const list = `{"Success":true,"Result":1,"Projects":[
		{"Dn":"\\VED\\Σ","Guid":"{1}","Id":1,"Status":3},{"Dn":"\\VED\\σ","Guid":"{2}","Id":2,"Status":4},
		{"Dn":"\\VED\\a\u200f","Guid":"{3}","Id":3,"Status":3},{"Dn":"\\VED\\a","Guid":"{4}","Id":4,"Status":3},
		{"Dn":"\\VED\\b","Guid":"{5}","Id":5,"Status":3},{"Dn":"\\VED\\b","Guid":"5","Id":5,"Status":3},
		{"Dn":"\\VED\\ς","Guid":"{6}","Id":6,"Status":3},{"Dn":"\\VED\\s","Guid":"{7}","Id":7,"Status":3}]}`
	found := readSummaries(t.Context(), clientOf(t, always(canned{body: list})))
	s := &enumeration{found: found}
	for ref, want := range map[ProjectRef]int64{
		ByDN(`\VED\Σ`): 0, ByDN(`\VED\ς`): 0, ByGUID("{1}"): 1, ByID(2): 2, ByDN(`\ved\A`): 4,
		ByDN("\\ved\\A\u200f"): 3, ByDN(`\VED\B`): 5, ByGUID("5"): 5, ByDN("\\VED\\\u017f"): 0, ByDN(`\VED\S`): 7,
	} {
		got := s.lookUp(ref)
		if (got == nil) != (want == 0) || got != nil && got.ID != want {
			t.Errorf("%s: got %+v, want %d", ref, got, want)
		}
	}
}

func TestProjectRef_Empty(t *testing.T) {
	s := always(canned{body: `{"Result":1,"Success":true}`})
	c := clientOf(t, s)
	for name, read := range map[string]func(context.Context, ProjectRef) (*Project, error){
		"GetProject": c.GetProject, "GetProjectCached": c.GetProjectCached, "GetSettingsCached": c.GetSettingsCached,
	} {
		if p, err := read(t.Context(), ProjectRef{}); err == nil {
			t.Errorf("%s: got %v", name, p)
		}
	}
	if n := len(s.requests()); n > 0 {
		t.Errorf("got %d requests", n)
	}
}
