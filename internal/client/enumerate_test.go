package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// listed is the DNs and statuses of an enumeration.
func listed(t *testing.T, c *Client) (string, error) {
	t.Helper()
	var out []string
	err := c.EnumerateProjects(t.Context(), ProjectFilter{}, func(p *Project) error {
		out = append(out, fmt.Sprintf("%s %s", p.DN, p.Status))
		return nil
	})
	return strings.Join(out, ", "), err
}

func TestEnumerateProjects_Spellings(t *testing.T) {
	const one, both = "A Enabled", "A Enabled, B Pending"
	for body, want := range map[string]string{
		`{"Projects":[{"Dn":"A","Status":1},{"Dn":"B","Status":"3"}],"Result":1,"Success":true}`:         both,
		`{"Success":true,"Result":1,"New":{"a":[1,"x"]},"projects":[{"dn":"A","status":0}],"More":null}`: "A Disabled",
		`{"Result":1,"Projects":{"Items":[{"Dn":"A","Status":1}]},"Success":true}`:                       one,
		`{"Projects":[{"Dn":"A","Status":1},{"Dn":"A","Status":1}],"Result":1,"Success":true}`:           one,
		`{"Projects":[],"Result":1,"Success":true}`:                                                      "",
		`{"Projects":null,"Result":1,"Success":true}`:                                                    "",
		`{"Result":1,"Success":true}`:                                                                    "",
		`{"Projects":[{"Dn":"A","Status":1,"Owners":{"Items":["x"]}}],` +
			`"Error":null,"Result":"1","Success":"true"}`: one,
	} {
		if got, err := listed(t, clientOf(t, always(canned{body: body}))); err != nil || got != want {
			t.Errorf("%s\ngot %q, %v", body, got, err)
		}
	}
}

func TestEnumerateProjects_BadAnswers(t *testing.T) {
	for body, want := range map[string]Reason{
		`{"Projects":[],"Result":2,"Success":false,"Error":"no"}`: Forbidden, `{}`: EmptyAnswer,
		`{"Projects":[]}`: EmptyAnswer,
		`[]`:              BadAnswer, `null`: BadAnswer, `{"Projects":7,"Success":true}`: BadAnswer,
		`{"Projects":{"Items":7},"Success":true}`: BadAnswer,
		`{"Projects":[7],"Success":true}`:         BadAnswer, `{"Projects":[{"Dn":"A",}],"Success":true}`: BadAnswer,
		`{"Projects":[null],"Success":true}`: BadAnswer, `{"Projects":[{"Status":1}],"Success":true}`: BadAnswer,
		`{"Projects":[]} {"Success":true}`: BadAnswer, `{"Projects":"x","Success":true}`: BadAnswer,
	} {
		if got, err := listed(t, clientOf(t, always(canned{body: body}))); ReasonOf(err) != want {
			t.Errorf("%s: %q, %v", body, got, err)
		}
	}
}

func TestEnumerateProjects_CutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := inTurn(
			canned{body: `{"Projects":[{"Dn":"A","Status":1},{"Dn":"B","Status":1},{"Dn":"C","St`},
			canned{status: 503},
			canned{
				body: `{"Projects":[{"Dn":"B","Status":1},{"Dn":"C","Status":1},{"Dn":"A","Status":1}],"Result":1,` +
					`"Success":true}`,
			})
		if got, err := listed(t, clientOf(t, s)); err != nil || got != "A Enabled, B Enabled, C Enabled" ||
			len(s.requests()) != 3 {
			t.Errorf("%q after %d requests, %v", got, len(s.requests()), err)
		}
		for _, body := range []string{`{"Projects":`, `{"Projects":{"Items":`, `{"Projects":[{"Dn":"A","Status":1}`} {
			_, err := listed(t, clientOf(t, always(canned{body: body})))
			if ReasonOf(err) != Unavailable || !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("%s: %v", body, err)
			}
		}
	})
}

func TestForEach_ReadsNothingAfterCancellation(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := ForEach(ctx, []string{"A", "B"}, func(context.Context, int, string) error {
		t.Error("an object is read")
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestEnumerateProjects_StoppedByCaller(t *testing.T) {
	enough := errors.New("enough")
	s := always(canned{body: `{"Projects":[{"Dn":"A","Status":1},{"Dn":"B","Status":1}],"Result":1,"Success":true}`})
	n := 0
	err := clientOf(t, s).EnumerateProjects(t.Context(), ProjectFilter{}, func(*Project) error { n++; return enough })
	if !errors.Is(err, enough) || err.Error() != "enough" || n != 1 || len(s.requests()) != 1 {
		t.Errorf("%v after %d projects and %d requests", err, n, len(s.requests()))
	}
}

func TestEnumerateProjects_StatusRead(t *testing.T) {
	list := canned{
		body: `{"Projects":[{"Dn":"A"},{"Dn":"B","Status":1},{"Dn":"C","Status":null}],"Result":1,"Success":true}`,
	}
	s := byPath(map[string]canned{
		"Codesign/EnumerateProjects": list,
		"Config/Read":                {body: `{"Result":1,"Values":["2"]}`},
	})
	one := func(o *Options) { o.MaxConcurrentRequests = 1 }
	if got, err := listed(t, clientOf(t, s, one)); err != nil || got != "B Enabled, A Draft, C Draft" {
		t.Errorf("%q, %v", got, err)
	}
	s = byPath(map[string]canned{"Codesign/EnumerateProjects": list, "Config/Read": {body: `{"Result":7}`}})
	if got, err := listed(t, clientOf(t, s)); ReasonOf(err) != Forbidden || got != "B Enabled" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestEnumerateProjects_Limits(t *testing.T) {
	const most = 100_000
	long := strings.Repeat("x", most+1)
	for name, body := range map[string]string{
		"one project": `{"Projects":[{"Description":"` + long + `"}],"Success":true}`,
		"one text":    `{"Error":"` + long + `","Success":true}`,
		"deep":        `{"Projects":[` + strings.Repeat(`{"a":`, 100) + `1`,
	} {
		c := clientOf(t, always(canned{body: body}), func(o *Options) { o.MaxBody = most })
		got, err := listed(t, c)
		if ReasonOf(err) != BadAnswer || !strings.Contains(err.Error(), "larger than") &&
			!strings.Contains(err.Error(), "nested deeper") {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestEnumerateProjects_UnknownStatus(t *testing.T) {
	c := clientOf(t, always(canned{body: `{"Projects":[{"Dn":"A","Status":17}],"Success":true}`}))
	_ = c.EnumerateProjects(t.Context(), ProjectFilter{}, func(p *Project) error {
		if p.Status != lifecycle.Status(17) {
			t.Error(p.Status)
		}
		return nil
	})
}
