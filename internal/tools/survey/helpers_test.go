package main

import (
	"bufio"
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const hiddenDN = `\VED\Code Signing\Projects\Hidden`

// company has what each reading question looks at.
func company() simulator.World {
	approver := []string{"carla"}
	return simulator.World{
		Users: []simulator.User{
			{Name: "ada", Admin: true, Config: true, Prefix: "AD+CORP"},
			{Name: "carla", Prefix: "AD+CORP", Config: true},
			{Name: "local-bob"},
		},
		Groups: []simulator.Group{{Name: "local-team", Members: []string{"carla"}}},
		Projects: []simulator.Project{
			{
				Name: "Payments", Status: "Pending", Owners: []string{"carla"}, Approvers: approver,
				Applications: []string{"signtool"}, CustomFields: map[string][]string{"Cost Centre": {"x4711"}},
				Environments: []simulator.Environment{{Name: "Release", Kind: "Certificate"}},
			},
			{Name: "Orders", Status: "Pending", Owners: []string{"carla"}, Approvers: approver, RequiredApprovals: 2},
			{Name: "Hidden", Owners: []string{"ada"}},
		},
		Applications: []simulator.Object{{Name: "signtool"}},
		FlowTickets: []simulator.FlowTicket{{
			DN: `\VED\Code Signing\Projects\Orders`, Approvers: []string{"carla", "ada"}, RequiredApprovals: 3,
			Approvals: []simulator.Approval{{Universal: "AD+CORP:00112233445566778899aabbccddeeff"}},
		}},
		WorkflowTickets: []simulator.WorkflowTicket{{
			GUID: "6ede0e12-f7c0-4068-9977-001076205c84", Approvers: approver, Blocking: `\VED\Policy\shop`,
			Status: "Approved After", ScheduledStart: "2027-01-09T20:00:07Z", IssuedDueTo: `\VED\Workflow\Gate`,
		}},
	}
}

// run is a survey of a server as one user.
func run(t *testing.T, server *simulator.Server, user, scope string, args ...string) map[string]observation {
	t.Helper()
	var out bytes.Buffer
	c := command{lookup: lookup(server.Token(user, scope)), in: input(""), out: &out, transport: server.Transport()}
	o, err := parse(args, &out)
	if err != nil {
		t.Fatal(err)
	}
	ev, err := c.collect(t.Context(), o)
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	return observations(t, ev, false)
}

// openAnswer is an answer that every question may have. It includes versions and result codes.
var openAnswer = regexp.MustCompile(`^(another form|another result code|HTTP 400|HTTP 5xx|\d\d\.\d+|\w+ \(\d+\))$`)

// observations are the answered questions by their id. An answer is one of those that are printed.
func observations(t *testing.T, ev *evidence, writing bool) map[string]observation {
	t.Helper()
	byID := map[string]observation{}
	for _, o := range observe(ev, writing) {
		if o.answer != "" && !slices.Contains(o.answers, o.answer) && !openAnswer.MatchString(o.answer) {
			t.Errorf("question %s has no answer %q", o.id, o.answer)
		}
		byID[o.id] = o
	}
	return byID
}

// lookup is an environment with the server and a token.
func lookup(token string) func(string) (string, bool) {
	environment := map[string]string{"VENAFI_URL": "https://codesign.example.test", "VENAFI_TOKEN": token}
	return func(name string) (string, bool) { value, set := environment[name]; return value, set }
}

// input is what a user types.
func input(text string) *bufio.Reader { return bufio.NewReader(strings.NewReader(text)) }
