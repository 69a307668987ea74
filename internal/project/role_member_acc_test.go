package project_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	memberKim = "codesign_project_role_member.kim"
	memberLea = "codesign_project_role_member.lea"
	memberMax = "codesign_project_role_member.max"
)

func memberAction(name string, action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(name, action)}}
}

// Ten members and a role that arrive together are one update. Another person edits the same role at
// the same time: with the scope configuration the provider notices and reads again.
func TestAccProjectRoleMember_InParallel(t *testing.T) {
	w := roleWorld()
	var users []string
	for i := range 10 {
		users = append(users, fmt.Sprintf("user%d", i))
		w.Users = append(w.Users, simulator.User{Name: users[i]})
	}
	env := acctest.Start(t, w)
	blocks := []string{env.ProviderConfig("adam")}
	for _, user := range users {
		blocks = append(blocks, memberConfig(env, "ApproveUse", user))
	}
	config := strings.Join(blocks, "")
	acctest.Test(t, env,
		resource.TestStep{
			Config: config,
			Check: resource.ComposeTestCheckFunc(holders(env, "ApproveUse", users...), updates(env, 1),
				holders(env, "Use", "kim"), holders(env, "Owner", "olga"), holders(env, "Audit", "max")),
		},
		resource.TestStep{ // a member is removed outside, a stranger is left alone
			PreConfig: func() {
				removeHolder(env, "ApproveUse", "user3", "user4")()
				addHolder(env, "ApproveUse", "lea")()
			},
			Config: config,
			Check:  resource.ComposeTestCheckFunc(holders(env, "ApproveUse", append(users, "lea")...), updates(env, 2)),
		},
		resource.TestStep{
			PreConfig: func() {
				env.Server.EditBefore(readPath, 1, "Payments", simulator.ProjectEdit{
					KeyUseApprovers: simulator.ListEdit{Add: []string{"olga"}, Remove: []string{"lea"}},
				})
			},
			Config: env.ProviderConfig("adam") + memberConfig(env, "ApproveUse", "max") +
				memberConfig(env, "Use", "lea"),
			Check: resource.ComposeTestCheckFunc(holders(env, "ApproveUse", "olga", "max"),
				holders(env, "Use", "kim", "lea")),
		},
	)
	checkHolders(t, env, "ApproveUse", "olga")
	checkHolders(t, env, "Use", "kim")
}

func TestAccProjectRoleMember_Lifecycle(t *testing.T) {
	env := acctest.Start(t, roleWorld())
	provider := env.ProviderConfig("adam")
	kim := env.Server.Trustee("kim")
	acctest.Test(t, env,
		resource.TestStep{ // found there: taken over, nothing is sent
			Config: provider + memberConfig(env, "Use", "kim", "resolve_identities = true"),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectKnownValue(memberKim, tfjsonpath.New("guid"), text(paymentsGUID)),
				plancheck.ExpectKnownValue(memberKim, tfjsonpath.New("active"), knownvalue.Bool(true)),
				plancheck.ExpectKnownValue(memberKim, tfjsonpath.New("name"), text("kim")),
			}},
			Check: resource.ComposeTestCheckFunc(updates(env, 0),
				resource.TestCheckResourceAttr(memberKim, "project_id", "4711")),
		},
		resource.TestStep{
			ResourceName: memberKim, ImportState: true, ImportStateVerify: true,
			ImportStateVerifyIdentifierAttribute: "guid", ImportStateId: paymentsGUID + "/Use/" + kim,
			ImportStateVerifyIgnore: []string{"resolve_identities", "name", "timeouts"},
		},
		// another spelling of the trustee
		emptyPlan(strings.ReplaceAll(provider+memberConfig(env, "Use", "kim", "resolve_identities = true"), kim,
			respelled(kim))),
		resource.TestStep{ // another role replaces
			Config:           provider + memberConfig(env, "ApproveUse", "kim"),
			ConfigPlanChecks: memberAction(memberKim, plancheck.ResourceActionReplace),
			Check:            resource.ComposeTestCheckFunc(holders(env, "Use"), holders(env, "ApproveUse", "kim")),
		},
		resource.TestStep{ // moved to another block: the trustee keeps the role
			Config: provider + strings.Replace(memberConfig(env, "ApproveUse", "kim"), `"kim" {`, `"other" {`, 1),
			Check:  holders(env, "ApproveUse", "kim"),
		},
		resource.TestStep{
			Config: provider + memberConfig(env, "Owner", "lea"), Check: holders(env, "Owner", "olga", "lea"),
		},
		resource.TestStep{ // the last owner
			PreConfig: removeHolder(env, "Owner", "olga"), Config: provider,
			ExpectError: acctest.Words("Unable to revoke the role Owner on project Payments", "without an owner",
				"terraform state rm"),
		},
		resource.TestStep{
			PreConfig: addHolder(env, "Owner", "max"), Config: provider, Check: holders(env, "Owner", "max"),
		},
	)
}

