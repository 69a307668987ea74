package main

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestReading_SendsNoWrite(t *testing.T) {
	t.Parallel()
	reads := map[string]bool{}
	for _, p := range newEvidence(hints{}).readingProbes() {
		name := p.call
		if strings.HasPrefix(name, "authorize/") {
			name = "vedauth/" + name
		}
		reads[name] = true
	}
	for _, write := range []string{
		"Create", "Update", "Delete", "Rename", "Approve", "Reject", "Write", "Clear", "Add", "Remove", "Set", "Renew",
	} {
		for call := range reads {
			if strings.Contains(call[strings.LastIndex(call, "/")+1:], write) {
				t.Errorf("%s is not a read", call)
			}
		}
	}
	for _, user := range []string{"carla", "ada", "local-bob"} {
		server := simulator.New(company())
		before := len(server.Journal())
		run(t, server, user, "")
		for _, event := range server.Journal()[before:] {
			if event.Kind != simulator.EventTokenIssued {
				t.Errorf("%s: %+v", user, event)
			}
		}
		for _, r := range server.Requests() {
			if !reads[r.Path] {
				t.Errorf("%s: unexpected call %s", user, r.Path)
			}
		}
	}
}

func TestReading_SaysWhatItCouldNotAsk(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		user, scopes string
		set          func(*settings)
		id, reason   string
	}{
		"scope of projects": {"carla", "configuration", nil, "guid", "the token lacks the scope codesign"},
		"scope of rights":   {"ada", "codesign", nil, "rights-form", "the token lacks the scope codesign:admin"},
		"scope of identities": {
			"carla", "codesign", nil, "identity-unknown", "the token lacks the scope configuration",
		},
		"scope of configuration": {"carla", "codesign", nil, "global", "the token lacks the scope codesign:manage"},
		"role of rights":         {"carla", "", nil, "rights-form", "the identity lacks the role"},
		"no project":             {"local-bob", "", nil, "environment", "no project with an environment is visible"},
		"no flow ticket":         {"local-bob", "", nil, "flow-load", "no flow ticket is visible"},
		"no workflow ticket":     {"local-bob", "", nil, "ticket-times", "no workflow ticket is visible"},
		"no hint": {
			"carla", "", nil, "hidden", "no project without a role of the identity was named (HIDDEN)",
		},
		"token was given": {"carla", "", nil, "grant", "the access token was given, not requested"},
	} {
		server := simulator.New(company())
		found := run(t, server, row.user, row.scopes)
		if o := found[row.id]; o.answer != "" || o.reason != row.reason {
			t.Errorf("%s: got answer %q, reason %q", name, o.answer, o.reason)
		}
	}
}

func TestReading_Grant(t *testing.T) {
	t.Parallel()
	for old, want := range map[bool]struct{ grant, revoke string }{
		false: {"present", "HTTP 200"}, true: {"absent", "HTTP 202"},
	} {
		w := company()
		w.Users[1].Password = "secret-of-carla"
		w.Clients = []simulator.ClientApp{{ID: "survey"}}
		w.Settings.OldGrantAnswers, w.Settings.RevokeFails = old, old
		server := simulator.New(w)
		environment := map[string]string{
			"VENAFI_URL": "https://codesign.example.test", "VENAFI_USER": `AD+CORP:carla`, "VENAFI_PASS": "secret-of-carla",
			"VENAFI_CLIENT_ID": "survey", "VENAFI_SCOPE": "codesign;configuration",
		}
		var out bytes.Buffer
		c := command{
			lookup: func(name string) (string, bool) { value, set := environment[name]; return value, set }, out: &out,
			in: input(""), transport: server.Transport(),
		}
		ev, err := c.collect(t.Context(), options{})
		if err != nil {
			t.Fatal(err, out.String())
		}
		for _, o := range observe(ev, false) {
			wanted := map[string]string{"grant": want.grant, "revoke": want.revoke}[o.id]
			if o.answer != wanted && wanted != "" {
				t.Errorf("%s: got %q (%s), want %q", o.id, o.answer, o.reason, wanted)
			}
		}
		encoded, _ := newReport(observe(ev, false), ev, false).encode()
		if strings.Contains(string(encoded), "secret-of-carla") {
			t.Error("the report contains the password")
		}
	}
}

func TestReading_Failures(t *testing.T) {
	t.Parallel()
	server := simulator.New(company())
	for name, row := range map[string]struct {
		token, want string
		args        []string
	}{
		"rejected token": {"not-a-token", "the server rejected the token", nil},
		"no token":       {"", "access_token", nil},
		"bad argument":   {server.Token("carla", ""), "unexpected argument", []string{"report.json"}},
	} {
		var out bytes.Buffer
		c := command{lookup: lookup(row.token), in: input(""), out: &out, transport: server.Transport()}
		if err := c.run(t.Context(), row.args); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestReading_Interrupted(t *testing.T) {
	t.Parallel()
	server := simulator.New(company())
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	server.OnRequest(func(r simulator.Request) {
		if r.Path == "Codesign/GetRight" {
			cancel()
		}
	})
	var out bytes.Buffer
	c := command{lookup: lookup(server.Token("carla", "")), in: input("y\n"), out: &out, transport: server.Transport()}
	if err := c.run(ctx, []string{"-report", t.TempDir() + "/report.json"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if n := server.Count("Codesign/GetTrusteeRights"); n != 0 {
		t.Errorf("%d calls after the interruption", n)
	}
}
