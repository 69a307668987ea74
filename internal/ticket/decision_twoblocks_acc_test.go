package ticket_test

import (
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// twoBlocks are for one ticket, which they spell differently; the server is slow
// enough for both to find it pending.
func twoBlocks(t *testing.T, status string) (env *acctest.Env, config string) {
	t.Helper()
	env, provider := start(t, decisionWorld())
	env.Server.Inject(simulator.Fault{Path: "Workflow/Ticket/", Kind: simulator.Latency, Delay: 200 * time.Millisecond})
	again := blockFor("{"+strings.ToUpper(guid)+"}", status, "reopen_on_destroy = true")
	return env, provider + block(status, "reopen_on_destroy = true") + strings.Replace(again, `"t"`, `"again"`, 1)
}

func TestAccTwoBlocksForOneTicketDecideItOnceAndReopenItOnce(t *testing.T) {
	env, config := twoBlocks(t, "Rejected")
	acctest.Test(t, env, acctest.Applies(config))
	if sent := bodies(env); len(sent) != 2 || !strings.Contains(sent[0], "Rejected") || !strings.Contains(sent[1], "Pending") {
		t.Errorf("sent %q", sent)
	}
}

func TestAccTheSecondOfTwoBlocksFindsTheTicketConsumed(t *testing.T) {
	env, config := twoBlocks(t, "Approved")
	acctest.Test(t, env, acctest.Fails(config, "Could not decide the workflow ticket", "consumed it"))
	wantSent(t, env, 1)
}
