package ticket_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

// late is a resource whose output only an apply knows.
func late(value string) string {
	return "resource \"terraform_data\" \"late\" {\n  input = " + value + "\n}\n"
}

func TestAccWhatOnlyAnApplyKnowsIsJudgedBeforeAnythingIsSent(t *testing.T) {
	const output = "terraform_data.late.output"
	for name, c := range map[string]struct {
		value, block string
		words        []string
	}{
		"a guid": {`"6ede0e12"`, blockWith(output, "Approved"), []string{"Invalid GUID", "guid     = " + output, "8-4-4-4-12"}},
		"a DN":   {`"shop"`, blockFor(guid, "Approved", "object_dn = "+output), []string{"Invalid DN", "object_dn = " + output, "bare name"}},
		"a time": {`"tomorrow"`, blockFor(guid, "Approved After", "schedule = {\n    start = "+output+"\n  }"), []string{"Invalid time", "start = " + output, "RFC 3339"}},
		"an order": {
			`"2126-12-01T22:00:00Z"`, blockFor(guid, "Approved Between", "schedule = {\n    start = "+output+"\n    stop  = \"2126-12-01T21:00:00Z\"\n  }"),
			[]string{"Schedule does not fit the status", "stop  = ", "closes before it opens"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, decisionWorld())
			s := acctest.OpenShell(t, provider)
			s.Configure(late(c.value) + c.block)
			s.Shows([]string{"(known after apply)"}, "plan")
			s.Fails(c.words, "apply", "-auto-approve")
			wantSent(t, env, 0)
			s.Fails([]string{"No instance found"}, "state", "show", decisionAddress)
		})
	}
}

func TestAnActionIsJudgedAgainWithAllItsValues(t *testing.T) {
	with := func(name, value string) acctest.Arguments {
		all := decision("Approved")
		all[name] = acctest.String(value)
		return all
	}
	shortTime := with("status", "Approved")
	shortTime["timeouts"] = tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"invoke": tftypes.String}},
		map[string]tftypes.Value{"invoke": acctest.String("-1s")})
	for want, arguments := range map[string]acctest.Arguments{
		"ERROR: Invalid GUID":                      with("guid", "6ede0e12"),
		"ERROR: Invalid DN":                        with("object_dn", "shop"),
		"ERROR: Invalid time":                      decision("Approved Between", "2126-12-01T22:00:00", closes),
		"ERROR: Invalid duration":                  shortTime,
		"ERROR: Invalid Attribute Value Match":     with("status", "Pending"),
		"ERROR: Schedule does not fit the status:": decision("Approved Between", closes, opens),
	} {
		t.Run(want, func(t *testing.T) {
			env := acctest.Start(t, decisionWorld())
			_, diagnostics := protocol(t, env, "bob").InvokeAction(decideTicket, arguments)
			if len(diagnostics) != 1 || !strings.HasPrefix(diagnostics[0], want) {
				t.Errorf("diagnostics: %q", diagnostics)
			}
			wantSent(t, env, 0)
			if n := len(env.Server.Requests()); n != 0 {
				t.Errorf("%d requests were sent", n)
			}
		})
	}
}
