package ticket_test

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

// within is a schedule on lines of its own; "" leaves an end out.
func within(start, stop string) string {
	lines := "schedule = {\n"
	if start != "" {
		lines += "    start = \"" + start + "\"\n"
	}
	if stop != "" {
		lines += "    stop  = \"" + stop + "\"\n"
	}
	return lines + "  }"
}

func TestAccTheCLIShowsTheLineOfTheMemberAtFault(t *testing.T) {
	const zoneless, past, longPast = "2126-12-01T22:00:00", "2020-01-02T00:00:00Z", "2020-01-01T00:00:00Z"
	for name, c := range map[string]struct {
		status, decisionWindow string
		words                  []string
	}{
		"a start without an offset": {"Approved After", within(zoneless, ""), []string{
			`start = "` + zoneless + `"`, "The value of schedule.start is wrong", "no offset",
		}},
		"a stop without an offset": {"Approved Between", within(opens, zoneless), []string{
			`stop  = "` + zoneless + `"`, "The value of schedule.stop is wrong", "no offset",
		}},
		"a window that closes first": {"Approved Between", within(closes, opens), []string{
			`stop  = "` + opens + `"`, "Attribute schedule.stop: The window closes before it opens",
		}},
		"a window without a stop": {"Approved Between", within(opens, ""), []string{
			"schedule = {", `Attribute schedule.stop: The status "Approved Between" needs a stop`,
		}},
		"a window that is over": {"Approved Between", within(longPast, past), []string{
			`stop  = "` + past + `"`, "Attribute schedule.stop: the window closed at " + past,
		}},
		"a window from elsewhere": {
			"Approved Between", "schedule = local.reversed\n}\nlocals {\n  reversed = { start = \"" + closes + "\", stop = \"" + opens + "\" }",
			[]string{"schedule = local.reversed", "Attribute schedule.stop: The window closes before it opens"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, decisionWorld())
			acctest.Test(t, env, failsPlan(provider+block(c.status, c.decisionWindow), c.words...))
			wantSent(t, env, 0)
		})
	}
}