func TestAccProjectRole_LastOwner(t *testing.T) {
	env := acctest.Start(t, roleWorld())
	shell := acctest.OpenShell(t, env.ProviderConfig("adam"))
	shell.Configure(roleConfig(env, "Owner", []string{"lea", "max"}))
	shell.Shows([]string{
		"Applying this changes who has a role on project Payments", "gained by", env.Server.Trustee("lea"), "lost by",
		env.Server.Trustee("olga"),
	}, "apply", "-auto-approve")
	checkHolders(t, env, "Owner", "lea", "max")
	shell.Shows([]string{"The last owner of project Payments keeps the role"}, "destroy", "-auto-approve")
	shell.ExpectEmptyState()
	p, _ := env.Server.Project("Payments")
	if len(p.Owners) != 1 {
		t.Errorf("the owners are %q", p.Owners)
	}
	shell.Configure(roleConfig(env, "Owner", nil))
	shell.Fails([]string{"A project needs an owner", "trustees"}, "plan")
}

// The clock passes the end of the role. The trustee is gone after one apply, and after that plans are
// empty, until the end is moved.
func TestAccProjectRoleMember_Expires(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	env := acctest.Start(t, roleWorld())
	env.Now = func() time.Time { return now }
	config := func(expires string) string {
		return env.ProviderConfig("adam") + memberConfig(env, "ApproveUse", "lea", fmt.Sprintf("expires = %q", expires))
	}
	const end, sameEnd = "2026-12-01T12:00:00Z", "2026-12-01T13:00:00+01:00"
	at := func(t time.Time, then ...func()) func() {
		return func() {
			now = t
			for _, f := range then {
				f()
			}
		}
	}
	active := func(want string) resource.TestCheckFunc {
		return resource.TestCheckResourceAttr(memberLea, "active", want)
	}
	revokes := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
		plancheck.ExpectResourceAction(memberLea, plancheck.ResourceActionUpdate),
		plancheck.ExpectKnownValue(memberLea, tfjsonpath.New("active"), knownvalue.Bool(false)),
	}}
	over := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	acctest.Test(t, env,
		acctest.Fails(config("2026-11-25T12:00:00Z"), "The role has expired", "expires",
			"is not after the current time"),
		acctest.Fails(config("2026-12-01T12:00:00"), "no offset"),
		resource.TestStep{
			Config: config(end),
			Check:  resource.ComposeTestCheckFunc(active("true"), holders(env, "ApproveUse", "lea")),
		},
		emptyPlan(config(sameEnd)),
		unchangedAfter(config(end), at(over.Add(-time.Second))), // the last second
		resource.TestStep{
			PreConfig: at(over), Config: config(end), ConfigPlanChecks: revokes,
			Check: resource.ComposeTestCheckFunc(active("false"), holders(env, "ApproveUse"), updates(env, 2)),
		},
		resource.TestStep{ // given again outside: taken away again
			PreConfig: addHolder(env, "ApproveUse", "lea"), Config: config(end), ConfigPlanChecks: revokes,
			Check: holders(env, "ApproveUse"),
		},
		resource.TestStep{ // a later end gives the role again
			Config: config("2027-12-01T12:00:00Z"), ConfigPlanChecks: memberAction(memberLea,
				plancheck.ResourceActionUpdate),
			Check: resource.ComposeTestCheckFunc(active("true"), holders(env, "ApproveUse", "lea")),
		},
		resource.TestStep{ // removed outside before its end: planned again
			PreConfig: removeHolder(env, "ApproveUse", "lea"), Config: config("2027-12-01T12:00:00Z"),
			ConfigPlanChecks: memberAction(memberLea, plancheck.ResourceActionCreate),
			Check:            holders(env, "ApproveUse", "lea"),
		},
		resource.TestStep{ // removed outside after its end: nothing to do
			PreConfig:        at(over.AddDate(2, 0, 0), removeHolder(env, "ApproveUse", "lea")),
			Config:           config("2027-12-01T12:00:00Z"),
			ConfigPlanChecks: memberAction(memberLea, plancheck.ResourceActionNoop), Check: active("false"),
		},
	)
}
