package client

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

// harmless fails for whatever a terminal would obey, and for more than one line.
func harmless(t *testing.T, text string) {
	t.Helper()
	for _, r := range text {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			t.Errorf("%U in %q", r, text)
		}
	}
}

func FuzzHTTPError(f *testing.F) {
	c := &Client{engine: transport.New(transport.Options{Secrets: &redact.Secrets{}})}
	c.engine.Secrets.Add("token-0")
	f.Fuzz(func(t *testing.T, status int, phrase, kind, location string, body []byte) {
		r := &response{op: opTicketDetails}
		r.result.Token = Token{Value: "token-0"}
		r.result.Reply = transport.Reply{
			Status: 300 + (status&0x7fffffff)%300, Phrase: phrase, ContentType: kind, Location: location, Body: body,
		}
		e := c.httpError(r)
		harmless(t, e.Error())
		if strings.Contains(e.Error(), "token-0") {
			t.Errorf("the token is shown: %q", e.Error())
		}
		if len([]rune(e.Message)) > redact.MaxMessageLength {
			t.Errorf("%d runes", len([]rune(e.Message)))
		}
		if e.Reason == Unknown || e.Reason == NotFound && !e.Code.Present {
			t.Errorf("reason %d: %v", e.Reason, e)
		}
	})
}

func FuzzProject(f *testing.F) {
	f.Fuzz(func(t *testing.T, body []byte) {
		var direct struct {
			signEnvelope
			Projects items[wireProject]
		}
		directErr := json.Unmarshal(body, &direct)
		var streamed []*Project
		found, err := decodeProjects(iotest.HalfReader(bytes.NewReader(body)), func(w *wireProject) error {
			streamed = append(streamed, w.project())
			return nil
		})
		for _, p := range streamed {
			for _, text := range []string{p.DN, p.GUID, p.Description} {
				if !utf8.ValidString(text) {
					t.Errorf("%q is not UTF-8", text)
				}
			}
		}
		if err != nil || directErr != nil || direct.Projects == nil || bytes.Count(bytes.ToLower(body),
			[]byte("projects")) != 1 ||
			bytes.Count(bytes.ToLower(body), []byte("items")) > 1 {
			return
		}
		if want := direct.resultOfList(true, len(direct.Projects), ""); found != want {
			t.Errorf("streamed %+v, at once %+v", found, want)
		}
		for i, p := range streamed {
			if i >= len(direct.Projects) || !reflect.DeepEqual(p, direct.Projects[i].project()) {
				t.Errorf("streamed %+v, at once %+v", p, direct.Projects)
			}
		}
	})
}

func FuzzRights(f *testing.F) {
	f.Fuzz(func(t *testing.T, body []byte) {
		var a rightsAnswer
		if json.Unmarshal(body, &a) != nil || a.RightsList.check() != nil {
			return
		}
		merged := a.RightsList.merged()
		all := map[string]int64{}
		for _, row := range merged {
			if _, twice := all[row.Key]; twice {
				t.Errorf("%q twice", row.Key)
			}
			all[row.Key] = row.Value
		}
		for _, row := range a.RightsList {
			if all[string(row.Key)]&row.Value.n != row.Value.n {
				t.Errorf("%q lost rights: %d of %d", row.Key, all[string(row.Key)], row.Value.n)
			}
		}
		sameAsMap(t, merged, all)
	})
}

// sameAsMap writes the list as a map and reads it again.
func sameAsMap(t *testing.T, list []signright.Grant, all map[string]int64) {
	t.Helper()
	for key := range all {
		if strings.EqualFold(key, "items") {
			return // only a prefix makes a trustee
		}
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	var again rightsList
	if err := json.Unmarshal(text, &again); err != nil || len(again) != len(list) {
		t.Fatalf("%s: %v, %v", text, again, err)
	}
	for _, row := range again {
		if all[string(row.Key)] != row.Value.n {
			t.Errorf("%q: %d and %d", row.Key, row.Value.n, all[string(row.Key)])
		}
	}
}

func FuzzTime(f *testing.F) {
	f.Fuzz(func(t *testing.T, text string) {
		at := parseTime(text)
		if at.Location() != time.UTC || !at.IsZero() && (at.Year() <= 1 || at.Year() > 9999) {
			t.Errorf("%q: %s", text, at)
		}
		if again := parseTime(wireTime(at)); !again.Equal(at.Truncate(time.Microsecond)) {
			t.Errorf("%q: %s comes back as %s", text, at, again)
		}
	})
}

func FuzzEnvironment(f *testing.F) {
	f.Fuzz(func(t *testing.T, body []byte) {
		var w wireFlowTicket
		if json.Unmarshal(append(append([]byte(`{"Environment":`), body...), '}'), &w) != nil {
			return
		}
		ticket := w.ticket()
		dn := ticket.ObjectDN()
		for _, text := range append([]string{dn}, ticket.Approvers...) {
			if !utf8.ValidString(text) {
				t.Errorf("%q is not UTF-8", text)
			}
		}
		text, err := json.Marshal(map[string]any{"environment": ticket.Environment})
		if err != nil {
			t.Fatal(err)
		}
		var again wireFlowTicket
		if err := json.Unmarshal(text, &again); err != nil || len(again.Environment) != len(ticket.Environment) {
			t.Errorf("%s: %v, %v", text, again.Environment, err)
		}
	})
}
