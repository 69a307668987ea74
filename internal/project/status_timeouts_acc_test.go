package project_test

import (
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

func TestAccAWrongTimeoutIsShownOnItsLineOnceAndInOneWay(t *testing.T) {
	for name, c := range map[string]struct{ written, shown, member, value string }{
		"on one line":         {`timeouts = { create = "x" }`, `timeouts = { create = "x" }`, "create", "x"},
		"on several lines":    {"timeouts = {\n    create = \"1m\"\n    delete = \"0s\"\n  }", `    delete = "0s"`, "delete", "0s"},
		"below nothing":       {"timeouts = {\n    update = \"-5m\"\n  }", `    update = "-5m"`, "update", "-5m"},
		"from somewhere else": {"timeouts = local.slow\n}\nlocals {\n  slow = { create = \"20\" }", "timeouts = local.slow", "create", "20"},
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, statusWorld("Enabled"), "adam")
			s := acctest.OpenShell(t, provider)
			s.Configure(statusBlock("Disabled", c.written))
			out := s.Fails([]string{
				"Error: Invalid duration", ": " + c.shown, "Invalid value for timeouts." + c.member + ":", `must be a positive duration, for example "90s" or "20m", got "` + c.value + `"`,
			}, "plan")
			if n := strings.Count(out, "Error:"); n != 1 {
				t.Errorf("%d errors for one slip:\n%s", n, out)
			}
			if n := len(env.Server.Requests()); n != 0 {
				t.Errorf("%d requests were sent", n)
			}
		})
	}
}
