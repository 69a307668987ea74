package project_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	statusResource   = "codesign_project_status.p"
	approvalResource = "codesign_project_approval.it"

	projectsDN   = `\VED\Code Signing\Projects\`
	paymentsDN   = projectsDN + "Payments"
	paymentsGUID = "{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"
	bareGUID     = "0f1e2d3c4b5a69788796a5b4c3d2e1f0" // without dashes

	readPath      = "Codesign/GetProject"
	enumeratePath = "Codesign/EnumerateProjects"
	writePath     = "Codesign/UpdateProjectStatus"
	ticketsPath   = "Flow/Tickets/Enumerate"
	approvePath   = "Flow/Tickets/Approve"
	rejectPath    = "Flow/Tickets/Reject"

	selfApprove      = "self_approve = true"
	disableOnDestroy = `status_on_destroy = "Disabled"`
	shortTimeouts    = `timeouts = { create = "2s", update = "2s" }`
	shortTimeout     = `timeouts = { create = "2s" }`
	rejection        = `decision = "Rejected"`
	rejectionComment = `comment = "not yet"`
)

// newWorld has the project Payments, its owner olga, who is not an approver, and two administrators who
// are.
func newWorld(status string) simulator.World {
	return simulator.World{
		Users: []simulator.User{
			{Name: "olga", FullName: "Olga Owner"},
			{Name: "adam", FullName: "Adam Admin", Admin: true, Config: true},
			{Name: "ada", FullName: "Ada Admin", Admin: true},
		},
		Projects: []simulator.Project{{
			Name: "Payments", GUID: paymentsGUID, ID: 4711, Status: status, Owners: []string{"olga"},
		}},
	}
}

// withOther adds the disabled project Other.
func withOther(w simulator.World) simulator.World {
	w.Projects = append(w.Projects, simulator.Project{Name: "Other", ID: 4712, Status: "Disabled"})
	return w
}

// approverWorld has the project Payments with two approvers, who have no other role.
func approverWorld(status string) simulator.World {
	return simulator.World{
		Users: []simulator.User{
			{Name: "olga", FullName: "Olga Owner"},
			{Name: "paul", ProjectApprover: true},
			{Name: "petra", ProjectApprover: true},
			{Name: "adam", Admin: true},
		},
		Projects: []simulator.Project{
			{Name: "Payments", Status: status, Owners: []string{"olga"}, Approvers: []string{"paul", "petra"}},
			{Name: "Other", Status: "Pending", Approvers: []string{"paul"}},
		},
	}
}

// start returns an environment and a provider block for a user.
func start(t *testing.T, w simulator.World, user string) (env *acctest.Env, provider string) {
	t.Helper()
	env = acctest.Start(t, w)
	return env, env.ProviderConfig(user)
}

// statusConfig is a codesign_project_status for Payments.
func statusConfig(status string, arguments ...string) string {
	return statusConfigOf(`dn = "`+hcl(paymentsDN)+`"`, status, arguments...)
}

// statusConfigOf is a codesign_project_status for a project that is named by any attribute.
func statusConfigOf(name, status string, arguments ...string) string {
	return fmt.Sprintf("resource \"codesign_project_status\" \"p\" {\n  %s\n  status = %q\n  %s\n}\n",
		name, status, strings.Join(arguments, "\n  "))
}

// approvalConfig is a codesign_project_approval for Payments. It approves unless the arguments have
// another decision.
func approvalConfig(arguments ...string) string {
	if !strings.Contains(strings.Join(arguments, ""), "decision") {
		arguments = append([]string{`decision = "Approved"`}, arguments...)
	}
	return approvalConfigOf(paymentsDN, arguments...)
}

func approvalConfigOf(dn string, arguments ...string) string {
	return fmt.Sprintf("resource \"codesign_project_approval\" \"it\" {\n  dn = %q\n  %s\n}\n",
		dn, strings.Join(arguments, "\n  "))
}

// importOf is an import block.
func importOf(address, id string) string {
	return fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", address, id)
}

// hcl escapes backslashes and quotes.
func hcl(s string) string { return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) }

// rowProject is the project of a row in a test whose rows share one configuration. Its names differ
// in case and digits like those of Payments.
func rowProject(row int, status string) simulator.Project {
	return simulator.Project{
		Name: fmt.Sprintf("Row %d", row), GUID: fmt.Sprintf("{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1%02x}", row),
		ID: int64(4800 + row), Status: status,
	}
}

// startRows is start with a project for each row, and an administrator.
func startRows(t *testing.T, status string, rows int) (env *acctest.Env, provider string) {
	t.Helper()
	w := newWorld(status)
	for i := range rows {
		w.Projects = append(w.Projects, rowProject(i, status))
	}
	return start(t, w, "adam")
}

// forRow makes the status resource of a configuration that of a row, with its names for the
// placeholders ROW_DN, ROW_GUID, ROW_UPPER_GUID and ROW_ID.
func forRow(row int, config string) string {
	p := rowProject(row, "")
	guid := strings.Trim(p.GUID, "{}")
	return strings.NewReplacer("ROW_DN", hcl(projectsDN+p.Name), "ROW_GUID", guid, "ROW_UPPER_GUID",
		strings.ToUpper(guid),
		"ROW_ID", fmt.Sprint(p.ID), `"codesign_project_status" "p"`, fmt.Sprintf(`"codesign_project_status" "row%d"`,
			row),
	).Replace(config)
}

// forRows are the configurations of several rows.
func forRows(rows int, config func(row int) string) string {
	var all strings.Builder
	for row := range rows {
		all.WriteString(forRow(row, config(row)))
	}
	return all.String()
}

func rowResource(row int) string { return fmt.Sprintf("codesign_project_status.row%d", row) }

// emptyPlan is a step whose plans are empty, without and with a refresh. It applies nothing.
func emptyPlan(config string) resource.TestStep {
	return resource.TestStep{Config: config, PlanOnly: true}
}

// unchangedAfter is a step with an empty plan after a change on the server. The checks see what the
// refresh read.
func unchangedAfter(config string, change func(), checks ...plancheck.PlanCheck) resource.TestStep {
	step := emptyPlan(config)
	step.PreConfig, step.ConfigPlanChecks.PostApplyPostRefresh = change, checks
	return step
}

// plans is a step whose plan has an action for the status resource.
func plans(config string, action plancheck.ResourceActionType, more ...plancheck.PlanCheck) resource.TestStep {
	return resource.TestStep{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{
		PreApply: append([]plancheck.PlanCheck{plancheck.ExpectResourceAction(statusResource, action)}, more...),
	}}
}

// betweenPlanAndApply runs a function after a plan, before its apply. It checks nothing.
type betweenPlanAndApply func()

func (f betweenPlanAndApply) CheckPlan(context.Context, plancheck.CheckPlanRequest, *plancheck.CheckPlanResponse) {
	f()
}

// serverStatus gives Payments a status on the server before a step.
func serverStatus(env *acctest.Env, status string, step resource.TestStep) resource.TestStep {
	step.PreConfig = func() { env.Server.SetProjectStatus(paymentsDN, status) }
	return step
}

// afterPlan is a step that applies a saved plan after a change. With words, the apply fails.
func afterPlan(config string, change func(), words ...string) resource.TestStep {
	step := resource.TestStep{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{
		PreApply: []plancheck.PlanCheck{betweenPlanAndApply(change)},
	}}
	if len(words) > 0 {
		step.ExpectError = acctest.Words(words...)
	}
	return step
}

func text(s string) knownvalue.Check { return knownvalue.StringExact(s) }

func currentStatus(status string) resource.TestCheckFunc {
	return resource.TestCheckResourceAttr(statusResource, "current_status", status)
}

func approvalValue(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(approvalResource, tfjsonpath.New(attribute), want)
}

// plannedApproval checks a value of the approval in a plan.
func plannedApproval(attribute string, want knownvalue.Check) plancheck.PlanCheck {
	return plancheck.ExpectKnownValue(approvalResource, tfjsonpath.New(attribute), want)
}

// requestsSent checks the numbers of status updates and approvals.
func requestsSent(env *acctest.Env, updates, approvals int) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if u, a := env.Server.Count(writePath), env.Server.Count(approvePath); u != updates || a != approvals {
			return fmt.Errorf("got %d status updates and %d approvals, want %d and %d", u, a, updates, approvals)
		}
		return nil
	}
}

// decisionsSent checks the numbers of approvals and rejections.
func decisionsSent(env *acctest.Env, approvals, rejections int) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if a, r := env.Server.Count(approvePath), env.Server.Count(rejectPath); a != approvals || r != rejections {
			return fmt.Errorf("got %d approvals and %d rejections, want %d and %d", a, r, approvals, rejections)
		}
		return nil
	}
}

func checkDecisions(t *testing.T, env *acctest.Env, approvals, rejections int) {
	t.Helper()
	if err := decisionsSent(env, approvals, rejections)(nil); err != nil {
		t.Error(err)
	}
}

// checkCount checks how many requests of one kind were sent.
func checkCount(t *testing.T, env *acctest.Env, path string, want int) {
	t.Helper()
	if n := env.Server.Count(path); n != want {
		t.Errorf("got %d requests %s, want %d", n, path, want)
	}
}

// checkNoRequests checks that nothing was sent at all.
func checkNoRequests(t *testing.T, env *acctest.Env) {
	t.Helper()
	if n := len(env.Server.Requests()); n != 0 {
		t.Errorf("got %d requests, want none", n)
	}
}

// checkServerStatus checks the status of a project on the server.
func checkServerStatus(t *testing.T, env *acctest.Env, project, want string) {
	t.Helper()
	if got := env.Server.ProjectStatus(project); got != want {
		t.Errorf("project %s is %s, want %s", project, got, want)
	}
}

// approveByHand approves the submission as the other administrator.
func approveByHand(t *testing.T, env *acctest.Env) {
	t.Helper()
	if err := env.Server.ApproveFlow(paymentsDN, "ada"); err != nil {
		t.Fatal(err)
	}
}

// resubmit rejects the submission as an approver and submits the project again.
func resubmit(t *testing.T, env *acctest.Env, approver string) {
	t.Helper()
	if err := env.Server.RejectFlow(paymentsDN, approver, "not yet"); err != nil {
		t.Error(err)
	}
	env.Server.SetProjectStatus(paymentsDN, "Pending")
}

// hideProject makes reads of a project answer InsufficientPermission.
func hideProject(env *acctest.Env) (restore func()) {
	return env.Server.Inject(simulator.Fault{
		Path: readPath, Kind: simulator.Other500, Status: 200,
		Body: `{"Result":2,"Success":false,"Error":"made up"}`,
	})
}
