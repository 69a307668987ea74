package project_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func holdUpdates(env *acctest.Env) func() {
	return func() {
		env.Server.UpdateSettings(func(s *simulator.Settings) { s.UpdateFlow = simulator.FlowMode{Decision: "wait"} })
	}
}

// An update waits for its approval: it is sent once, however many applies wait for it. An approved one
// leaves an empty plan, a rejected one is planned and sent again.
func TestAccProjectRole_UpdateFlow(t *testing.T) {
	env := acctest.Start(t, roleWorld())
	configWithin := func(timeout string, trustees ...string) string {
		timeouts := fmt.Sprintf("timeouts = { update = %q }", timeout)
		return env.ProviderConfig("adam") + roleConfig(env, "Use", trustees, timeouts)
	}
	config := func(trustees ...string) string { return configWithin("6s", trustees...) }
	waits := func(config string, before func()) resource.TestStep {
		return resource.TestStep{
			PreConfig: before, Config: config, ConfigPlanChecks: roleAction(plancheck.ResourceActionUpdate),
			ExpectError: acctest.Words("Unable to set the role Use of project Payments", "Timed out", "flow ticket"),
		}
	}
	count := func(want int) func() {
		return func() {
			t.Helper()
			checkCount(t, env, updatePath, want)
		}
	}
	decide := func(err error) {
		if err != nil {
			t.Error(err)
		}
	}
	acctest.Test(t, env,
		acctest.Applies(config("kim")),
		waits(config("kim", "lea"), holdUpdates(env)),
		waits(config("kim", "lea"), count(1)),
		resource.TestStep{
			PreConfig:        func() { count(1)(); decide(env.Server.ApproveFlow(paymentsDN, "ada")) },
			Config:           config("kim", "lea"),
			ConfigPlanChecks: roleAction(plancheck.ResourceActionNoop),
			Check:            resource.ComposeTestCheckFunc(holders(env, "Use", "kim", "lea"), updates(env, 1)),
		},
		waits(config("kim"), nil),
		// the provider waits in case the approved values show late, then sends the update again
		waits(configWithin("14s", "kim"), func() {
			count(2)()
			decide(env.Server.RejectFlow(paymentsDN, "ada", "not now"))
		}),
		waits(config("max"), func() { // another configuration is another update
			count(3)()
			decide(env.Server.RejectFlow(paymentsDN, "ada", "not now"))
		}),
		// undone in the configuration: nothing waits, nothing is sent
		unchangedAfter(config("kim", "lea"), func() {
			count(4)()
			decide(env.Server.RejectFlow(paymentsDN, "ada", "not now"))
		}),
		resource.TestStep{
			PreConfig: func() {
				env.Server.UpdateSettings(func(s *simulator.Settings) { s.UpdateFlow = simulator.FlowMode{} })
			},
			Config: config("kim"), Check: updates(env, 5),
		},
	)
}

// A create that waits leaves no state. The next apply finds the open ticket and waits for it.
func TestAccProjectRoleMember_CreateFlow(t *testing.T) {
	env := acctest.Start(t, roleWorld())
	config := env.ProviderConfig("adam") + memberConfig(env, "Use", "lea",
		`timeouts = { create = "6s", delete = "6s" }`)
	waits := acctest.Fails(config, "Unable to set the role Use of project Payments", "Timed out", "flow ticket")
	first, second := waits, waits
	first.PreConfig = holdUpdates(env)
	second.PreConfig = func() { checkCount(t, env, updatePath, 1) }
	acctest.Test(t, env, first, second,
		resource.TestStep{
			PreConfig: func() {
				checkCount(t, env, updatePath, 1)
				if err := env.Server.ApproveFlow(paymentsDN, "ada"); err != nil {
					t.Error(err)
				}
			},
			Config: config, Check: resource.ComposeTestCheckFunc(holders(env, "Use", "kim", "lea"), updates(env, 1)),
		},
		acctest.Fails(env.ProviderConfig("adam"), "Unable to revoke the role Use on project Payments", "Timed out"),
		resource.TestStep{
			PreConfig: func() {
				checkCount(t, env, updatePath, 2)
				if err := env.Server.ApproveFlow(paymentsDN, "ada"); err != nil {
					t.Error(err)
				}
			},
			Config: env.ProviderConfig("adam"),
			Check:  resource.ComposeTestCheckFunc(holders(env, "Use", "kim"), updates(env, 2)),
		},
	)
}

// An owner who is not an approver does not see the ticket, and nothing is sent twice either.
func TestAccProjectRole_InvisibleTicket(t *testing.T) {
	env := acctest.Start(t, roleWorld())
	config := func(trustees ...string) string {
		return env.ProviderConfig("olga") + roleConfig(env, "Use", trustees, `timeouts = { update = "6s" }`)
	}
	waits := acctest.Fails(config("kim", "lea"), "Timed out", "only to its approvers")
	first := waits
	first.PreConfig = holdUpdates(env)
	acctest.Test(t, env,
		acctest.Applies(config("kim")), first, waits,
		resource.TestStep{
			PreConfig: func() {
				checkCount(t, env, updatePath, 1)
				if err := env.Server.ApproveFlow(paymentsDN, "ada"); err != nil {
					t.Error(err)
				}
				env.Server.UpdateSettings(func(s *simulator.Settings) { s.UpdateFlow = simulator.FlowMode{} })
			},
			Config: config("kim", "lea"), ConfigPlanChecks: roleAction(plancheck.ResourceActionNoop),
			Check: holders(env, "Use", "kim", "lea"),
		},
	)
}
