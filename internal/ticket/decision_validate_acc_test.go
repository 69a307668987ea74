package ticket_test

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

func TestAccMistakesAreFoundWithoutAServer(t *testing.T) {
	env, provider := start(t, decisionWorld())
	for name, c := range map[string]struct {
		config string
		words  []string
	}{
		"no decision":               {block("Pending"), []string{`"Approved"`, `"Rejected"`}},
		"an undocumented status":    {block("Approved Before"), []string{"status", "one of"}},
		"a GUID with a slip":        {blockFor("6ede0e12", "Approved"), []string{"8-4-4-4-12"}},
		"a time without an offset":  {block("Approved After", `schedule = { start = "2126-12-01T22:00:00" }`), []string{"start", "local zone"}},
		"no time":                   {block("Approved After", `schedule = { start = "tomorrow" }`), []string{"RFC 3339"}},
		"a window that is not used": {block("Approved", schedule), []string{"schedule", "takes effect at once"}},
		"an empty window":           {block("Approved Between", "schedule = {}"), []string{"needs a start", "needs a stop"}},
		"no window":                 {block("Approved Between"), []string{`status = "Approved Between"`, "Attribute status", "needs a schedule"}},
		"a window without a start":  {block("Approved After", `schedule = { stop = "2126-12-01T22:00:00Z" }`), []string{"needs a start"}},
		"a window that is reversed": {block("Approved Between", `schedule = { start = "2126-12-01T22:00:00Z", stop = "2126-12-01T22:30:00+01:00" }`), []string{"closes before it opens"}},
		"a bare name as DN":         {block("Approved", `object_dn = "shop"`), []string{"bare name"}},
		"an approver that is null":  {block("Approved", `approvers = [null]`), []string{"Null", "approvers = [null]"}},
		"a bare name as approver":   {block("Approved", `approvers = ["bob"]`), []string{"prefixed universal"}},
	} {
		t.Run(name, func(t *testing.T) {
			acctest.Test(t, env, failsPlan(provider+c.config, c.words...))
		})
	}
	t.Cleanup(func() {
		if n := len(env.Server.Requests()); n != 0 {
			t.Errorf("%d requests were sent", n)
		}
	})
}

func TestAccApprovedAfterWithAStopIsSentAsGiven(t *testing.T) {
	env, provider := start(t, decisionWorld())
	env.ExpectRemarks()
	env.ExpectRemarks()
	acctest.Test(t, env, acctest.Applies(provider+block("Approved After", schedule), attribute("current_status", "Approved After")))
	wantSent(t, env, 1)
	if now, _ := env.Server.WorkflowTicket(guid); now.ScheduledStop != "2126-12-02T01:00:00.000000Z" {
		t.Errorf("the stop is %q", now.ScheduledStop)
	}
}
